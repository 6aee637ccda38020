"""What every answer forbids a browser to do, walked over every route there is."""

import os
import re
import subprocess
import sys
from html.parser import HTMLParser
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import STAFF_ROLES, Role
from alongside.accounts.models import RoleGrant
from tests.architecture.test_routes import LIBRARY, routes
from tests.security.test_matrix import in_session_of
from tests.security.world import a_side, kwargs_of

SAID = {
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=()",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
SOURCES = re.compile(r"'self'|'none'|data:|'nonce-[\w+/=-]{16,}'")


def every_address(side):
    """Those with ids are asked with ids of this agency, those of the library without any."""
    for where, pattern in routes():
        name = pattern.name or ""
        ids = set(pattern.pattern.converters)
        if name.startswith(tuple(LIBRARY)) or not name:
            if not set("<(^") & set(where):
                yield f"/{where}"
            continue
        space = next((one for one in ("portal", "about") if where.startswith(one)), "web")
        try:
            yield reverse(f"{space}:{name}", kwargs=kwargs_of(side, name, ids))
        except KeyError:
            continue


def policy_of(answer) -> dict[str, list[str]]:
    parts = answer.headers.get("Content-Security-Policy", "").split(";")
    words = [part.split() for part in parts if part.strip()]
    return {name: sources for name, *sources in words}


def faults(address: str, answer) -> list[tuple[object, ...]]:
    wrong: list[tuple[object, ...]] = [
        (address, name, answer.headers.get(name))
        for name, part in SAID.items()
        if part not in answer.headers.get(name, "")
    ]
    policy = policy_of(answer)
    # A file that someone uploaded is shut in a box of its own.
    framed = policy.get("frame-ancestors") != ["'none'"] and "sandbox" not in policy
    if policy.get("default-src") != ["'none'"] or framed:
        wrong.append((address, "policy", policy))
    sources = [one for said in policy.values() for one in said]
    wrong += [(address, one) for one in sources if not SOURCES.fullmatch(one)]
    return wrong


class Inline(HTMLParser):
    """What a page holds that the policy would have to allow, or that leads to someone else."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.found += [f"{tag} {name}" for name in told if name.startswith("on") or name == "style"]
        inline = tag in ("script", "style") and "src" not in told and "nonce" not in told
        if inline and told.get("type") != "application/json":
            self.found.append(f"{tag} without nonce")
        loads = told.get("src") or (told.get("href") if tag == "link" else None) or ""
        if urlsplit(loads).netloc:
            self.found.append(f"{tag} from {loads}")


@pytest.mark.asvs("3.4.2")
@pytest.mark.asvs("3.4.3", "3.4.4", "3.4.5", "3.4.6", "3.4.8", "14.2.2", "3.5.8")
@pytest.mark.django_db
@pytest.mark.parametrize("who", ["someone with every role", "nobody"])
def test_every_route_says_all_of_it_and_holds_nothing_inline(who):
    side = a_side("Zaunkoenig")
    user = side.users["supporter"]
    for role in set(STAFF_ROLES) - {Role.SUPPORTER}:
        RoleGrant.objects.get_or_create(agency=side.agency, user=user, role=role.value)
    client = in_session_of(user if who != "nobody" else None)
    wrong, seen = [], set()
    for address in every_address(side):
        if who != "nobody" and "_auth_user_id" not in client.session:
            client = in_session_of(user)
        answer = client.get(address)
        wrong += faults(address, answer)
        seen.add(answer.status_code)
        if "text/html" in answer.headers.get("Content-Type", "") and not answer.streaming:
            wrong += [(address, *Inline(answer.content.decode()).found)] * bool(
                Inline(answer.content.decode()).found
            )
    assert (wrong, 200 in seen) == ([], True)


@pytest.mark.asvs("3.4.3")
def test_a_nonce_is_new_each_time(db):
    nonces = {tuple(policy_of(Client().get("/account/login/"))["script-src"]) for _ in range(3)}
    assert len(nonces) == 3


def under_https(words: str) -> str:
    """What a process says that serves under https."""
    environment = {**os.environ, "ALONGSIDE_HTTPS": "1", "ALONGSIDE_HOSTS": "agency.example"}
    environment["DJANGO_SETTINGS_MODULE"] = "alongside.config.settings"
    code = f"import django; django.setup(); from django.conf import settings as s; print({words})"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**environment, "PYTHONPATH": "src"},
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()


@pytest.mark.asvs("3.3.3")
@pytest.mark.asvs("3.3.1", "3.3.2", "3.3.4", "3.4.1")
def test_under_https_cookies_are_of_this_host_alone_and_http_is_forgotten(tmp_path, monkeypatch):
    monkeypatch.setenv("ALONGSIDE_DATA", str(tmp_path))
    names = "s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.COOKIE_PREFIX"
    safe = "s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY"
    more = "s.SESSION_COOKIE_SAMESITE, s.SECURE_HSTS_SECONDS, s.SECURE_HSTS_INCLUDE_SUBDOMAINS"
    assert under_https(f"{names}, {safe}, {more}") == (
        "__Host-sessionid __Host-csrftoken __Host- True True True Lax 31536000 True"
    )


@pytest.mark.asvs("3.4.1")
def test_hsts_is_said_where_the_request_was_safe(db, settings):
    settings.SECURE_HSTS_SECONDS = 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    answer = Client().get("/account/login/", secure=True)
    assert answer.headers["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_what_proxies_say_counts_only_where_they_are_ours():
    assert (settings.TRUSTED_PROXIES, getattr(settings, "SECURE_PROXY_SSL_HEADER", None)) == (
        0,
        None,
    )
