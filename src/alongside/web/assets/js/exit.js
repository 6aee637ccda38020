// "Exit this page": blank at once, then another site in place of this page, and the session ended.
// Esc twice, or Shift three times, do the same. The button works without script as a plain form.
const KEYS = { Escape: 2, Shift: 3 };
const WITHIN_MS = 3000;

function leave(form) {
  const said = new URLSearchParams(new FormData(form));
  document.documentElement.hidden = true;
  document.title = "";
  document.body.replaceChildren();
  // Where there is no line now, whatever comes next from this browser ends the session.
  const secure = location.protocol === "https:";
  document.cookie = `${secure ? "__Host-" : ""}exit=1; path=/; SameSite=Lax${secure ? "; Secure" : ""}`;
  sessionStorage.clear();
  fetch(form.action, { method: "POST", body: said, keepalive: true, redirect: "manual" }).catch(() => {});
  location.replace(form.dataset.exit);
}

function onKeys() {
  let key = "";
  let presses = [];
  document.addEventListener("keyup", (event) => {
    const form = document.querySelector("[data-exit]");
    if (!form || !KEYS[event.key] || event.key !== key) presses = [];
    key = event.key;
    if (!form || !KEYS[key]) return;
    presses = [...presses, Date.now()].filter((at) => Date.now() - at < WITHIN_MS);
    if (presses.length >= KEYS[key]) leave(form);
  });
}

/** A page that the browser kept in memory shows nothing: "back" asks the server, which has forgotten. */
function showNothingFromMemory() {
  if (!document.querySelector("[data-exit]") || !document.body.dataset.actor) return;
  addEventListener("pagehide", () => (document.documentElement.hidden = true));
  addEventListener("pageshow", (event) => event.persisted && location.reload());
}

export function startExit() {
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-exit]")) return;
    event.preventDefault();
    leave(event.target);
  });
  onKeys();
  showNothingFromMemory();
}
