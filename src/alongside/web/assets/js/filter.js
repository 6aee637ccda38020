// Filter as you type over rows that are already here. Order and accents do not matter. The words
// never leave the page: the field has no name and goes into no address.
import { fresh, say } from "./dom.js";

export function plain(text) {
  return text
    .normalize("NFD")
    .replace(/\p{Diacritic}/gu, "")
    .toLowerCase();
}

export function matches(text, wanted) {
  const here = plain(text);
  return plain(wanted)
    .split(/\s+/)
    .every((word) => here.includes(word));
}

function bind(input) {
  const list = document.getElementById(input.dataset.filter);
  if (!list) return;
  const count = document.querySelector(`[data-filter-count="${input.dataset.filter}"]`);
  const none = document.querySelector(`[data-filter-none="${input.dataset.filter}"]`);
  const update = () => {
    const rows = [...list.querySelectorAll("[data-filter-row]")];
    let shown = 0;
    for (const row of rows) {
      row.hidden = !matches(row.dataset.filterRow || row.textContent, input.value);
      if (!row.hidden) shown += 1;
    }
    if (count) count.textContent = input.value ? say("shown", { n: shown, all: rows.length }) : "";
    if (none) none.hidden = shown > 0;
  };
  input.addEventListener("input", update);
  input.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  update();
}

export function startFilters(part) {
  fresh(part, "[data-filter]", "filtering").forEach(bind);
}
