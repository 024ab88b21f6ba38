// Which screen stands at which address. Only today's comes with the page; the others are loaded when they are asked for.
import { ErrorBoundary, lazy, LocationProvider, Route, Router, useLocation } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { arrive } from "./parts/arrival";
import { Guard } from "./parts/guard";
import { Overlays } from "./parts/overlays";
import { Shell } from "./parts/shell";
import { Today } from "./screens/today";
import { info, sync } from "./state/program";
import { language } from "./words";

const Welcome = lazy(() => import("./screens/welcome"));
const Join = lazy(() => import("./screens/join"));
const Accounts = lazy(() => import("./screens/accounts"));
const Account = lazy(() => import("./screens/account/account"));
const Plan = lazy(() => import("./screens/plan/plan"));
const Talk = lazy(() => import("./screens/talk/talk"));
const Practice = lazy(() => import("./screens/practice"));
const Team = lazy(() => import("./screens/team/team"));
const Coaching = lazy(() => import("./screens/coaching"));
const Waiting = lazy(() => import("./screens/waiting/waiting"));
const Conflicts = lazy(() => import("./screens/conflicts"));
const Search = lazy(() => import("./screens/search"));
const Settings = lazy(() => import("./screens/settings/settings"));
const Admin = lazy(() => import("./screens/admin/admin"));
const CutOff = lazy(() => import("./screens/cut_off"));
const NotFound = lazy(() => import("./screens/not_found"));

function Screens() {
    return (
        <ErrorBoundary>
            <Router onRouteChange={changed}>
                <Route path="/" component={Today} />
                <Route path="/accounts" component={Accounts} />
                <Route path="/accounts/:id" component={Account} />
                <Route path="/accounts/:account/plan" component={Plan} />
                <Route path="/debrief/:id" component={Talk} />
                <Route path="/review/:id" component={Talk} />
                <Route path="/rehearsal/:id" component={Talk} />
                <Route path="/coaching/talk/:id" component={Talk} />
                <Route path="/practice" component={Practice} />
                <Route path="/team" component={Team} />
                <Route path="/coaching" component={Coaching} />
                <Route path="/waiting" component={Waiting} />
                <Route path="/conflicts" component={Conflicts} />
                <Route path="/search" component={Search} />
                <Route path="/settings" component={Settings} />
                <Route path="/admin" component={Admin} />
                <Route path="/join" component={Join} />
                <Route default component={NotFound} />
            </Router>
        </ErrorBoundary>
    );
}

let shown = location.pathname;

/** Another tab of one screen is no new screen. */
function changed(): void {
    if (shown === location.pathname) return;
    shown = location.pathname;
    arrive();
}

/** Without a user there is one thing to do: to begin, or to join. Where the store was wiped, that is said first. */
function FirstRun() {
    const { path } = useLocation();
    const [alone, setAlone] = useState(false);
    useEffect(() => scrollTo(0, 0), [path]);
    const wiped = sync.value?.wiped;
    if (path === "/join") return <Join />;
    return wiped && !alone ? <CutOff wiped={wiped} alone={() => setAlone(true)} /> : <Welcome />;
}

function Guarded() {
    const { path } = useLocation();
    return <Guard at={path}><Screens /></Guard>;
}

export function App() {
    return (
        <LocationProvider key={language.value}>
            {info.value?.user ? (
                <Shell><Guarded /></Shell>
            ) : (
                <ErrorBoundary><FirstRun /></ErrorBoundary>
            )}
            <Overlays />
        </LocationProvider>
    );
}
