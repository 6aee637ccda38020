// Keeps one page for when there is no line: the page for hard talks. Nothing else: its scope is
// that page, and what it keeps holds nobody's name. FACTS stands above, written by the server.
const { version, page, kept, assets } = FACTS;
const CACHE = "help-now-" + version;
const PATIENCE_MS = 4000;

const inCache = (address) => caches.open(CACHE).then((cache) => cache.match(address));

self.addEventListener("install", (event) => {
  const keep = caches.open(CACHE).then((cache) => cache.addAll([kept, ...assets]));
  event.waitUntil(keep.then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const older = (name) => name.startsWith("help-now-") && name !== CACHE;
  const clear = caches.keys().then((names) => Promise.all(names.filter(older).map((name) => caches.delete(name))));
  event.waitUntil(clear.then(() => self.clients.claim()));
});

async function help(request) {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE_MS);
  try {
    const answer = await fetch(request, { signal: stop.signal });
    if (answer.ok) return answer;
  } catch {
    // No line, or a very slow one.
  } finally {
    clearTimeout(timer);
  }
  return (await inCache(kept)) || Response.error();
}

self.addEventListener("fetch", (event) => {
  const { pathname, search } = new URL(event.request.url);
  const asset = pathname + search;
  if (event.request.mode === "navigate" && pathname === page) event.respondWith(help(event.request));
  else if (assets.includes(asset)) {
    event.respondWith(inCache(asset).then((found) => found || fetch(event.request)));
  }
});
