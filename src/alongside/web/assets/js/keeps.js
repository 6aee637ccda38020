// What a tap took out of the page leaves the focus where it was: at the next button of the same place,
// else at the field it is about. And a tap that the draft must know of counts as a change of it.
import { fresh } from "./dom.js";

let place = null; // where the focus was: the part, and the button in it

function lost() {
  const now = document.activeElement;
  return !now || now === document.body || !now.isConnected;
}

function remember(element) {
  const part = element?.closest?.("[data-keeps-focus]");
  if (part) place = { id: part.id, name: element.name, value: element.value };
}

function restore() {
  if (!place || !lost()) return;
  const part = document.getElementById(place.id);
  const buttons = [...(part?.querySelectorAll("button, a[href], input:not([type='hidden']), textarea") ?? [])];
  const same = buttons.find((button) => button.name === place.name && button.value === place.value);
  const field = document.getElementById(part?.dataset.keepsFocus ?? "");
  (same ?? buttons[0] ?? field)?.focus({ preventScroll: true });
}

/** A phrase in a hint leads to the phrase in the field. */
export function startPhrases(part) {
  for (const phrase of fresh(part, "[data-phrase]", "phrasing")) {
    Object.assign(phrase, { tabIndex: 0, role: "button" });
    phrase.addEventListener("click", () => showPhrase(phrase));
    phrase.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" && event.key !== " ") return;
      event.preventDefault();
      showPhrase(phrase);
    });
  }
}

function showPhrase(phrase) {
  const field = document.getElementById(phrase.dataset.phraseOf);
  const words = phrase.dataset.phrase;
  const start = field?.value.indexOf(words, Math.max(0, Number(phrase.dataset.start) - 2)) ?? -1;
  if (start < 0) return;
  field.focus();
  field.setSelectionRange(start, start + words.length);
}

export function startKeeps() {
  document.addEventListener("htmx:beforeRequest", (event) => {
    const button = event.detail.elt;
    if (!button.matches?.("button")) return;
    remember(button);
    if (button.matches("[data-saves-draft]")) button.form?.dispatchEvent(new Event("input", { bubbles: true }));
  });
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const now = document.activeElement;
    if (!now || !event.detail.target.contains(now)) return;
    if (now.matches("textarea")) event.detail.shouldSwap = false;
    else remember(now);
  });
  // Whoever went on meanwhile is not called back.
  document.addEventListener("focusin", () => (place = null));
  document.addEventListener("htmx:afterSettle", restore);
  document.addEventListener("htmx:afterRequest", () => setTimeout(restore, 60));
}
