import { icon, say } from "./dom.js";

const QUIET_AFTER_MS = 8000;

function closeButton() {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-quiet";
  button.dataset.dismiss = "";
  button.textContent = say("close");
  return button;
}

/** Says one sentence above the bar. A worry stays until closed; good news leaves by itself. */
export function toast(sentence, { care = false } = {}) {
  const place = document.getElementById("toasts");
  if (!place || !sentence) return;
  for (const other of place.children) if (other.dataset.sentence === sentence) other.remove();
  const box = document.createElement("div");
  box.className = "notice";
  box.dataset.sentence = sentence;
  const text = document.createElement("span");
  text.className = "grow";
  text.textContent = sentence;
  box.append(icon(care ? "exclamation-circle" : "check-circle"), text, closeButton());
  place.append(box);
  if (!care) setTimeout(() => box.matches(":hover, :focus-within") || box.remove(), QUIET_AFTER_MS);
}

export function startToasts() {
  document.addEventListener("click", (event) => {
    const box = event.target.closest?.("[data-dismiss]")?.closest(".notice");
    box?.remove();
  });
}
