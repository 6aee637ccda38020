// Ctrl and Enter: on to the next one. In a form's own field it sends that form, elsewhere it presses
// what the page marks with data-next. No single key does anything, so that nobody is surprised.
export function startNext() {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.repeat) return;
    const field = event.target.closest?.("textarea, input, select");
    if (field?.form) {
      event.preventDefault();
      field.form.requestSubmit();
      return;
    }
    const next = document.querySelector("[data-next]");
    if (!next) return;
    event.preventDefault();
    next.click();
  });
}
