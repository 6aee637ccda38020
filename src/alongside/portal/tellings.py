"""What was told to others, in words for the one it is about: on the page and on paper."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from alongside.consents.rules import Group
from alongside.core.clock import local_date
from alongside.core.words import gettext_noop, read_back
from alongside.encounters.rules.outside import ANSWER_KEPT
from alongside.encounters.rules.updates import UPDATE_KEPT
from alongside.portal.words import on_day, told, whom
from alongside.practice import catalog
from alongside.practice.disclosure import WAY_WORDS, Basis, Way
from alongside.referrals.rules.standing import STANDING_KEPT

# What the program writes down of what was told; all else are words of colleagues.
KEPT = (UPDATE_KEPT, ANSWER_KEPT, *STANDING_KEPT)

# Why it could be told, as one would say it to the person. With a yes or without, each says so.
GROUNDS: Mapping[Basis, str] = {
    Basis.CONSENT: gettext_noop("You said yes to it."),
    Basis.PARTICIPANT: gettext_noop("You got it yourself."),
    Basis.EMERGENCY: gettext_noop("It was an emergency. Nobody could ask you first."),
    Basis.MANDATED_REPORT: gettext_noop("The law made us report that a child may be hurt."),
    Basis.CRIME: gettext_noop("There was a crime here. The law lets us tell the police."),
    Basis.COURT_ORDER: gettext_noop("A court made us. It gave an order."),
    Basis.AUDIT: gettext_noop("They check our work. They must keep it to themselves."),
    Basis.RESEARCH: gettext_noop("It is for a study. A board looked at it first."),
    Basis.QSOA: gettext_noop("They work for us. They must keep it to themselves."),
    Basis.OPERATIONS: gettext_noop("It was for your care, for payment, or to run our work."),
}


@dataclass(frozen=True)
class Line:
    """One telling, however often: all in words."""

    when: str
    name: str
    place: str
    what: str
    why: str
    how: str
    who: str

    @property
    def row(self) -> list[str]:
        """As a line of the paper."""
        whom = ", ".join(part for part in (self.name, self.place) if part)
        by = _("%(how)s, by %(who)s") % {"how": self.how, "who": self.who}
        return [self.when, whom, self.what, f"{self.why} {by[:1].upper()}{by[1:]}."]


def lines(groups: Sequence[Group], zone: str) -> Iterator[Line]:
    for group in groups:
        row: Any = group.row
        place = ", ".join(part for part in (row.organization, row.address) if part)
        yield Line(
            when=when(group.first_at, group.last_at, group.times, zone),
            name=whom(row.name) or place,
            place=place if row.name else "",
            what=what(row),
            why=why(row),
            how=_(WAY_WORDS[Way(row.way)]),
            who=row.by.name,
        )


def what(row: Any) -> str:
    parts = [_(catalog.name("consent_category", code)) for code in row.categories]
    return ", ".join([*parts, *([_kept(row.what)] if row.what else [])])


def _kept(words: str) -> str:
    """What the program wrote, in the language of the page; what somebody wrote, as it is."""
    return " ".join(told(one) for one in read_back(words, KEPT)) or words


def why(row: Any) -> str:
    """What it was for, where that was said, and what let us tell it: never empty."""
    purpose = _(catalog.name("consent_purpose", row.purpose)) if row.purpose else ""
    said = [part.rstrip(".") + "." for part in (purpose, row.purpose_words) if part]
    return " ".join([*said, _ground(row)])


def _ground(row: Any) -> str:
    signed = row.scope.get("signed_on") if row.scope else ""
    if row.basis == Basis.CONSENT and signed:
        return _("You said yes to it on %(day)s.") % {"day": on_day(date.fromisoformat(signed))}
    return _(GROUNDS[Basis(row.basis)])


def when(first: datetime, last: datetime, times: int, zone: str) -> str:
    """One day, or the first, the last and how often; each with its year."""
    begun, ended = on_day(local_date(first, zone)), on_day(local_date(last, zone))
    if times < 2:
        return begun
    often = ngettext("%(n)d time", "%(n)d times", times) % {"n": times}
    if begun == ended:
        return f"{begun} · {often}"
    return _("%(often)s, from %(first)s to %(last)s") % {
        "often": often,
        "first": begun,
        "last": ended,
    }


def paper(
    found: Sequence[Line], *, agency: str, name: str, years: int, on: date
) -> dict[str, object]:
    """The data of the paper ``accounting``."""
    reach = ngettext("The last %(n)d year.", "The last %(n)d years.", years) % {"n": years}
    made = _("Made on %(day)s.") % {"day": on_day(on)}
    title = _("What we told others")
    about = _(
        "The same thing told more than once stands as one line. What you got yourself is not "
        "here. Does a line look wrong to you? Tell us. We look into it."
    )
    return {
        "title": title,
        "agency": agency,
        "subject": name,
        "lines": [f"{reach} {made}"],
        "head": [_("When"), _("To whom"), _("What"), _("Why, and how")],
        "groups": [{"title": title, "rows": [one.row for one in found]}] if found else [],
        "none": _("We told nobody outside."),
        "sections": [{"title": _("Good to know"), "parts": [{"kind": "text", "text": about}]}],
        "foot": _("Private: this belongs to the person named on it."),
        "page": _("Page {n} of {m}"),
    }
