// Grow with the words; count in characters as people see them, so an emoji is one.
import { fresh, say } from "./dom.js";

const growsItself = CSS.supports("field-sizing", "content");
const segmenter = globalThis.Intl?.Segmenter ? new Intl.Segmenter() : null;

export function lengthOf(text) {
  return segmenter ? [...segmenter.segment(text)].length : [...text].length;
}

function grow(area) {
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

function count(area, place) {
  const left = Number(area.dataset.count) - lengthOf(area.value);
  place.textContent = left < 0 ? say("tooLong", { n: -left }) : say("charactersLeft", { n: left });
}

export function startTextareas(part) {
  for (const area of fresh(part, "textarea", "growing")) {
    if (!growsItself) {
      area.addEventListener("input", () => grow(area));
      if (area.offsetParent) grow(area);
    }
    if (area.dataset.count) {
      const place = document.createElement("p");
      place.className = "help";
      area.after(place);
      area.addEventListener("input", () => count(area, place));
      count(area, place);
    }
  }
}
