// The sprite holds the icons named here and every <c-icon name="..."> found in a template.
// Names that a template computes (name="{{ ... }}") belong in this list.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ALWAYS = ["check-circle", "exclamation-circle", "info-circle", "arrow-counterclockwise", "x-lg",
  // the page "More"
  "inbox", "person-hearts", "people", "box-arrow-in-down", "house", "file-earmark-text",
  "person-plus", "list-check", "shield-check", "person-circle", "phone", "key",
  "life-preserver", "arrow-right-circle", "book", "telephone", "flower1",
  // the tools (practice/worksheets/tools)
  "cup-hot", "ear", "chat-left-dots", "stars", "arrow-left-right", "signpost-split", "gem", "info-circle", "book-half",
  "thermometer-half", "hand-thumbs-up", "heart", "lightbulb", "binoculars", "diagram-3", "tools", "life-preserver", "sunset", "megaphone", "journal-text",
];
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

function symbol(name, iconFolder) {
  const svg = readFileSync(join(iconFolder, `${name}.svg`), "utf8");
  const [, attributes, body] = svg.match(/<svg([^>]*)>([\s\S]*)<\/svg>/);
  const [viewBox] = attributes.match(/viewBox="[^"]*"/);
  return `<symbol id="${name}" ${viewBox}>${body.replace(/\s*\n\s*/g, "")}</symbol>`;
}

/** Vite plugin: writes icons.svg beside the bundle. A name Bootstrap Icons lacks stops the build. */
export function iconSprite({ packageFolder, iconFolder }) {
  return {
    name: "alongside-icons",
    generateBundle() {
      const symbols = iconNames(packageFolder).map((name) => symbol(name, iconFolder));
      this.emitFile({
        type: "asset",
        fileName: "icons.svg",
        source: `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`,
      });
    },
  };
}
