// What axe finds, by every rule or by these. Contrast is half of its time: words in the same colors, size and grounds are
// looked at once in a run; those that were are known, those that are new come back as fresh.
async ({rules, known}) => {
  const wide = document.documentElement.scrollWidth;
  const beyond = wide <= innerWidth ? null : [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).at(-1);
  const sideways = wide <= innerWidth ? [] : [`scrolls sideways, ${wide} px: ${beyond?.outerHTML.slice(0, 110)}`];
  const quick = {resultTypes: ["violations"], preload: false};
  const told = (all) => all.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 110)}`));
  if (rules) return {found: [...sideways, ...told(await axe.run({...quick, runOnly: {type: "rule", values: rules}}))], fresh: []};
  const looks = new Map();
  const look = (e) => {
    if (!e) return "";
    if (!looks.has(e)) {
      const s = getComputedStyle(e);
      const own = [s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.fontSize, s.fontWeight, s.textShadow, s.position, e.matches(":disabled, [aria-disabled=true]")];
      const above = look(e.parentElement);
      const plain = above.endsWith(own.join()) ? above : `${above}/${own.join()}`;
      looks.set(e, plain);
    }
    return looks.get(e);
  };
  const before = new Set(known);
  const fresh = new Map();
  for (const e of document.body.querySelectorAll("*")) {
    const says = e.matches("input, select, textarea") || [...e.childNodes].some((one) => one.nodeType === 3 && one.data.trim());
    if (!says || !e.checkVisibility({visibilityProperty: true})) continue;
    const at = look(e);
    if (!before.has(at) && !fresh.has(at)) fresh.set(at, e);
  }
  const found = [...sideways, ...told(await axe.run({...quick, rules: {"color-contrast": {enabled: false}}}))];
  if (fresh.size) found.push(...told(await axe.run({include: [...fresh.values()]}, {...quick, runOnly: ["color-contrast"]})));
  return {found, fresh: [...fresh.keys()]};
}
