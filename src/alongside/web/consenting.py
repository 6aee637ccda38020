"""What the pages about consent share: how one stands, who may be named, which step comes next."""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from alongside.consents import queries
from alongside.consents.codes import ConsentStatus
from alongside.consents.rules import NewRecipient, Signing, papers, standing, steps
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.people.queries import care_team
from alongside.people.rules import name_key
from alongside.practice.consents import (
    ENGLISH,
    ConsentKind,
    Document,
    Kind,
    RecipientKind,
    from_data,
    in_full,
    kind_of,
    reading,
    version_on,
)
from alongside.referrals.queries.desk import referrals_of
from alongside.web.access import StaffRequest
from alongside.web.forms.consents import CLASS
from alongside.web.templatetags.words import say, term

# Where each thing that is missing is said, in the order in which people ask it.
STEPS = {"recipient": "people", "categories": "what", "purpose": "why", "ends": "until"}


def today(request: StaffRequest) -> date:
    return local_date(timezone.now(), request.actor.time_zone)


@dataclass(frozen=True)
class Shown:
    """A consent on a page: its row, how it stands, and its text. ``other``: one in another language
    in English, for the colleague who sits beside."""

    row: Any
    kind: Kind
    state: str
    sentence: Any
    text: Document
    left: tuple[Any, ...] = ()
    other: Document | None = None

    @property
    def people(self) -> list[Any]:
        return list(self.row.recipients.all())

    @property
    def names(self) -> str:
        return ", ".join(one.name for one in self.people if one.revoked_at is None)

    @property
    def taken_back(self) -> tuple[Any, ...]:
        return papers.taken_back(self.people, whole_at=self.row.revoked_at)

    @property
    def is_draft(self) -> bool:
        return bool(self.row.status == ConsentStatus.DRAFT)


def shown(row: Any, *, on: date, with_text: bool = True) -> Shown:
    """How a consent stands on ``on``. A draft reads as it would be signed that day."""
    facts = queries.facts_of(row)
    state, sentence = standing(ConsentStatus(row.status), facts, on=on)
    open_yet = row.status in (ConsentStatus.DRAFT, ConsentStatus.PUT_AWAY)
    version = version_on(on).code if open_yet else row.version
    kind = kind_of(version, ConsentKind(row.kind)) or kind_of(row.version, ConsentKind(row.kind))
    if kind is None:
        raise LookupError(f"The dated rules lost the kind of consent {row.pk}.")
    text = _text(row, facts, on=on, open_yet=open_yet) if with_text else _NO_TEXT
    left = steps.left_to_say(facts, today=on) if open_yet else ()
    other = _in_english(facts, text, on=on, open_yet=open_yet)
    return Shown(row, kind, state.value, sentence, text, left, other)


def _in_english(facts: Any, text: Document, *, on: date, open_yet: bool) -> Document | None:
    if not text.sections or text.language == ENGLISH:
        return None
    as_shown = steps.as_signed(facts, Signing(name="."), today=on) if open_yet else facts
    return reading(as_shown, language=ENGLISH)


def _text(row: Any, facts: Any, *, on: date, open_yet: bool) -> Document:
    return steps.shown(facts, today=on) if open_yet else from_data(row.text or {})


_NO_TEXT = Document("", "", "", "", ())


def known_people(request: StaffRequest, row: Any, kind: Kind) -> list[tuple[str, NewRecipient]]:
    """Whom one can tick: the care team but its own supporters, who referred them, a class where
    the kind allows one, and whoever was typed in before."""
    found: list[tuple[str, NewRecipient]] = []
    whose = row.participant_id
    if kind.class_words:
        words = gettext(kind.class_words)
        one = NewRecipient(words, RecipientKind.CLASS, covered=True)
        found.append((CLASS, one))
    for referral in referrals_of(request.actor, participant_id=whose):
        who = referral.referrer
        key = f"referrer:{who.pk}" if who is not None else ""
        if who is not None and who.voided_at is None and key not in dict(found):
            place = who.organization or who.role
            found.append((key, NewRecipient(who.name, organization=place, referrer_id=who.pk)))
    named = {name_key(one.name) for _key, one in found}
    for member in care_team(request.actor, participant_id=whose):
        ticked = any(mine.member_id == member.pk for mine in row.recipients.all())
        again = name_key(member.name) in named and not ticked
        if member.user_id is None and member.until is None and not again:
            place = member.organization or term(member.role, "care_team_role")
            one = NewRecipient(member.name, organization=place, member_id=member.pk)
            found.append((f"member:{member.pk}", one))
    for mine in row.recipients.all():
        if key_of(mine) not in dict(found):
            found.append((key_of(mine), _as_named(mine)))
    return found


def key_of(recipient: Any) -> str:
    if recipient.member_id is not None:
        return f"member:{recipient.member_id}"
    if recipient.referrer_id is not None:
        return f"referrer:{recipient.referrer_id}"
    return CLASS if recipient.kind == RecipientKind.CLASS else f"kept:{recipient.pk}"


def _as_named(mine: Any) -> NewRecipient:
    return NewRecipient(
        mine.name,
        RecipientKind(mine.kind),
        mine.organization,
        mine.participants,
        mine.covered,
        mine.member_id,
        mine.referrer_id,
    )


def next_page(row: Any, *, on: date) -> str:
    """The first thing that is left to say, else the whole text."""
    ids = [row.participant_id, row.pk]
    left = {refusal.field for refusal in steps.left_to_say(queries.facts_of(row), today=on)}
    for field, step in STEPS.items():
        if field in left:
            return reverse(f"web:consent_{step}", args=ids)
    return reverse("web:consent", args=ids)


@dataclass(frozen=True)
class QuietLine:
    """What the participant's page says of consents: how many hold, in words too."""

    holds: int
    words: str


def quiet_line(viewer: Actor, participant_id: UUID, *, on: date) -> QuietLine:
    """One small query."""
    found = queries.states_of(viewer, participant_id=participant_id)
    holds = sum(state == ConsentStatus.SIGNED and (not ends or ends >= on) for state, ends in found)
    words = gettext("nothing yet")
    if holds:
        words = ngettext("%(n)d consent holds", "%(n)d consents hold", holds) % {"n": holds}
    elif any(state == ConsentStatus.DRAFT for state, _ends in found):
        words = gettext("a draft waits")
    return QuietLine(holds, words)


def as_paper(one: Shown, *, foot: str, agency: str) -> dict[str, object]:
    """The text of a consent as data of a paper: to sign by hand, or the copy to take along. In the
    language of its text, which the page must speak by then."""
    row, language = one.row, one.text.language
    signed = row.signed_on and papers.Signature(
        row.signer_name, row.signed_on, row.signer_relationship
    )
    sheet = papers.Sheet(
        agency,
        one.text.title or one.kind.name,
        one.text,
        one.sentence,
        foot,
        signed or None,
        one.taken_back,
    )
    return papers.consent_paper(sheet, papers.Tongue(say, partial(in_full, language=language)))
