// "Exit this page": blank at once, then another site in place of this page, and the session ended.
// Three presses of Shift do the same. The button works without script as a plain form.
const PRESSES = 3;
const WITHIN_MS = 5000;

function leave(form) {
  document.documentElement.hidden = true;
  document.title = "";
  fetch(form.action, {
    method: "POST",
    body: new URLSearchParams(new FormData(form)),
    keepalive: true,
    redirect: "manual",
  }).catch(() => {});
  location.replace(form.dataset.exit);
}

export function startExit() {
  let presses = [];
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-exit]")) return;
    event.preventDefault();
    leave(event.target);
  });
  document.addEventListener("keyup", (event) => {
    const form = document.querySelector("[data-exit]");
    if (!form || event.key !== "Shift") return void (presses = []);
    presses = [...presses, Date.now()].filter((at) => Date.now() - at < WITHIN_MS);
    if (presses.length >= PRESSES) leave(form);
  });
}
