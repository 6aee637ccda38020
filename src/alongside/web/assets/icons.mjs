// The sprite holds the icons named here and every <c-icon name="..."> found in a template.
// Names that a template computes (name="{{ ... }}") belong in this list.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ALWAYS = ["check-circle", "exclamation-circle", "info-circle", "arrow-counterclockwise", "x-lg",
  // the page "More"
  "inbox", "person-hearts", "people", "box-arrow-in-down", "house", "file-earmark-text",
  "person-plus", "list-check", "shield-check", "person-circle", "phone", "key",
  "life-preserver", "arrow-right-circle", "book", "telephone", "tree",
  // a participant's own pages
  "journal-text", "calendar3", "pencil", "download", "eye", "chat-square-heart", "graph-up", "person-check",
];
// The tools (practice/worksheets/tools): a sprite of their own, which only pages with tools load.
const TOOLS = ["arrow-left-right", "binoculars", "book-half", "chat-left-dots", "cup-hot", "diagram-3", "ear", "gem",
  "hand-thumbs-up", "heart", "info-circle", "life-preserver", "lightbulb", "megaphone", "signpost-split", "stars", "sunset",
  "thermometer-half", "tools", "journal-text"];
const LITERAL = /<c-icon\b[^>]*?\bname="([a-z0-9-]+)"|\bicon="([a-z0-9-]+)"/g;

function templatesUnder(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => name.endsWith(".html") && name.includes("templates"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

export function iconNames(packageFolder) {
  const names = new Set(ALWAYS);
  for (const text of templatesUnder(packageFolder)) {
    for (const [, byTag, byAttribute] of text.matchAll(LITERAL)) names.add(byTag ?? byAttribute);
  }
  return [...names].sort();
}

// A hundredth of a pixel cannot be seen at this size. A number that would carry over stays as it is.
function rounded(body) {
  return body.replace(/(\d*)\.(\d{3,})/g, (number, whole, part) => {
    const two = Math.round(Number(`0.${part}`) * 100);
    return two < 100 ? `${whole}.${String(two).padStart(2, "0")}` : number;
  });
}

function symbol(name, iconFolder) {
  const svg = readFileSync(join(iconFolder, `${name}.svg`), "utf8");
  const [, attributes, body] = svg.match(/<svg([^>]*)>([\s\S]*)<\/svg>/);
  const [viewBox] = attributes.match(/viewBox="[^"]*"/);
  return `<symbol id="${name}" ${viewBox}>${rounded(body.replace(/\s*\n\s*/g, ""))}</symbol>`;
}

/** Vite plugin: writes the sprites beside the bundle. A name Bootstrap Icons lacks stops the build. */
export function iconSprite({ packageFolder, iconFolder }) {
  return {
    name: "alongside-icons",
    generateBundle() {
      for (const [fileName, names] of [["icons.svg", iconNames(packageFolder)], ["tools.svg", TOOLS]]) {
        const symbols = names.map((name) => symbol(name, iconFolder));
        const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
        this.emitFile({ type: "asset", fileName, source });
      }
    },
  };
}
