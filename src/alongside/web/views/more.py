"""Everything this person may reach, in groups, each place one tap away."""

from dataclasses import dataclass
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET

from alongside.accounts import queries
from alongside.accounts.codes import Permission
from alongside.core.words import gettext_noop as _
from alongside.web.access import StaffRequest, requires


@dataclass(frozen=True)
class Place:
    """A way to a page, for those who hold any of ``needs`` (nothing: for everyone)."""

    url: str
    icon: str
    title: str
    sub: str = ""
    needs: frozenset[str] = frozenset()


def _for(*permissions: Permission) -> frozenset[str]:
    return frozenset(permissions)


GROUPS: tuple[tuple[str, tuple[Place, ...]], ...] = (
    (
        _("The work"),
        (
            Place(
                "web:help_now",
                "life-preserver",
                _("Hard talks"),
                _("What to do now, and whom to call"),
            ),
            Place(
                "web:hand_offs",
                "arrow-right-circle",
                _("Hand-offs"),
                _("What was handed to whom, and what is still open"),
                _for(
                    Permission.HAND_OFF_WRITE,
                    Permission.HAND_OFF_ANSWER,
                    Permission.NOTE_READ,
                ),
            ),
            Place(
                "web:emergency",
                "exclamation-circle",
                _("In an emergency"),
                _("Open the record of someone you do not walk with"),
                _for(Permission.GLASS_BREAK),
            ),
            Place(
                "web:processes",
                "book",
                _("The five processes"),
                _("Key concepts, in short"),
                _for(Permission.NOTE_READ, Permission.SUPPORTER_READ),
            ),
            Place(
                "web:referrals",
                "inbox",
                _("Referral desk"),
                _("Who waits, and since when"),
                _for(Permission.REFERRAL_READ),
            ),
            Place(
                "web:referrer_questions",
                "chat-left-text",
                _("Questions from referrers"),
                _("Who waits for an answer"),
                _for(Permission.DISCLOSURE_WRITE),
            ),
            Place(
                "web:own_answers",
                "chat-left-text",
                _("Answers from participants"),
                _("What people wrote to notes from their own pages"),
                _for(Permission.NOTE_WRITE, Permission.TEAM_READ),
            ),
            Place(
                "web:kept_list",
                "shield-check",
                _("Kept apart"),
                _("Parts of notes that participants do not read"),
                _for(Permission.NOTE_WRITE, Permission.PRIVACY_MANAGE),
            ),
            Place(
                "web:supporters",
                "person-hearts",
                _("Supporters"),
                _("Who walks alongside, and what they share"),
                _for(Permission.SUPPORTER_READ),
            ),
            Place(
                "web:team",
                "people",
                _("My team"),
                _("What needs you, and who stands in when you are away"),
                _for(Permission.TEAM_READ),
            ),
            Place(
                "web:tools",
                "tools",
                _("Tools"),
                _("Worksheets to fill in together, or for you alone"),
            ),
            Place(
                "web:check_ins_offered",
                "chat-square-heart",
                _("Check-ins to offer"),
                _("Whom you may ask how life is"),
                _for(Permission.SIGHT_OWN),
            ),
            Place(
                "web:arrays",
                "question-circle",
                _("Questions about arrays"),
                _("What colleagues ask, oldest first"),
                _for(Permission.ARRAY_ANSWER),
            ),
            Place(
                "web:precedents",
                "chat-left-text",
                _("Answered questions"),
                _("Which array fitted, and why"),
                _for(Permission.NOTE_WRITE, Permission.NOTE_READ, Permission.ARRAY_ANSWER),
            ),
            Place(
                "web:parting",
                "signpost-split",
                _("Advice and choice"),
                _("Notes recorded otherwise than proposed"),
                _for(Permission.TEAM_READ, Permission.SIGHT_AGENCY),
            ),
            Place(
                "web:hint_answers",
                "lightbulb",
                _("Hints that did not help"),
                _("For whoever makes them better"),
                _for(Permission.ARRAY_ANSWER, Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:growth_team",
                "tree",
                _("Growth"),
                _("Certificates, training hours, supervision"),
                _for(Permission.SUPERVISION_WRITE, Permission.SUPPORTER_WRITE),
            ),
            Place(
                "web:imports",
                "box-arrow-in-down",
                _("Bring in a sheet"),
                _("Colleagues, referrals, contacts"),
                _for(Permission.IMPORT_MANAGE),
            ),
        ),
    ),
    (
        _("The agency"),
        (
            Place(
                "web:agency",
                "house",
                _("Agency"),
                _("Name, clock, counties, array lead, links"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:public_page",
                "globe",
                _("Public page"),
                _("What anyone may read about you, and where people ask for support"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:help_lines",
                "telephone",
                _("Lines for hard moments"),
                _("Your own numbers and steps"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:measures",
                "graph-up",
                _("Measures"),
                _("How the program does, in sums"),
                _for(Permission.MEASURES_READ),
            ),
            Place(
                "web:contracts",
                "file-earmark-text",
                _("Contracts"),
                _("Who pays for what"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:colleagues",
                "person-plus",
                _("Colleagues"),
                _("Invitations, roles, supervisors"),
                _for(Permission.USER_MANAGE),
            ),
            Place(
                "web:letters",
                "envelope",
                _("Letters"),
                _("E-mail that could not be sent"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:agency_tools",
                "journal-text",
                _("Our worksheets"),
                _("What your agency adds to the tools"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:instruments",
                "chat-square-heart",
                _("Check-ins and instruments"),
                _("What participants may answer, and how often it is offered"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:checklist",
                "list-check",
                _("First steps"),
                _("What is set up, and what is not yet"),
                _for(Permission.AGENCY_MANAGE),
            ),
            Place(
                "web:openings",
                "exclamation-circle",
                _("Opened in an emergency"),
                _("Records someone opened because it could not wait"),
                _for(Permission.PRIVACY_MANAGE),
            ),
            Place(
                "web:breach",
                "search",
                _("Seen or received"),
                _("Who saw or got what about whom, between two days"),
                _for(Permission.PRIVACY_MANAGE),
            ),
            Place(
                "web:part_two",
                "shield-lock",
                _("Part 2"),
                _("To which programs the federal rule applies"),
                _for(Permission.PRIVACY_MANAGE),
            ),
            Place(
                "web:records",
                "hourglass",
                _("Keep, show, let go"),
                _("What people ask of their records, and how long records stay"),
                _for(Permission.PRIVACY_MANAGE, Permission.DISPOSAL_CONFIRM),
            ),
            Place(
                "web:audit",
                "shield-check",
                _("Audit log"),
                _("Who did what, and who looked at whom"),
                _for(Permission.AUDIT_READ),
            ),
        ),
    ),
    (
        _("You"),
        (
            Place(
                "web:my_profile",
                "person-circle",
                _("My profile"),
                _("Your story, and who may see each part"),
                _for(Permission.PROFILE_WRITE),
            ),
            Place(
                "web:my_growth",
                "tree",
                _("My growth"),
                _("Certificate, trainings, skills, supervision"),
                _for(Permission.PROFILE_WRITE),
            ),
            Place(
                "mfa_index", "phone", _("Second step"), _("Codes on your phone, passkeys, spares")
            ),
            Place("web:devices", "laptop", _("Devices"), _("Where you are signed in")),
            Place("account_change_password", "key", _("Password")),
        ),
    ),
)


@require_GET
@requires()
def more(request: StaffRequest) -> HttpResponse:
    page = {
        "groups": places(request),
        "agency": queries.agency_of(request.actor),
        "has_factor": is_mfa_enabled(request.user),
        "nav": "more",
    }
    return render(request, "web/more/more.html", page)


def places(request: StaffRequest, *, yours: bool = True) -> list[dict[str, Any]]:
    """What is open to this person, in groups; without the last, what is about their sign-in."""
    groups = map(_open(request), GROUPS if yours else GROUPS[:-1])
    return [group for group in groups if group["places"]]


def _open(request: StaffRequest) -> Any:
    def group(named: tuple[str, tuple[Place, ...]]) -> dict[str, Any]:
        title, places = named
        shown = []
        for place in places:
            address = _address(place.url)
            if address and (not place.needs or place.needs & request.actor.permissions):
                shown.append((place, address))
        return {"title": gettext(title), "places": shown}

    return group


def _address(name: str) -> str:
    """Where a page lives; nothing for one that this version does not have."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
