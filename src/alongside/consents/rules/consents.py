"""The life of a consent, and why a step of it is refused. Pure; what the law asks for stands in
``practice.consents``."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.accounts.codes import Permission
from alongside.consents.codes import ConsentStatus, SignedHow
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import Category, ConsentKind

S = ConsentStatus

CONSENT_MOVES: Mapping[ConsentStatus, frozenset[ConsentStatus]] = {
    S.DRAFT: frozenset({S.SIGNED, S.PUT_AWAY}),
    S.PUT_AWAY: frozenset({S.DRAFT}),
    S.SIGNED: frozenset({S.ENDED, S.REVOKED, S.MISTAKEN}),
    S.ENDED: frozenset({S.SIGNED, S.REVOKED, S.MISTAKEN}),
    S.REVOKED: frozenset({S.MISTAKEN}),
    S.MISTAKEN: frozenset({S.SIGNED, S.ENDED, S.REVOKED}),
}


@dataclass(frozen=True)
class Grant:
    """What one consent lets one recipient hear on a day, ``WHOLE_RECORD`` already spelled out."""

    consent_id: UUID
    recipient_id: UUID
    kind: ConsentKind
    categories: frozenset[Category]
    purpose: str
    version: str
    signed_on: date
    ends_on: date | None = None


@dataclass(frozen=True)
class Coverage:
    """All that one recipient may hear of one participant on a day; newest consent first. Never
    empty: without a grant there is no coverage."""

    grants: tuple[Grant, ...]

    @property
    def categories(self) -> frozenset[Category]:
        return frozenset().union(*(grant.categories for grant in self.grants))

    @property
    def consent_id(self) -> UUID:
        return self.grants[0].consent_id

    @property
    def recipient_id(self) -> UUID:
        return self.grants[0].recipient_id

    def allows(self, category: Category) -> bool:
        return category in self.categories

    def grant_for(self, category: Category) -> Grant | None:
        """The consent to name when this is told."""
        return next((grant for grant in self.grants if category in grant.categories), None)


def spelled_out(categories: frozenset[Category]) -> frozenset[Category]:
    """The whole record is each thing in it; a counselor's own notes stay apart."""
    if Category.WHOLE_RECORD not in categories:
        return categories
    return categories | (frozenset(Category) - {Category.COUNSELING_NOTES})


def why_not_write(by: Actor) -> Refusal | None:
    if by.may(Permission.CONSENT_WRITE):
        return None
    return Refusal(
        "not-yours", _("Consents are written by the participant and who walks alongside.")
    )


def why_not_take_back(by: Actor) -> Refusal | None:
    """The participant themselves, or who walks alongside when they say so."""
    return None if by.may(Permission.OWN_WRITE) else why_not_write(by)


def why_not_on(how: SignedHow, on: date | None, *, begun_on: date) -> Refusal | None:
    """Our own text is signed when it is there, never before: nothing told earlier gets a consent
    afterwards. A form from elsewhere has a day of its own."""
    if how is SignedHow.ELSEWHERE or on is None or on >= begun_on:
        return None
    return Refusal(
        "before-begun",
        _("This text was begun on {day}. It was signed then or later."),
        {"day": begun_on},
        field="on",
    )
