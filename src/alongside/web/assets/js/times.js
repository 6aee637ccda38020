// Times on the wall, as the person types them; which zone they belong to is the agency's and the server's.
import { fresh, say } from "./dom.js";

const DAY = 24 * 60;

export function minutesOf(text) {
  const match = /^(\d{1,2}):(\d{2})/.exec(text ?? "");
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

export function clockOf(minutes) {
  const inDay = ((minutes % DAY) + DAY) % DAY;
  return [Math.floor(inDay / 60), inDay % 60].map((n) => String(n).padStart(2, "0")).join(":");
}

/** What the two times mean together: {minutes, nextDay}, or null while one is missing. */
export function spanOf(start, end) {
  const from = minutesOf(start);
  const to = minutesOf(end);
  if (from === null || to === null) return null;
  return { minutes: to < from ? to + DAY - from : to - from, nextDay: to < from };
}

function tell(start, end, place) {
  const span = spanOf(start.value, end.value);
  if (!place) return;
  if (!span) place.textContent = "";
  else if (span.minutes === 0) place.textContent = say("sameTime");
  else place.textContent = say(span.nextDay ? "lengthNextDay" : "length", { n: span.minutes });
}

function bind(box) {
  const start = box.querySelector("[data-time-start], [type=time][name*=start]");
  const end = box.querySelector("[data-time-end], [type=time][name*=end]");
  const place = box.querySelector("[data-time-length]");
  if (!start || !end) return;
  let length = spanOf(start.value, end.value)?.minutes || Number(box.dataset.times) || 60;
  const setEnd = (minutes) => {
    const from = minutesOf(start.value);
    if (from === null) return;
    end.value = clockOf(from + minutes);
    end.dispatchEvent(new Event("input", { bubbles: true }));
  };
  start.addEventListener("change", () => {
    setEnd(length);
    tell(start, end, place);
  });
  end.addEventListener("input", () => {
    length = spanOf(start.value, end.value)?.minutes || length;
    tell(start, end, place);
  });
  box.addEventListener("click", (event) => {
    const button = event.target.closest?.("[data-minutes]");
    if (button) setEnd(Number(button.dataset.minutes));
  });
  tell(start, end, place);
}

export function startTimes(part) {
  fresh(part, "[data-times]", "timing").forEach(bind);
}
