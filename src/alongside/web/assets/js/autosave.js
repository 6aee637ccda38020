// A draft is on the server within a second of the last key. Nothing is kept in the browser's
// storage: until the server has it, the words live in the page, and the page says so.
import { fresh } from "./dom.js";
import { Draft } from "./draft.js";
import { isOnItsWay } from "./onesubmit.js";

const drafts = new Set();

/** Send what is unsaved, now, also while the page goes away. */
export function flushAll() {
  return Promise.all([...drafts].map((draft) => draft.flush()));
}

/** Whether leaving this page now would lose words. */
export const wordsAtRisk = () => [...drafts].some((draft) => draft.form.isConnected && draft.atRisk);

export const hasDrafts = () => [...drafts].some((draft) => draft.form.isConnected);

export function startAutosave(part) {
  for (const form of fresh(part, "form[data-autosave]", "autosaving")) {
    const draft = new Draft(form);
    drafts.add(draft);
    const edited = () => draft.edited();
    form.addEventListener("input", edited);
    form.addEventListener("change", edited);
    form.addEventListener("submit", () => setTimeout(() => isOnItsWay(form) && draft.handedOver()));
    form.addEventListener("alongside:back", () => draft.cameBack());
  }
}

function eachHere(act) {
  for (const draft of drafts) {
    if (draft.form.isConnected) act(draft);
    else drafts.delete(draft);
  }
}

document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "hidden") eachHere((draft) => draft.flush({ leaving: true }));
  else eachHere((draft) => draft.retryNow());
});
window.addEventListener("pagehide", () => eachHere((draft) => draft.flush({ leaving: true })));
window.addEventListener("online", () => eachHere((draft) => draft.retryNow()));
window.addEventListener("focus", () => eachHere((draft) => draft.retryNow()));
window.addEventListener("beforeunload", (event) => {
  // Only where leaving would lose words: the last try failed.
  if (wordsAtRisk()) event.preventDefault();
});
