"""How someone stands with the program, as far as they let others know. Pure."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from alongside.core.clock import spoken
from alongside.core.words import Say
from alongside.core.words import gettext_noop as _
from alongside.practice.consents import Category

# What can be told without anybody writing an update, from the least to the most.
TOLD_BY_ITSELF = (
    Category.RECEIVED,
    Category.FIRST_CONTACT,
    Category.MATCHED,
    Category.ONGOING,
)


@dataclass(frozen=True)
class StandingFacts:
    """``supporter`` is who walks with them now; ``going_on`` is ``None`` before support began."""

    received_on: date | None = None
    first_contact_on: date | None = None
    supporter: str = ""
    going_on: bool | None = None
    ended_on: date | None = None


@dataclass(frozen=True)
class Shown:
    category: Category
    say: Say


def in_words(facts: StandingFacts, categories: Collection[Category]) -> tuple[Shown, ...]:
    """One sentence for each thing that may be told, and none for any other."""
    return tuple(Shown(one, say) for one, say in _sentences(facts) if one in categories)


def for_the_record(facts: StandingFacts, categories: Collection[Category]) -> str:
    """The same as the accounting keeps it: for the participant, for the privacy officer, for the
    one who was told. So it speaks to nobody."""
    return " ".join(said for one, said in _kept(facts) if one in categories)


# As the list of what was told keeps it; a page reads it back (``core.words.read_back``).
STANDING_KEPT = (
    ARRIVED := _("The referral arrived."),
    ARRIVED_ON := _("The referral arrived on {on}."),
    TALKED_ON := _("First talk on {on}."),
    NO_TALK := _("No talk yet."),
    NO_SUPPORTER := _("No supporter yet."),
    SUPPORTER := _("Supporter: {name}."),
    NOT_BEGUN := _("Support has not begun yet."),
    GOES_ON := _("Support goes on."),
    ENDED := _("Support ended."),
    ENDED_ON := _("Support ended on {on}."),
)


def _kept(facts: StandingFacts) -> Iterator[tuple[Category, str]]:
    yield Category.RECEIVED, _with_day(ARRIVED_ON, facts.received_on, ARRIVED)
    yield Category.FIRST_CONTACT, _with_day(TALKED_ON, facts.first_contact_on, NO_TALK)
    with_whom = SUPPORTER.format(name=facts.supporter) if facts.supporter else NO_SUPPORTER
    yield Category.MATCHED, with_whom
    if facts.going_on is None:
        yield Category.ONGOING, NOT_BEGUN
    else:
        over = _with_day(ENDED_ON, facts.ended_on, ENDED)
        yield Category.ONGOING, GOES_ON if facts.going_on else over


def _with_day(sentence: str, on: date | None, without: str) -> str:
    return sentence.format(on=spoken(on)) if on else without


def _sentences(facts: StandingFacts) -> Iterator[tuple[Category, Say]]:
    on = {"on": facts.received_on}
    arrived = Say(_("Your referral arrived on {on}."), on)
    yield Category.RECEIVED, arrived if facts.received_on else Say(_("Your referral arrived."))
    if facts.first_contact_on is None:
        yield Category.FIRST_CONTACT, Say(_("We have not talked with them yet."))
    else:
        yield (
            Category.FIRST_CONTACT,
            Say(_("We first talked with them on {on}."), {"on": facts.first_contact_on}),
        )
    if facts.supporter:
        yield (
            Category.MATCHED,
            Say(_("{name} is their supporter."), {"name": facts.supporter}),
        )
    else:
        yield Category.MATCHED, Say(_("They have no supporter yet."))
    yield Category.ONGOING, _ongoing(facts)


def _ongoing(facts: StandingFacts) -> Say:
    if facts.going_on is None:
        return Say(_("Support has not begun yet."))
    if facts.going_on:
        return Say(_("Support goes on."))
    return Say(_("Support ended on {on}."), {"on": facts.ended_on})
