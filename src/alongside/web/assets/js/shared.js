// Others use this phone too: nothing is filled in by itself or stays behind, and a window that was
// closed is signed out when the next one opens. One mark in the tab says that it is still the same.
const HERE = "alongside-here";
const FIELDS = "form, input:not([type=hidden]), textarea";

const isOurs = (address) => address.startsWith(`${location.origin}/`);

export function startShared() {
  const { shared, idleOut } = document.body.dataset;
  if (shared === undefined) return;
  if (sessionStorage.getItem(HERE) || isOurs(document.referrer)) {
    sessionStorage.setItem(HERE, "1");
    return;
  }
  document.documentElement.hidden = true;
  const form = document.querySelector("[data-exit]");
  fetch(form?.action ?? "/portal/exit/", { method: "POST", keepalive: true })
    .catch(() => {})
    .finally(() => location.replace(idleOut));
}

export function startNoFilling(part) {
  if (document.body.dataset.shared === undefined) return;
  for (const field of part.querySelectorAll(FIELDS)) field.autocomplete = "off";
}
