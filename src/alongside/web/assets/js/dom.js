const words = document.getElementById("app-words")?.dataset ?? {};

/** A sentence from the page's language, e.g. say("left", {time: "1:30"}). */
export function say(key, facts = {}) {
  const sentence = words[key] ?? "";
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => facts[name] ?? whole);
}

/** All elements of a part of the page that match, the part itself included; each only once per mark. */
export function fresh(part, selector, mark) {
  const found = [...part.querySelectorAll(selector)];
  if (part.matches?.(selector)) found.unshift(part);
  return found.filter((element) => {
    if (element[mark]) return false;
    element[mark] = true;
    return true;
  });
}

/** An icon of the sprite, told where the sprite is by the page. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `${words.icons}#${name}`);
  svg.append(use);
  return svg;
}
