"""Every address says who may call it, and none carries a name."""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

# Pages of the sign-in library. It guards them itself; the reason stands beside each kind.
LIBRARY = {
    "account_": "signing in and out, and the password: open by nature, or for oneself only",
    "usersessions_": "its list of devices, which tells addresses: absent, ours is at devices/",
    "mfa_": "one's own second step: each page asks for a fresh sign-in",
}
# What an address may carry: ids that say nothing, and the secret of an invitation, used once.
MAY_CARRY = {"UUIDConverter"}
SECRETS = {"invitation": {"secret"}, "link": {"secret"}, "own_link": {"secret"}}
# Which form a draft belongs to, from a closed list in the code.
# Which tool: a number for one of ours, an id for an agency's.
TOOLS = {name: {"tool"} for name in ("tool", "tool_print", "worksheet_new")}
TOOLS |= {"private_worksheet_new": {"tool"}, "own_sheet_new": {"tool"}}
FORMS = {"form_draft": {"key"}, "form_draft_drop": {"key"}}
FORMS |= {name: {"key"} for name in ("own_typed", "own_typed_away", "own_typed_back")}
# Which page of the referral form: one of seven words.
FORMS |= {"refer": {"page"}}
# Which part of a plan: one of eight words that say nothing of whose it is.
FORMS |= {name: {"kind"} for name in ("part_new", "part_new_for_goal", "part_new_under")}
FORMS |= {name: {"kind"} for name in ("own_part_new", "own_part_for_goal", "own_part_under")}
# Which page of a check-in.
FORMS |= {name: {"number"} for name in ("check_in_write", "check_in_save")}
FORMS |= {name: {"number"} for name in ("own_check_in_write", "own_check_in_save")}
# How far an update of the plan is: one of six words.
FORMS |= {"plan_update_stage": {"stage"}}
# An agency's own word for its public page; the rule keeps telling words out of it.
FORMS |= {name: {"slug"} for name in ("about_page", "about_preview", "about_ask")}


def routes(
    resolver: URLResolver | None = None, prefix: str = ""
) -> Iterator[tuple[str, URLPattern]]:
    for pattern in (resolver or get_resolver()).url_patterns:
        where = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern, where)
        else:
            yield where, pattern


def ours() -> list[tuple[str, URLPattern]]:
    return [
        (where, pattern)
        for where, pattern in routes()
        if not (pattern.name or "").startswith(tuple(LIBRARY))
    ]


def test_every_route_declares_who_may_call_it():
    bare = [where for where, pattern in ours() if not hasattr(pattern.callback, "requires")]
    assert bare == []


# Open to people who are not signed in, with the reason.
PUBLIC = {
    "start/": "the first page of an empty installation",
    "invitation/<str:secret>/": "the invited person has no sign-in yet",
    "portal/link/<str:secret>/": "a referrer with a link has no sign-in yet",
    "portal/come-in/<str:secret>/": "a participant with a link has no sign-in yet",
    "portal/exit/": "the quick way out works in whatever state a page is",
    "about/": "the short way to the only public page there is",
    "about/<slug:slug>/": "what an agency published about itself; nothing of a record",
    "about/<slug:slug>/preview/": "the same before it is published; absent but for who keeps it",
    "about/<slug:slug>/ask/": "whoever asks for support has no sign-in, and reads nothing back",
    "portal/language/": "whoever reads a page may choose its language; a cookie, and nothing else",
    "signed-out/": "where a page goes whose time is over",
    "demo/": "one-click sign-in, absent outside demo mode and this machine",
    "account/email/": "absent for everyone",
    "account/sessions/": "absent for everyone",
    "help-now/": "help in a hard talk stands behind no door; nothing of a record",
    "help-now/kept/": "the same page, as a browser keeps it for when there is no line",
    "help-now/worker.js": "the script that keeps it",
}


@pytest.mark.asvs("6.3.4")
def test_what_anyone_may_open_is_a_closed_list():
    public = {where for where, pattern in ours() if pattern.callback.requires == "public"}
    assert public == set(PUBLIC)


def test_every_route_has_a_name_of_its_own():
    names = [pattern.name for where, pattern in ours() if where not in PUBLIC]
    assert (None in names, len(names)) == (False, len(set(names)))


def test_no_address_carries_a_name():
    carried = [
        (where, key)
        for where, pattern in ours()
        for key, converter in pattern.pattern.converters.items()
        if type(converter).__name__ not in MAY_CARRY
        and key not in (SECRETS | FORMS | TOOLS).get(pattern.name, ())
    ]
    assert carried == []


@pytest.mark.parametrize("word", ["recovery", "patient", "client", "case", "addict", "sobriety"])
def test_no_address_says_what_the_agency_does(word):
    # "recovery-codes" are the sign-in library's spare codes.
    assert [where for where, _pattern in ours() if word in where] == []
