// What went wrong is read first: the summary takes the focus, its links lead to the field.
function focusSummary(part) {
  const summary = part.querySelector?.("[data-error-summary]");
  summary?.focus();
}

/** What is folded away cannot take the focus. */
function unfold(field) {
  const fold = field.closest("details:not([open])");
  if (!fold) return;
  fold.open = true;
  unfold(fold);
}

export function startFocus() {
  focusSummary(document);
  document.addEventListener("htmx:afterSettle", (event) => focusSummary(event.detail.elt));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("[data-error-summary] a[href^='#']");
    const field = link && document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (!field) return;
    event.preventDefault();
    unfold(field);
    const target = field.matches("input, select, textarea, button") ? field : field.querySelector("input, select, textarea");
    (target ?? field).focus();
    (field.closest(".field, fieldset") ?? field).scrollIntoView({ block: "start" });
  });
}
