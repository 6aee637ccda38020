"""What a note is proposed to be recorded under, from who writes it and on which day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from alongside.audit.asking import Asked
from alongside.core.actor import Actor
from alongside.encounters.rules.refining import refined
from alongside.practice.arrays import ArrayAdvice, ArrayFacts, advise
from alongside.practice.arrays.advice import opens_peer_support
from alongside.practice.codes import Activity, CredentialKind, GoingAlong, Process
from alongside.practice.credentials import CredentialFacts, Standing, standing_on
from alongside.practice.rules import rules_on
from alongside.workforce.models import Supporter


@dataclass(frozen=True)
class Writer:
    """The supporter who writes, with every certificate: dates decide what each is worth."""

    supporter_id: UUID
    other_license: str
    jurisdiction: str
    credentials: tuple[CredentialFacts, ...]

    def standing(self, on: date) -> Standing:
        return standing_on(self.credentials, on)

    def advice(
        self,
        on: date,
        *,
        processes: tuple[str, ...],
        activities: tuple[str, ...],
        going_along: str,
        words: str,
        answers: Mapping[str, str] | None = None,
    ) -> ArrayAdvice:
        """``answers`` are what was said to the short questions, by question."""
        facts = ArrayFacts(
            standing=self.standing(on),
            processes=frozenset(Process(code) for code in processes),
            activities=frozenset(Activity(code) for code in activities),
            going_along=GoingAlong(going_along) if going_along else None,
            words=words,
            other_license=self.other_license,
        )
        return advise(refined(facts, answers or {}), on, rules_on(on, self.jurisdiction))

    def certified(self, on: date) -> bool:
        """Whether the credential opens the Peer Support array on that day."""
        return opens_peer_support(self.standing(on), rules_on(on, self.jurisdiction))


_WRITER = Asked(
    lambda user, agency, _shape: Supporter.objects.filter(
        user_id=user, agency_id=agency, voided_at=None
    ).values_list(
        "id",
        "other_license",
        "agency__jurisdiction",
        "credentials__kind",
        "credentials__certified_on",
        "credentials__expires_on",
        "credentials__in_training",
        "credentials__voided_at",
    )
)


def writer(viewer: Actor) -> Writer | None:
    """The viewer's own supporter profile, or ``None``. One query."""
    rows = _WRITER.rows(viewer.id, viewer.agency_id)
    if not rows:
        return None
    held = tuple(
        CredentialFacts(CredentialKind(kind), begins, ends, bool(in_training))
        for *_, kind, begins, ends, in_training, voided_at in rows
        if kind and voided_at is None
    )
    return Writer(rows[0][0], rows[0][1], rows[0][2], held)
