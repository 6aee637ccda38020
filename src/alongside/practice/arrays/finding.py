"""What was found out about one encounter, before the certificate decides on the array."""

from dataclasses import dataclass, replace
from functools import cached_property

from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice import catalog
from alongside.practice.arrays import reading
from alongside.practice.arrays.facts import ArrayFacts, Reason, Sure
from alongside.practice.arrays.reading import Kind, Reading
from alongside.practice.arrays.signs import Signs, read_signs
from alongside.practice.codes import Activity, CredentialStanding, ServiceArray
from alongside.practice.credentials import Standing
from alongside.practice.rules import Rules


@dataclass(frozen=True)
class Finding:
    """``own``: given as the one who knows, so it is neither peer support nor peer mentoring.
    ``side`` is the kind that help among peers leans to where the certificate does not hold."""

    kind: Kind
    why: tuple[Reason, ...]
    sure: Sure
    own: bool = False
    changes: tuple[Say, ...] = ()
    side: Kind | None = None


@dataclass(frozen=True)
class Case:
    """One encounter with what can be read from it, each thing read once and only when asked."""

    facts: ArrayFacts
    rules: Rules

    @cached_property
    def signs(self) -> Signs:
        return read_signs(self.facts.words)

    @cached_property
    def reading(self) -> Reading:
        return self.facts.reading or reading.read(self.facts.words)

    @cached_property
    def opens(self) -> bool:
        return opens_peer_support(self.facts.standing, self.rules) and not self.words_deny

    @cached_property
    def words_deny(self) -> str:
        """The words by which the writer says that no certificate holds, or nothing."""
        if not self.facts.words:
            return ""
        return self.reading.signs.phrases.get("lapsed_in_words", "")

    @cached_property
    def sides(self) -> frozenset[ServiceArray]:
        """Where help among peers stands from a supporter without the certificate (PEER-3)."""
        return frozenset({self.array(Kind.SKILL), self.array(Kind.WELLNESS)})

    def array(self, kind: Kind) -> ServiceArray:
        """The array of a kind of help in this jurisdiction on this day."""
        return {
            Kind.RELATIONSHIP: self.rules.array_relationship,
            Kind.SKILL: self.rules.array_skill,
            Kind.WELLNESS: self.rules.array_wellness,
            Kind.WORK: self.rules.array_work,
            Kind.LEARNING: self.rules.array_learning,
        }[kind]

    def if_about(self, side: Kind) -> Say:
        """What would move help among peers from one array to the other."""
        if side is Kind.SKILL:
            text = _("If a skill of daily life was the aim, look at {array}.")
        else:
            text = _("If wellness and recovery were the heart of it, look at {array}.")
        return Say(text, {"array": array_name(self.array(side))})


def opens_peer_support(standing: Standing, rules: Rules) -> bool:
    """Whether the credential opens the Peer Support array on the day it was looked up for."""
    certified = standing.standing is CredentialStanding.CERTIFIED
    return certified and standing.kind in rules.peer_support_credentials


def marked(facts: ArrayFacts, mark: str) -> frozenset[Activity]:
    return frozenset(a for a in facts.activities if mark in catalog.term("activity", a).marks)


def less_sure(finding: Finding, most: Sure, change: Say | None = None) -> Finding:
    """The same, no surer than ``most``."""
    order = list(Sure)
    sure = max(finding.sure, most, key=order.index)
    changes = (*finding.changes, change) if change else finding.changes
    return replace(finding, sure=sure, changes=changes)


def array_name(array: ServiceArray) -> Say:
    return Say(catalog.term("service_array", array).short)


IF_SIDE_BY_SIDE = Say(
    _("If what helped was being there as a peer, it is peer support or mentoring.")
)
