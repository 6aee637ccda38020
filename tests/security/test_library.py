"""The sign-in library's own pages under what no page of ours sends."""

import pytest

from tests.architecture.test_routes import LIBRARY, routes
from tests.security.test_matrix import in_session_of
from tests.security.world import a_side

FIELDS = ["next", "login", "password", "email", "code", "credential", "name", "key"]
FIELDS += ["oldpassword", "password1", "type"]
JUNK = [
    pytest.param("\U0001f600" * 100, id="faces"),
    pytest.param("9" * 6000, id="a huge number"),
    pytest.param('{"id":"a\\u0000"}', id="half a passkey"),
    pytest.param("[1]", id="a list"),
    pytest.param("//elsewhere.example", id="an address elsewhere"),
    pytest.param("\u202eevil", id="text from right to left"),
]


def addresses() -> list[str]:
    """Those without an id, which is all but the few for one key."""
    return [
        f"/{where}"
        for where, pattern in routes()
        if (pattern.name or "").startswith(tuple(LIBRARY)) and not set("<(^") & set(where)
    ]


@pytest.mark.django_db
@pytest.mark.parametrize("junk", JUNK)
def test_no_page_breaks_or_leads_elsewhere_or_stays_in_a_browser(junk):
    side, wrong = a_side("Zaunkoenig"), []
    for user in (None, side.users["supporter"]):
        client = in_session_of(user)
        for address in addresses():
            for method in ("get", "post"):
                if user is not None and "_auth_user_id" not in client.session:
                    client = in_session_of(user)
                answer = getattr(client, method)(address, dict.fromkeys(FIELDS, junk))
                to = answer.headers.get("Location", "")
                kept = "no-store" not in answer.headers.get("Cache-Control", "")
                if answer.status_code >= 500 or to.startswith("//elsewhere") or kept:
                    wrong.append((method, address, answer.status_code, to))
    assert (wrong, len(addresses()) > 15) == ([], True)
