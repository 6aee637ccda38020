"""Whether something may be told, and the least that does it. Pure.

One answer for every way out: the page of a referrer, a PDF, a phone call that is written down, a
file, a feed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from alongside.core.refusal import Refusal
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.consents.codes import Category, ConsentKind, Purpose, RecipientKind
from alongside.practice.consents.facts import ConsentFacts, RecipientFacts
from alongside.practice.consents.judging import why_not_rely
from alongside.practice.disclosure.book import EVERYTHING, Ground, book, ground, needed
from alongside.practice.disclosure.codes import Basis


@dataclass(frozen=True)
class Leave:
    """A consent of the participant and the one of its recipients in question."""

    consent: ConsentFacts
    recipient: RecipientFacts

    @property
    def alone(self) -> ConsentFacts:
        """The consent as it stands for this recipient."""
        return replace(self.consent, recipients=(self.recipient,))


@dataclass(frozen=True)
class Asked:
    """What is to be told. ``purpose`` may be left out under a consent: then it is the consent's.

    ``protected`` says whether Part 2 applies, ``privacy`` whether a privacy officer asks.
    """

    basis: Basis
    on: date
    name: str = ""
    organization: str = ""
    categories: frozenset[Category] = frozenset()
    what: str = ""
    purpose: Purpose | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    protected: bool = True
    privacy: bool = False


# A consent for a legal case is never meant by the way: the purpose must say so.
BY_NAME = frozenset({ConsentKind.PROCEEDINGS})
# What a consent for one purpose lets one do: its own, and what is a part of it.
COVERS: Mapping[Purpose, frozenset[Purpose]] = {
    **{purpose: frozenset({purpose}) for purpose in Purpose},
    Purpose.TPO: frozenset({Purpose.TPO, Purpose.TREATMENT, Purpose.PAYMENT}),
}


def why_not_disclose(asked: Asked, leaves: Iterable[Leave] = ()) -> Refusal | None:
    """Why this may not be told, in one sentence. ``leaves`` are the consents that name them."""
    return why_not_ground(asked) or decide(asked, leaves)[0]


def decide(asked: Asked, leaves: Iterable[Leave]) -> tuple[Refusal | None, Leave | None]:
    """The first consent that allows it, or why the newest of them does not."""
    if asked.basis is not Basis.CONSENT:
        return None, None
    first: Refusal | None = None
    for leave in leaves:
        refusal = why_not_under(asked, leave)
        if refusal is None:
            return None, leave
        first = first or refusal
    return first or NOBODY_NAMED, None


def why_not_ground(asked: Asked) -> Refusal | None:
    """What the ground itself asks for, before any consent is looked at."""
    found = ground(asked.basis)
    return (
        _why_not_theirs(found, asked)
        or _why_not_said(found, asked)
        or _why_not_proven(found, asked)
        or _why_not_so_much(found, asked)
    )


def why_not_under(asked: Asked, leave: Leave) -> Refusal | None:
    """Why one consent does not allow it: it does not hold, or not for this, or not for so much."""
    refusal = why_not_rely(leave.alone, on=asked.on)
    if refusal is not None:
        return refusal
    if leave.recipient.kind is not RecipientKind.PERSON and not asked.name.strip():
        return Refusal(
            "no-name", _("The consent names a group. Say who of them gets it."), field="name"
        )
    meant = leave.consent.purpose
    purpose = asked.purpose or (None if leave.consent.kind in BY_NAME else meant)
    if meant is None or purpose not in COVERS[meant]:
        return Refusal("other-purpose", _OTHER_PURPOSE, field="purpose")
    beyond = asked.categories - consented(leave.consent)
    if beyond:
        return Refusal("not-consented", _NOT_CONSENTED, _some(beyond), field="categories")
    more = asked.categories - needed(purpose or meant) - {Category.COUNSELING_NOTES}
    if more and not asked.facts.get("why_more", "").strip():
        return Refusal("more-than-needed", _missing("why_more"), field="why_more")
    return None


def consented(consent: ConsentFacts) -> frozenset[Category]:
    """What a consent lets be told. Everything is all but what needs a consent of its own."""
    if Category.WHOLE_RECORD in consent.categories:
        return EVERYTHING | consent.categories
    return consent.categories


def proposal(leaves: Iterable[Leave], *, purpose: Purpose | None, on: date) -> frozenset[Category]:
    """The minimum: what is both consented and needed, by the one consent that reaches furthest.
    ``WHOLE_RECORD`` is never proposed where its parts are."""
    found: list[frozenset[Category]] = [frozenset()]
    for leave in leaves:
        meant = purpose or leave.consent.purpose
        asked = Asked(Basis.CONSENT, on, name=leave.recipient.name, purpose=meant)
        if meant is not None and why_not_under(asked, leave) is None:
            least = consented(leave.consent) & (needed(meant) | {Category.COUNSELING_NOTES})
            found.append(least - {Category.WHOLE_RECORD})
    return max(found, key=len)


def in_words(categories: Iterable[Category]) -> str:
    """Short words for what is told, in the order of the list."""
    chosen = set(categories)
    return ", ".join(catalog.term("consent_category", c).short for c in Category if c in chosen)


def _why_not_theirs(found: Ground, asked: Asked) -> Refusal | None:
    if found.without_part_2 and asked.protected:
        return Refusal("part-2-applies", _PART_2_APPLIES, field="basis")
    if found.privacy and not asked.privacy:
        return Refusal("privacy-officer", _PRIVACY, {"ground": Say(found.name)}, field="basis")
    return None


def _why_not_said(found: Ground, asked: Asked) -> Refusal | None:
    if found.named and not asked.name.strip():
        return Refusal("no-name", _("Say who gets it, by name."), field="name")
    if found.organization and not asked.organization.strip():
        return Refusal("no-organization", _("Say where they work."), field="organization")
    by_name = asked.basis not in (Basis.PARTICIPANT, Basis.CONSENT)
    if by_name and not (asked.name + asked.organization).strip():
        return Refusal("no-name", _("Say who gets it, by name."), field="name")
    if asked.basis is not Basis.CONSENT and not asked.what.strip():
        return Refusal("no-what", _("Say what is told."), field="what")
    if asked.basis is Basis.CONSENT and not asked.categories:
        return Refusal("no-category", _("Choose what is told."), field="categories")
    return None


def _why_not_proven(found: Ground, asked: Asked) -> Refusal | None:
    for code in found.facts:
        if not asked.facts.get(code, "").strip():
            return Refusal(f"no-{code.replace('_', '-')}", _missing(code), field=code)
        if book().facts[code].kind == "day" and _later(asked.facts[code], asked.on):
            return Refusal("day-to-come", _NOT_BEFORE, field=code)
    return None


def _why_not_so_much(found: Ground, asked: Asked) -> Refusal | None:
    if asked.basis is Basis.CONSENT:
        return None
    beyond = asked.categories - found.most
    if Category.COUNSELING_NOTES in beyond and asked.basis in (
        Basis.PARTICIPANT,
        Basis.COURT_ORDER,
    ):
        beyond -= {Category.COUNSELING_NOTES}
    if not beyond:
        return None
    if not found.most:
        return Refusal("record-stays", _RECORD_STAYS, field="categories")
    return Refusal("too-much", _TOO_MUCH, _some(beyond), field="categories")


def _later(written: str, on: date) -> bool:
    try:
        return date.fromisoformat(written) > on
    except ValueError:
        return True


def _missing(code: str) -> str:
    return book().facts[code].missing


def _some(categories: Iterable[Category]) -> Mapping[str, object]:
    return {"what": in_words(categories)}


NOBODY_NAMED = Refusal(
    "not-named",
    _("No consent names them. Ask the participant first, or choose another ground."),
    field="name",
)
_NOT_BEFORE = _("Say a day, no later than the day on which it was told.")
_OTHER_PURPOSE = _("The consent is for another purpose. Ask the participant for one for this.")
_NOT_CONSENTED = _("The consent does not cover this: {what}. Leave it out, or ask first.")
_PRIVACY = _("This ground is for your privacy officer to decide: {ground}. Ask them.")
_PART_2_APPLIES = _("Part 2 applies here, so this is no ground. Ask the participant for a consent.")
_RECORD_STAYS = _("The record itself stays protected: tell only what you write here.")
_TOO_MUCH = _("This ground does not reach so far: {what}. Leave it out.")
