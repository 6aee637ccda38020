// Begins a walk by Tab from the top of the page, and says how many presses it takes. endOfWalk() says what it met.
// A field takes one press, and more for its parts (day, month, year, the calendar ...).
() => {
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const acts = "a, button, input:not([type=hidden]), select, textarea, summary, [tabindex], [role=button], audio, video, iframe";
  const told = (e) => e.outerHTML.replace(/\s+/g, " ").slice(0, 110);
  const inside = (e) => e.closest("dialog:not([open]), [aria-hidden=true]");
  const all = [...document.querySelectorAll(acts)].filter((e) => seen(e) && !inside(e));
  const troubles = [];
  const groups = new Map();
  const wanted = [];
  for (const e of all) {
    if (e.matches(":disabled")) continue;
    if (e.tabIndex < 0) {
      if (!e.matches("[tabindex]:not(a, button, input, select, textarea)")) troubles.push(`no way by keyboard: ${told(e)}`);
      continue;
    }
    if (e.tabIndex > 0) troubles.push(`out of turn: ${told(e)}`);
    if (e.type === "radio" && e.name) {
      const key = `${e.name} ${[...document.forms].indexOf(e.form)}`;
      if (groups.has(key)) { if (e.checked) groups.get(key).stop = e; continue; }
      groups.set(key, {stop: e, at: wanted.length});
    }
    wanted.push(e);
  }
  for (const {stop, at} of groups.values()) wanted[at] = stop;
  const within = (e) => e.closest("a, button, label, summary, input, select, textarea, [role=button]") || e.querySelector("a, button, summary, input, select, textarea");
  for (const e of document.body.querySelectorAll("*")) {
    const hand = getComputedStyle(e).cursor === "pointer" && seen(e) && !within(e);
    const asks = ["hx-get", "hx-post"].some((name) => e.hasAttribute(name)) && !e.hasAttribute("hx-trigger") && !within(e);
    if (hand || asks || (window.clickedHere?.has(e) && !within(e))) troubles.push(`only by a click: ${told(e)}`);
  }
  const parts = {date: 3, time: 3, "datetime-local": 6, month: 2, week: 2};
  const presses = wanted.reduce((n, e) => n + 1 + (parts[e.type] ?? 0), 0);
  const ring = (e, of) => {
    const style = getComputedStyle(e, of);
    const there = !of || style.content !== "none";
    return there && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  };
  const marked = (e) => [e, ...(e.labels ?? [])].some((one) => ring(one) || ring(one, "::after"));
  const open = (e) => {
    const places = [e, ...(e.labels ?? [])];
    return places.some((one) => [...one.getClientRects()].some(({left, right, top, bottom}) => {
      const at = (from, to, size, part) => Math.max(from, 0) + (Math.min(to, size) - Math.max(from, 0)) * part;
      for (const x of [0.08, 0.5, 0.92]) for (const y of [0.2, 0.5, 0.8]) {
        const hit = document.elementFromPoint(at(left, right, innerWidth, x), at(top, bottom, innerHeight, y));
        if (hit && places.some((place) => place.contains(hit))) return true;
      }
      return false;
    }));
  };
  const walked = [];
  const measure = () => {
    const e = document.activeElement;
    if (!e || e === document.body || walked.at(-1) === e) return;
    if (walked.length >= wanted.length) return;
    walked.push(e);
    if (!marked(e)) troubles.push(`focus is not seen: ${told(e)}`);
    else if (!open(e)) troubles.push(`focus is covered: ${told(e)}`);
  };
  addEventListener("keydown", measure, true);
  window.endOfWalk = () => {
    measure();
    const scrolls = (e) => e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight;
    const stops = walked.filter((e) => wanted.includes(e) || !scrolls(e));
    const at = wanted.findIndex((e, n) => stops[n] !== e);
    if (at >= 0) troubles.push(`Tab ${at + 1} of ${wanted.length} leads to ${stops[at] ? told(stops[at]) : "nothing"}, not to ${told(wanted[at])}`);
    return [...new Set(troubles)];
  };
  const first = wanted[0];
  if (first && !first.closest("main") && !first.matches(".skip[href='#main']")) troubles.push("the way past the bar does not come first");
  const start = document.createElement("span");
  start.tabIndex = -1;
  document.body.prepend(start);
  start.focus();
  start.remove();
  scrollTo(0, 0);
  return presses;
}
