// The page for hard talks stays readable without a line: a worker keeps that one page on the device
// (see public/help-worker.js). Without a sign-in it is let go again, on any page of ours.
const LATER_MS = 2000; // after the page itself has loaded
const NAMES = "help-now-";

async function keep(page) {
  const kept = await navigator.serviceWorker.register(`${page}worker.js`, { scope: page, updateViaCache: "none" });
  // Once a day the browser looks by itself; the first page of the day is soon enough for new lines.
  if (kept?.active && location.pathname === "/") await kept.update();
}

async function letGo(page) {
  const kept = await navigator.serviceWorker.getRegistration(page);
  await kept?.unregister();
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith(NAMES)).map((name) => caches.delete(name)));
}

const quietly = (doing) => doing.catch(() => {}); // no storage, no line: the page is there all the same

export function startHelp() {
  const { help, actor } = document.body.dataset;
  if (!help || !("serviceWorker" in navigator) || !("caches" in window)) return;
  if (!actor) return void quietly(letGo(help));
  const wait = location.pathname === help ? 0 : LATER_MS;
  window.addEventListener("load", () => setTimeout(() => quietly(keep(help)), wait));
}
