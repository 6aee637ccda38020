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
    """``name`` and ``sub`` on the page "More"; ``short`` under the icon in the bar, for the few that
    stand there. ``icon`` from Bootstrap Icons (also name it in ``web/assets/icons.mjs``)."""

    key: str
    name: str
    url: str
    icon: str
    order: int
    sub: str = ""
    short: str = ""


# ``key`` is what a page passes as ``nav``. At most five have a ``short`` name: a phone is narrow.
PLACES: tuple[Place, ...] = (
    Place("home", _("Home"), "portal:mine", "house", 10, short=_("Home")),
    Place("more", _("More"), "portal:mine_more", "three-dots", 900, short=_("More")),
)

# Each: ``def card(viewer: Actor, at: datetime) -> Card | None`` in ``portal/cards/``, in the order
# in which they stand on the first page. What has nothing to say gives nothing.
CARDS: tuple[str, ...] = ()


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
