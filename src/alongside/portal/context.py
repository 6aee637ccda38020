from typing import Any

from django.conf import settings
from django.http import HttpRequest

from alongside.accounts.codes import Permission
from alongside.portal import mine


def own(request: HttpRequest) -> dict[str, Any]:
    """What stands on every page of a participant, the sign-in library's included."""
    actor = getattr(request, "actor", None)
    is_participant = bool(actor and not actor.is_staff and actor.may(Permission.OWN_READ))
    return {
        "is_participant": is_participant,
        "own_places": mine.in_the_bar() if is_participant else (),
        "exit_to": exit_to(request),
    }


def exit_to(request: HttpRequest) -> str:
    """Where leaving in a hurry leads: a page that says nothing of whoever stands on it. The agency
    of whoever is signed in may say which; it came along with the user."""
    agency = getattr(getattr(request, "user", None), "agency", None)
    return str(agency.exit_to if agency is not None and agency.exit_to else settings.EXIT_TO)
