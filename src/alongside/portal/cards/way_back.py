"""Who came in by a link and chose neither password nor passkey has no way back yet."""

from datetime import datetime

from alongside.core.actor import Actor
from alongside.people.queries.doors import has_way_back
from alongside.portal.mine import Card


def card(viewer: Actor, at: datetime) -> Card | None:
    return None if has_way_back(viewer) else Card("portal/mine/cards/way_back.html")
