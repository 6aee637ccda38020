// What a page cannot be asked from outside: whether it is on its way to another, and what of the words typed into it the
// server has. Runs in every page before its own scripts.
window.goesAway = false;
addEventListener("beforeunload", () => (window.goesAway = true));
addEventListener("pageshow", () => (window.goesAway = false));
// A form is sent a moment after the tap that sends it.
addEventListener("submit", (event) => {
  const { method, target } = event.target;
  if (!event.defaultPrevented && method !== "dialog" && !target) window.goesAway = true;
});

const draftAt = (address) => [...document.forms].find((form) => form.dataset.autosave === address);
for (const type of ["input", "change"]) {
  const count = (event) => {
    const form = event.target.closest?.("form[data-autosave]");
    if (form) form.changes = (form.changes ?? 0) + 1;
  };
  addEventListener(type, count, true);
}
const ask = window.fetch;
window.fetch = async (address, ...rest) => {
  const edit = Number(rest[0]?.body instanceof URLSearchParams && rest[0].body.get("draft_edit"));
  const form = edit && draftAt(address);
  const answer = await ask.call(window, address, ...rest);
  if (form && (answer.ok || answer.status === 409)) form.kept = Math.max(form.kept ?? 0, edit);
  return answer;
};
