// Five clicks make one record: the second and later ones are dropped here, and again on the server.
// The pressed button keeps its name and value because it is never disabled, only marked.
const AGAIN_AFTER_MS = 20000; // a download or a lost line leaves the page open; let people try again

const busy = new WeakMap();

function release(form) {
  clearTimeout(busy.get(form)?.timer);
  busy.get(form)?.button?.removeAttribute("aria-busy");
  busy.delete(form);
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
    if (event.persisted) for (const form of document.forms) release(form);
  });
}
