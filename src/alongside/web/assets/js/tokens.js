// Signing in again, in another tab, changes the CSRF token. Forms that stayed open must follow.
// The cookie is out of reach for scripts, so the ping tells: GET answers {"csrf": "..."}.

function spread(token) {
  for (const input of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) input.value = token;
  document.body.setAttribute("hx-headers", JSON.stringify({ "X-CSRFToken": token }));
}

/**
 * Tell the server that someone is here. True when this sign-in goes on, false when it has ended;
 * throws when the server cannot be reached.
 */
export async function ping() {
  const answer = await fetch(document.body.dataset.idlePing, {
    credentials: "same-origin",
    headers: { Accept: "application/json" },
    redirect: "manual",
  });
  if (!answer.ok) return false;
  const { csrf } = await answer.json();
  if (csrf) spread(csrf);
  return true;
}
