// The words: the same keys and the same blanks in every language, no words beside the dictionary, none cut; and what all
// of it weighs.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { brotliCompressSync } from "node:zlib";
import { open } from "./routes.mjs";
import { atTheSample } from "./sample.mjs";
import { debrief, files, needBuilt, root } from "./support.mjs";

const app = join(root, "platform/web/app");

function dictionary(language) {
    const text = readFileSync(join(app, `src/words/${language}.ts`), "utf8");
    const entries = new Map();
    for (const [, key, value] of text.matchAll(/^ {4}"([\w.]+)": (.*),$/gm)) {
        entries.set(key, [...value.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match) => match[1]));
    }
    return entries;
}

test("English and German have the same keys, forms and blanks, and leave nothing empty", () => {
    const [en, de] = ["en", "de"].map(dictionary);
    assert.ok(en.size > 400, `${en.size} keys`);
    assert.deepEqual([...de.keys()], [...en.keys()]);
    const blanks = (words) => [...words.matchAll(/\{\w+\}/g)].map(String).sort().join();
    for (const [key, forms] of en) {
        const german = de.get(key);
        assert.equal(german.length, forms.length, key);
        forms.forEach((form, index) => {
            assert.ok(form.trim() && german[index].trim(), `${key} is empty`);
            assert.equal(blanks(german[index]), blanks(form), key);
        });
    }
});

test("every key is used, and every key that is used is there", () => {
    const sources = readdirSync(join(app, "src"), { recursive: true }).filter((name) => /\.tsx?$/.test(name) && !/words\/(en|de)\.ts$|schema\.ts$/.test(name))
        .map((name) => readFileSync(join(app, "src", name), "utf8")).join("\n");
    const built = [...sources.matchAll(/`([a-z_]+\.(?:[a-z_]+_)?)\$\{/g)].map((match) => match[1]).concat([...sources.matchAll(/term\("([a-z_]+)"/g)].map((match) => `${match[1]}.`));
    const built_of = built.concat(["hint."]);
    const unused = [...dictionary("en").keys()].filter((key) => !sources.includes(`"${key}"`) && !built_of.some((start) => key.startsWith(start)));
    assert.deepEqual(unused, []);
});

test("the first screen weighs at most 150 kB, script and style, as brotli sends them", () => {
    needBuilt();
    const page = readFileSync(join(files, "index.html"), "utf8");
    const named = [...page.matchAll(/(?:src|href)="(\/[^"]+\.(?:js|css))"/g)].map((match) => match[1]);
    // What the first screen loads besides: the way to the program.
    const also = readdirSync(join(files, "assets")).filter((name) => /^(socket|worker|pending_calls|de)-.*\.js$/.test(name)).map((name) => `/assets/${name}`);
    const bytes = [...named, ...also].map((name) => brotliCompressSync(readFileSync(join(files, name))).length).reduce((sum, one) => sum + one, 0);
    assert.ok(named.length >= 2, "no script in the page");
    assert.ok(bytes < 150_000, `${bytes} bytes`);
    console.log(`first screen: ${bytes} bytes as brotli`);
});

test("nothing is asked of a third party, and the page holds no inline script or style", () => {
    for (const name of readdirSync(files, { recursive: true }).filter((one) => /\.(html|js|css)$/.test(one) && statSync(join(files, one)).isFile())) {
        const text = readFileSync(join(files, name), "utf8");
        const hosts = [...text.matchAll(/https?:\/\/([\w.-]+)/g)].map((match) => match[1]).filter((host) => !/^(www\.w3\.org|preactjs\.com|127\.0\.0\.1)$/.test(host));
        assert.deepEqual([...new Set(hosts)].filter((host) => new RegExp(`(fetch|import|src|href|url)\\W{0,3}https?://${host}`).test(text)), [], name);
    }
    const page = readFileSync(join(files, "index.html"), "utf8");
    assert.doesNotMatch(page, /<script(?![^>]*src=)|<style|style=/);
});

test("the types are those of the schema", () => {
    execFileSync(process.execPath, [join(app, "tools/types.mjs"), "--check"]);
});

const here = atTheSample("words");

for (const [size, viewport] of Object.entries({ desktop: { width: 1280, height: 860 }, narrow: { width: 320, height: 640 } })) {
    test(`in a language 40 % longer, ${size}: no word beside the dictionary, none cut, and mirrored it fits too`, async (context) => {
        const session = await here.browser.newContext({ viewport, reducedMotion: "reduce" });
        await session.addInitScript(() => localStorage.setItem("debrief.language", "pseudo"));
        const page = await session.newPage();
        await page.goto(here.door.url);
        await page.waitForSelector("h1");
        for (const [name, path] of Object.entries(here.routes)) {
            await context.test(name, async () => {
                await open(page, here.door.origin, path);
                const { bare, cut } = await page.evaluate(() => {
                    const bare = [], cut = [];
                    const said = "bdi, [data-said], kbd, .brand, script, style, noscript, option[data-said], code";
                    const shown = (element) => element.checkVisibility?.() !== false;
                    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        const { data, parentElement: at } = walker.currentNode;
                        if (/[A-Za-z]{2,}/.test(data.replace(/\b(AM|PM|am|pm|GMT)\b|\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]*\b|\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*\b|(yesterday|tomorrow|today|ago|in|days?|weeks?|months?|last|next)/g, "")) && !at.closest(said)) bare.push(`${data.trim()} <${at.tagName}>`);
                    }
                    for (const element of document.querySelectorAll("[aria-label], [placeholder], [title]")) {
                        for (const attribute of ["aria-label", "placeholder", "title"]) {
                            const value = element.getAttribute(attribute);
                            if (value && /[A-Za-z]{2,}/.test(value)) bare.push(`${attribute}=${value}`);
                        }
                    }
                    for (const element of document.querySelectorAll("button, a.button, .chip, h1, h2, h3, summary, label")) {
                        if (shown(element) && !element.classList.contains("visually-hidden") && element.scrollWidth > element.clientWidth + 1 && getComputedStyle(element).overflowX !== "visible") cut.push(element.textContent.slice(0, 60));
                    }
                    return { bare, cut };
                });
                assert.deepEqual(bare, []);
                assert.deepEqual(cut, []);
                assert.equal(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth), 0, "wider than the window");
                await page.evaluate(() => { document.documentElement.dir = "rtl"; });
                assert.equal(await page.evaluate(() => Math.max(document.documentElement.scrollWidth - innerWidth, -Math.min(0, document.documentElement.scrollLeft))), 0, "mirrored it is wider than the window");
            });
        }
        await session.close();
    });
}
