"""The places a participant can go, and the cards on their first page. One line each.

A new place stands here and nowhere else: the bar, the page "More" and the tests read this list.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.module_loading import import_string

from alongside.core.actor import Actor
from alongside.core.words import gettext_noop as _


@dataclass(frozen=True)
class Place:
    """``name`` and ``sub`` on the page "More"; ``short`` under the icon in the bar, for the few
    that stand there. ``icon`` from Bootstrap Icons (also name it in ``web/assets/icons.mjs``)."""

    key: str
    name: str
    url: str
    icon: str
    order: int
    sub: str = ""
    short: str = ""


# ``key`` is what a page passes as ``nav``. At most five have a ``short`` name: a phone is narrow.
PLACES: tuple[Place, ...] = (
    Place("home", _("My page"), "portal:mine", "house", 10, short=_("My page")),
    Place("plan", _("My plan"), "portal:own_plan", "signpost-2", 20, short=_("Plan")),
    Place(
        "notes",
        _("Notes"),
        "portal:own_notes",
        "journal-text",
        30,
        sub=_("What we wrote down about our time together"),
        short=_("Notes"),
    ),
    Place(
        "required",
        _("What is asked of me"),
        "portal:mine_required",
        "list-check",
        40,
        sub=_("Court, worker, class: the next thing first"),
        short=_("Asked of me"),
    ),
    Place(
        "help",
        _("Help now"),
        "portal:mine_help",
        "telephone",
        95,
        sub=_("Whom to call, and your own plan for it"),
    ),
    Place(
        "milestones",
        _("What mattered to me"),
        "portal:mine_milestones",
        "sun",
        105,
        sub=_("And help if you used again"),
    ),
    Place(
        "times",
        _("When we meet"),
        "portal:own_times",
        "calendar3",
        100,
        sub=_("Times that come, and those that were"),
    ),
    Place(
        "sheets",
        _("Worksheets"),
        "portal:own_sheets",
        "pencil",
        110,
        sub=_("Your own, to read and to write on"),
    ),
    Place(
        "check_ins",
        _("How is life?"),
        "portal:own_check_ins",
        "chat-square-heart",
        102,
        sub=_("Check-ins, five minutes each"),
    ),
    Place(
        "change",
        _("What changed"),
        "portal:own_change",
        "graph-up",
        103,
        sub=_("How you saw it then, and how you see it now"),
    ),
    Place(
        "people",
        _("People around me"),
        "portal:own_people",
        "people",
        120,
        sub=_("Who we have written down"),
    ),
    Place(
        "consents",
        _("What we may tell others"),
        "portal:own_consents",
        "shield-check",
        130,
        sub=_("Read it, or take it back"),
    ),
    Place(
        "copy",
        _("Take it all along"),
        "portal:own_copy",
        "download",
        140,
        sub=_("A copy of your record"),
    ),
    Place(
        "looked",
        _("Who opened my record"),
        "portal:own_looked",
        "eye",
        150,
        sub=_("Each look is written down"),
    ),
    Place(
        "rights",
        _("My rights"),
        "portal:own_rights",
        "person-check",
        160,
        sub=_("Ask of your record, or complain"),
    ),
    Place(
        "me",
        _("About me"),
        "portal:mine_me",
        "person-circle",
        700,
        sub=_("Name, phone, how we may reach you"),
    ),
    Place(
        "sign-in",
        _("My sign-in"),
        "portal:mine_sign_in",
        "key",
        710,
        sub=_("Password, passkey, phones"),
    ),
    Place(
        "support",
        _("What a supporter does"),
        "portal:mine_about_support",
        "book",
        720,
        sub=_("And what they do not do"),
    ),
    Place("more", _("More"), "portal:mine_more", "three-dots", 900, short=_("More")),
)

# Each: ``def card(viewer: Actor, at: datetime) -> Card | None`` in ``portal/cards/``, in the order
# in which they stand on the first page. What has nothing to say gives nothing.
CARDS: tuple[str, ...] = (
    "alongside.portal.cards.way_back.card",
    "alongside.portal.cards.record.next_time",
    "alongside.portal.cards.signing.card",
    "alongside.portal.cards.required.required",
    "alongside.portal.cards.record.last_note",
    "alongside.portal.cards.plan.card",
    "alongside.portal.cards.check_in.card",
)


@dataclass(frozen=True)
class Card:
    """One matter on the first page: a template that shows a ``<c-card>``, and what it shows."""

    template: str
    words: Mapping[str, Any] = field(default_factory=dict)


def in_the_bar() -> tuple[Place, ...]:
    return tuple(place for place in _sorted() if place.short)


def under_more() -> tuple[Place, ...]:
    """All that the bar does not hold."""
    return tuple(place for place in _sorted() if not place.short)


def cards(viewer: Actor, at: datetime) -> list[Card]:
    makers: list[Callable[[Actor, datetime], Card | None]] = [import_string(name) for name in CARDS]
    return [card for maker in makers if (card := maker(viewer, at)) is not None]


def _sorted() -> list[Place]:
    return sorted(PLACES, key=lambda place: place.order)
