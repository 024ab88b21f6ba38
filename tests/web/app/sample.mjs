// One program with the sample, one browser: for the files whose tests walk through all screens.
import { after, before } from "node:test";
import { bridge } from "./bridge.mjs";
import { routesOf } from "./routes.mjs";
import { debrief, files, launch, needBuilt, sampleStore } from "./support.mjs";

/** Stands before all tests of the file that calls this, and is gone after them: `{browser, door, routes, store}`. */
export function atTheSample(name) {
    const here = {};
    before(async () => {
        needBuilt();
        const store = sampleStore(name);
        here.store = store;
        here.routes = routesOf(store);
        here.door = await bridge({ files, debrief, store });
        here.browser = await launch();
    });
    after(async () => {
        await here.browser?.close();
        await here.door?.close();
    });
    return here;
}
