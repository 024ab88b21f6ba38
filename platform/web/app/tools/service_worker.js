// Keeps the page and the program on this device, so that both start without a network, at any address. A new version is
// fetched whole and then waits until the page says that it may take over: nobody is interrupted.
const version = "VERSION";
const files = FILES;

self.addEventListener("install", (event) => {
    event.waitUntil(
        caches.open(version).then((cache) => cache.addAll(files.map((file) => new Request(file, { cache: "no-cache" })))),
    );
});

self.addEventListener("activate", (event) => {
    const old = (name) => name.startsWith("page-") && name !== version;
    event.waitUntil(
        caches.keys()
            .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
            .then(() => self.clients.claim()),
    );
});

self.addEventListener("message", (event) => {
    if (event.data === "take over") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== "GET" || url.origin !== location.origin) return;
    // Every address is the one page, which finds its screen itself.
    const wanted = request.mode === "navigate" ? "/index.html" : url.pathname;
    if (!files.includes(wanted)) return;
    event.respondWith(caches.open(version).then((cache) => cache.match(wanted)).then((kept) => kept ?? fetch(request)));
});
