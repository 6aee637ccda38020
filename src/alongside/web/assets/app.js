// Every behavior is an enhancement: pages work without it. Behaviors attach by data attributes,
// to the page and again to each fragment that htmx brings.
import "./js/pages.js";
import { startAutosave } from "./js/autosave.js";
import { startExit } from "./js/exit.js";
import { startFilters } from "./js/filter.js";
import { startFocus } from "./js/focus.js";
import { startHelp } from "./js/help.js";
import { startIdle } from "./js/idle.js";
import { startKeeps, startPhrases } from "./js/keeps.js";
import { startNext } from "./js/next.js";
import { startOneSubmit } from "./js/onesubmit.js";
import { startReveals } from "./js/reveals.js";
import { startNoFilling, startShared } from "./js/shared.js";
import { startTextareas } from "./js/textareas.js";
import { startTimes } from "./js/times.js";
import { startToasts } from "./js/toasts.js";
import { startTools } from "./js/tools.js";

startOneSubmit();
startExit();
startShared();
startToasts();
startTools();
startIdle();
startHelp();
startFocus();
startNext();
startKeeps();

function enhance(part) {
  startAutosave(part);
  startFilters(part);
  startNoFilling(part);
  startPhrases(part);
  startReveals(part);
  startTextareas(part);
  startTimes(part);
}

enhance(document);
document.addEventListener("htmx:load", (event) => enhance(event.detail.elt));
