// htmx: fragments of our own server only. Nothing of a record stays in the browser's storage.
import htmx from "htmx.org";
import { say } from "./dom.js";
import { toast } from "./toasts.js";

Object.assign(htmx.config, {
  allowEval: false,
  allowScriptTags: false,
  historyCacheSize: 0,
  historyRestoreAsHxRequest: false,
  includeIndicatorStyles: false,
  refreshOnHistoryMiss: true,
  selfRequestsOnly: true,
  scrollIntoViewOnBoost: false,
  timeout: 30000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "422", swap: true }, // a form with its errors
    { code: "...", swap: false, error: true },
  ],
});

const WORDS_FOR = { 401: "signInAgain", 403: "notYours", 404: "gone", 409: "changedMeanwhile", 507: "full" };

document.addEventListener("htmx:beforeRequest", (event) => {
  event.detail.target?.setAttribute("aria-busy", "true");
});
document.addEventListener("htmx:afterRequest", (event) => {
  event.detail.target?.removeAttribute("aria-busy");
});
document.addEventListener("htmx:responseError", (event) => {
  toast(say(WORDS_FOR[event.detail.xhr.status] ?? "ourFault"), { care: true });
});
for (const name of ["htmx:sendError", "htmx:timeout"]) {
  document.addEventListener(name, () => toast(say("noLine"), { care: true }));
}
