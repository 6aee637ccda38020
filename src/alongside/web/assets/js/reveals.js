// An answer that opens a further question: data-reveals="id" on a radio button, checkbox or option.
// Without script the further question is simply there. What was typed in it is kept when it closes.
import { fresh } from "./dom.js";

function isChosen(source) {
  return source instanceof HTMLOptionElement ? source.selected : source.checked;
}

function update(form) {
  const open = new Map();
  for (const source of form.querySelectorAll("[data-reveals]")) {
    for (const id of source.dataset.reveals.split(/\s+/)) {
      open.set(id, (open.get(id) ?? false) || isChosen(source));
    }
  }
  for (const [id, wanted] of open) {
    const part = document.getElementById(id);
    if (part) part.hidden = !wanted;
  }
}

export function startReveals(part) {
  for (const source of fresh(part, "[data-reveals]", "revealing")) {
    const form = source.closest("form") ?? document.body;
    if (!form.revealing) {
      form.revealing = true;
      form.addEventListener("change", () => update(form));
      form.addEventListener("reset", () => setTimeout(update, 0, form));
      window.addEventListener("pageshow", () => update(form)); // the browser may have refilled it
    }
    update(form);
  }
}
