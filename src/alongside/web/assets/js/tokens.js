// Signing in again, in another tab, changes the CSRF token. Forms that stayed open must follow.
const COOKIE = /(?:^|;\s*)(?:__Host-|__Secure-)?csrftoken=([^;]+)/;

function spread(token) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  if (document.body.hasAttribute("hx-headers")) {
    document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
  }
}

export function csrfToken() {
  const fromCookie = document.cookie.match(COOKIE)?.[1];
  return fromCookie ?? document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
}

/** Ask for a token that is good now. The ping answers {"csrf": "..."}; a readable cookie will do. */
export async function freshToken() {
  const fromCookie = document.cookie.match(COOKIE)?.[1];
  if (fromCookie) return void spread(fromCookie);
  const ping = document.body.dataset.idlePing;
  if (!ping) return;
  try {
    const answer = await fetch(ping, { credentials: "same-origin", redirect: "manual" });
    if (!answer.ok) return;
    const { csrf } = await answer.json();
    if (csrf) spread(csrf);
  } catch {
    // Not reachable now; the caller tries again later.
  }
}
