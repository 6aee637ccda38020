import { icon, say } from "./dom.js";
import { ping } from "./tokens.js";

const QUIET_MS = 400; // after the last key
const LONGEST_MS = 800; // since the first unsaved key
const TRY_AGAIN_MS = [1000, 2000, 4000, 8000, 15000];
const KEEPALIVE_LIMIT = 60000; // browsers refuse more than 64 KiB in all

const waitAfter = (failures) => TRY_AGAIN_MS[Math.min(failures, TRY_AGAIN_MS.length) - 1];

/** The time as the server wrote it ("10:32 a.m." out of an ISO time, or any words); never recomputed. */
export function timeIn(savedAt) {
  const iso = /T(\d{2}):(\d{2})/.exec(savedAt ?? "");
  if (iso) return savedAt.endsWith("Z") ? "" : onTheWall(Number(iso[1]), iso[2]);
  return savedAt ?? "";
}

/** As the pages write it: 2:15 p.m. in English, 14:15 elsewhere. */
function onTheWall(hour, minutes) {
  if (!document.documentElement.lang.startsWith("en")) return `${hour}:${minutes}`;
  return `${hour % 12 || 12}:${minutes} ${hour < 12 ? "a.m." : "p.m."}`;
}

/** One form and what the server has of it. `edit` counts changes, `stored` is the last one answered. */
export class Draft {
  constructor(form) {
    this.form = form;
    this.edit = 0;
    this.stored = 0;
    this.failures = 0;
    this.sending = null;
    this.handed = false;
    this.paused = false;
    const inside = form.querySelector("[data-autosave-status]");
    this.status = inside ?? document.querySelector("[data-autosave-status]");
  }

  get unsaved() {
    return !this.handed && this.edit > this.stored;
  }

  get atRisk() {
    return this.unsaved && (this.failures > 0 || this.paused);
  }

  edited() {
    if (this.edit === this.stored) this.firstUnsaved = Date.now();
    this.edit += 1;
    if (this.handed || this.paused) return;
    const patience = LONGEST_MS - (Date.now() - this.firstUnsaved);
    if (this.failures === 0) this.sendIn(Math.max(0, Math.min(QUIET_MS, patience)));
  }

  sendIn(ms) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(), ms);
  }

  retryNow() {
    if (this.unsaved && this.failures > 0 && !this.paused) this.sendIn(0);
  }

  /** The form itself was sent: from here on it speaks for itself. */
  handedOver() {
    this.handed = true;
    clearTimeout(this.timer);
    this.sending?.abort();
  }

  cameBack() {
    this.handed = false;
    if (this.unsaved && !this.paused) this.sendIn(0);
  }

  async flush({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.unsaved || this.paused) return;
    if (leaving) this.sending?.abort();
    await this.send({ leaving });
  }

  body() {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(this.form)) {
      if (typeof value === "string") fields.append(name, value);
    }
    const { draftKey } = this.form.dataset;
    if (draftKey) fields.set("draft_key", draftKey);
    if (document.body.dataset.actor) fields.set("draft_actor", document.body.dataset.actor);
    fields.set("draft_edit", String(this.edit));
    return fields;
  }

  async send({ leaving = false } = {}) {
    if (this.sending && !leaving) return void (this.again = true);
    const edit = this.edit;
    const body = this.body();
    const sending = new AbortController();
    this.sending = sending;
    if (this.failures === 0) this.show("saving");
    try {
      const answer = await fetch(this.form.dataset.autosave, {
        method: "POST",
        body,
        credentials: "same-origin",
        headers: { Accept: "application/json", "X-Requested-With": "autosave" },
        keepalive: leaving && body.toString().length < KEEPALIVE_LIMIT,
        redirect: "manual",
        signal: sending.signal,
      });
      await this.answered(answer, edit);
    } catch (problem) {
      if (problem.name !== "AbortError") this.failed("waiting");
    } finally {
      if (this.sending === sending) this.sending = null;
      if (this.again && !this.sending) this.catchUp();
    }
  }

  /** A try that fell into another one is made up for, also where that one failed. */
  catchUp() {
    this.again = false;
    if (this.unsaved && !this.paused) this.sendIn(this.failures ? waitAfter(this.failures) : 0);
  }

  async answered(answer, edit) {
    if (answer.ok && !answer.redirected) return this.saved(await answer.json(), edit);
    if (answer.status === 409) return this.conflicts(await answer.json().catch(() => ({})), edit);
    if (answer.type === "opaqueredirect" || [401, 403].includes(answer.status)) {
      this.failed("signed-out");
      return this.askToken();
    }
    return this.failed(answer.status === 507 ? "full" : "waiting");
  }

  /** After signing in again elsewhere the next try needs the new token. */
  async askToken() {
    if (document.body.dataset.idlePing) await ping().catch(() => false);
  }

  saved(reply, edit) {
    this.failures = 0;
    this.stored = Math.max(this.stored, edit);
    if (this.unsaved) {
      this.firstUnsaved = Date.now();
      this.again = true;
    }
    if (reply.save_url) this.form.dataset.autosave = reply.save_url;
    if (reply.url && reply.url !== location.pathname + location.search) {
      history.replaceState(history.state, "", reply.url);
    }
    this.show("saved", { time: timeIn(reply.saved_at) });
  }

  failed(state) {
    this.failures += 1;
    this.show(state);
    this.sendIn(waitAfter(this.failures));
  }

  /**
   * Another window or person changed the same words: both stay, a person decides. With a save_url the
   * server has kept ours as well and saving goes on; without one, it waits for that person.
   */
  conflicts(reply, edit) {
    this.tellOfOther(reply.other?.url);
    if (reply.save_url) return void this.saved(reply, edit);
    this.paused = true;
    clearTimeout(this.timer);
    this.show("other");
  }

  tellOfOther(url) {
    if (this.told) return;
    this.told = document.createElement("p");
    this.told.className = "notice notice-care";
    this.told.setAttribute("role", "alert");
    this.told.append(icon("exclamation-circle"), ` ${say("otherWords")} `);
    if (url) {
      const link = document.createElement("a");
      Object.assign(link, { href: url, target: "_blank", rel: "noopener", textContent: say("otherLook") });
      this.told.append(link);
    }
    this.form.prepend(this.told);
  }

  show(state, facts = {}) {
    if (!this.status || (this.shown === state && state !== "saved")) return;
    this.shown = state;
    this.status.dataset.state = state;
    const key = { "signed-out": "signedOutWords", waiting: "notSavedYet", other: "otherWords" }[state] ?? state;
    const sentence = state === "saved" && facts.time ? say("savedAt", facts) : say(key);
    // "Saving…" and every single "saved" would talk over the person who writes; worries are read out.
    this.status.setAttribute("aria-live", ["saving", "saved"].includes(state) ? "off" : "assertive");
    this.status.textContent = sentence;
  }
}
