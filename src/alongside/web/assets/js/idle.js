// A record left open is read by the next person in the room. After a time without a hand on it the
// page asks, then signs out. Words typed until then are saved first. All tabs share one clock.
import { flushAll, hasDrafts, wordsAtRisk } from "./autosave.js";
import { ping } from "./tokens.js";

const TICK_MS = 500;
const PING_EVERY_MS = 60000;

const pause = (ms) => new Promise((done) => setTimeout(done, ms));
const asClock = (seconds) => `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;

class Idle {
  constructor(settings, dialog) {
    this.idleMs = Number(settings.idleSeconds) * 1000;
    this.warnMs = Number(settings.idleWarnSeconds || 120) * 1000;
    this.out = settings.idleOut;
    this.ends = settings.sessionSeconds ? Date.now() + Number(settings.sessionSeconds) * 1000 : Infinity;
    this.pingEvery = Math.min(PING_EVERY_MS, this.idleMs / 10);
    this.seen = Date.now(); // when the server last heard from any tab
    this.dialog = dialog;
    this.channel = "BroadcastChannel" in window ? new BroadcastChannel("alongside-idle") : null;
  }

  start() {
    for (const name of ["pointerdown", "keydown", "scroll", "touchstart"]) {
      document.addEventListener(name, () => this.active(), { passive: true, capture: true });
    }
    document.addEventListener("htmx:afterRequest", () => this.heard());
    this.channel?.addEventListener("message", ({ data }) => this.told(data));
    this.channel?.postMessage({ seen: this.seen });
    this.dialog.addEventListener("cancel", (event) => event.preventDefault());
    document.addEventListener("keydown", (event) => this.onKey(event));
    this.dialog.querySelector("[data-idle-stay]").addEventListener("click", () => this.stay());
    document.addEventListener("visibilitychange", () => this.tick());
    setInterval(() => this.tick(), TICK_MS);
  }

  /** Escape says "I'm still here": the focus goes back to where it was. What is covered stays so. */
  onKey(event) {
    if (event.key !== "Escape" || !this.dialog.open) return;
    event.preventDefault();
    if (!this.left) this.stay();
  }

  told({ seen, out }) {
    if (out) return void this.leave({ tell: false });
    this.seen = Math.max(this.seen, seen);
    return this.tick();
  }

  heard() {
    this.seen = Date.now();
    this.channel?.postMessage({ seen: this.seen });
  }

  active() {
    if (this.dialog.open || Date.now() - this.seen < this.pingEvery) return;
    this.callServer();
  }

  async callServer() {
    if (this.calling) return;
    this.calling = true;
    try {
      if (await ping()) this.heard();
    } catch {
      // No line: the clock runs on, and the words stay in the page.
    } finally {
      this.calling = false;
    }
  }

  async stay() {
    this.dismissed = this.final;
    this.dialog.close();
    if (!this.final) await this.callServer();
    this.tick();
  }

  /** The day's sign-in ends whatever one does; idle time can be taken up again. */
  get final() {
    return this.ends < this.seen + this.idleMs;
  }

  tick() {
    if (this.left) return;
    const left = Math.ceil((Math.min(this.ends, this.seen + this.idleMs) - Date.now()) / 1000);
    if (left <= 0) return void this.leave({ tell: true });
    if (left * 1000 > this.warnMs) {
      if (this.dialog.open) this.dialog.close(); // another tab went on
      return;
    }
    if (!this.dialog.open && !(this.final && this.dismissed)) this.ask();
    this.dialog.querySelector("[data-idle-left]").textContent = asClock(left);
  }

  ask(state = this.final ? "final" : "idle") {
    flushAll();
    for (const part of this.dialog.querySelectorAll("[data-idle-when]")) {
      part.hidden = !part.dataset.idleWhen.split(" ").includes(state);
    }
    this.dialog.querySelector("[data-idle-saved]").hidden = !hasDrafts() || wordsAtRisk();
    if (!this.dialog.open) this.dialog.showModal();
    this.dialog.querySelector("button:not([hidden]), a:not([hidden])").focus();
  }

  async leave({ tell }) {
    this.left = true;
    if (tell) this.channel?.postMessage({ out: true });
    await Promise.race([flushAll(), pause(2000)]);
    if (wordsAtRisk()) this.cover();
    while (wordsAtRisk()) await pause(500);
    location.replace(this.out);
  }

  /** Signed out with words that no server has: nothing is seen any more, the words wait in the tab. */
  cover() {
    document.body.classList.add("covered");
    this.ask("kept");
  }
}

export function startIdle() {
  const dialog = document.querySelector("[data-idle-dialog]");
  if (dialog && Number(document.body.dataset.idleSeconds)) new Idle(document.body.dataset, dialog).start();
}
