// Five clicks make one record: the second and later ones are dropped here, and again on the server.
// The pressed button keeps its name and value because it is never disabled, only marked.
const AGAIN_AFTER_MS = 20000; // a download or a lost line leaves the page open; let people try again

const busy = new Map();

/** Whether this form is on its way; it tells of its return by the event "alongside:back". */
export const isOnItsWay = (form) => busy.has(form);

function release(form) {
  const held = busy.get(form);
  if (!held) return;
  clearTimeout(held.timer);
  held.button?.removeAttribute("aria-busy");
  busy.delete(form);
  form.dispatchEvent(new CustomEvent("alongside:back"));
}

function hold(form, button) {
  button?.setAttribute("aria-busy", "true");
  busy.set(form, { button, timer: setTimeout(release, AGAIN_AFTER_MS, form) });
}

function onSubmit(event) {
  const form = event.target;
  if (event.defaultPrevented || form.method === "dialog" || form.target) return;
  if (busy.has(form)) event.preventDefault();
  else hold(form, event.submitter);
}

function onFragmentRequest(event) {
  const form = event.detail.elt;
  if (!(form instanceof HTMLFormElement) || event.detail.requestConfig?.verb === "get") return;
  if (busy.has(form)) event.preventDefault();
  else hold(form, event.detail.requestConfig?.triggeringEvent?.submitter);
}

export function startOneSubmit() {
  document.addEventListener("submit", onSubmit);
  document.addEventListener("htmx:beforeRequest", onFragmentRequest);
  document.addEventListener("htmx:afterRequest", (event) => release(event.detail.elt));
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) [...busy.keys()].forEach(release);
  });
}
