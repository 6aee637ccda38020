"""Whose story it is, and who keeps the certificates. No Django, no database, no clock."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.codes import Audience, CredentialKind

STAFF_SEES = frozenset({Audience.PUBLIC, Audience.PARTICIPANTS, Audience.STAFF})
PARTICIPANTS_SEE = frozenset({Audience.PUBLIC, Audience.PARTICIPANTS})
EVERYONE_SEES = frozenset({Audience.PUBLIC})


@dataclass(frozen=True)
class NewSupporter:
    """What the agency itself knows of a supporter. The story is added by the supporter."""

    name: str
    initials: str = ""
    counties: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    caseload_size: int = 15
    other_license: str = ""


@dataclass(frozen=True)
class ProfileWords:
    """The supporter's own words, each part with the audience the supporter chose."""

    public_name: str = ""
    languages: tuple[str, ...] = ()
    times: str = ""
    gender_words: str = ""
    gender_audience: Audience = Audience.STAFF
    strengths: str = ""
    strengths_audience: Audience = Audience.NOBODY
    bio: str = ""
    bio_audience: Audience = Audience.NOBODY
    peer_support_training: str = ""
    recovery_coach_training: str = ""
    other_license: str = ""


@dataclass(frozen=True)
class NewCredential:
    """One certificate, or the way to one. What is not known is ``None``."""

    kind: CredentialKind
    in_training: bool = False
    training_hours: Decimal | None = None
    exam_on: date | None = None
    certified_on: date | None = None
    expires_on: date | None = None
    continuing_hours: Decimal | None = None


def why_not_tell(actor: Actor, *, user_id: UUID | None) -> Refusal | None:
    """The story is the supporter's own: nobody else writes it or opens it, not even a director."""
    if user_id is None or actor.id != user_id:
        return Refusal("not-your-story", _("Only the supporter can change this part."))
    return None


def why_not_manage(actor: Actor) -> Refusal | None:
    if not actor.may(Permission.SUPPORTER_WRITE):
        return Refusal(
            "not-yours-to-manage", _("Your coordinator or administrator keeps this part.")
        )
    return None


def why_not_add(actor: Actor, new: NewSupporter) -> Refusal | None:
    if refusal := why_not_manage(actor):
        return refusal
    if not new.name.strip():
        return Refusal("no-name", _("Write the supporter's name."), field="name")
    return None


def why_not_link(actor: Actor, *, linked: bool, taken: bool) -> Refusal | None:
    if refusal := why_not_manage(actor):
        return refusal
    if linked:
        return Refusal("linked", _("This profile already belongs to someone who signs in."))
    if taken:
        return Refusal("taken", _("This person already has a profile."))
    return None


def why_not_keep(actor: Actor, credential: NewCredential, *, today: date) -> Refusal | None:
    if refusal := why_not_manage(actor):
        return refusal
    begins, ends = credential.certified_on, credential.expires_on
    if begins and ends and ends < begins:
        return Refusal(
            "ends-before-it-begins",
            _("The last day lies before the first day. Please look again."),
            field="expires_on",
        )
    if begins and begins > today:
        return Refusal(
            "not-yet", _("This day has not come yet. Keep it as in training."), field="certified_on"
        )
    if credential.in_training and begins:
        return Refusal(
            "both", _("In training or certified? Please choose one."), field="in_training"
        )
    return None


def initials_of(name: str) -> str:
    """First letters of the first and last word: ``"Rosa Quaas"`` → ``"RQ"``."""
    words = [word for word in name.split() if word[0].isalpha()]
    ends = words[:1] + words[-1:] if len(words) > 1 else words
    return "".join(word[0].upper() for word in ends)


def listed(text: str) -> tuple[str, ...]:
    """``"English / Hmong, Spanish"`` → ``("English", "Hmong", "Spanish")``, each once."""
    parts = (" ".join(part.split()) for part in re.split(r"[,;/\n]+", text))
    return tuple(dict.fromkeys(part for part in parts if part))
