"""A row of a staff sheet. Lived experience is open no further than the sheet says it may be."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ProblemKind
from alongside.exchange.codes import StaffField as F
from alongside.exchange.rules.dates import parse_date
from alongside.exchange.rules.layout import Layout, Reading
from alongside.exchange.rules.names import PersonName, name_of, read_name
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.values import read_county, read_list, read_number
from alongside.exchange.rules.words import code_for, holds_any, is_unknown, phrases, plain
from alongside.practice.codes import Audience, CredentialKind, LivedExperience


@dataclass(frozen=True)
class CredentialCells:
    """``in_training``: the exam is not passed yet, so no day of a certificate can be known."""

    kind: CredentialKind
    certified_on: date | None
    expires_on: date | None
    continuing_hours: Decimal | None
    in_training: bool = False


@dataclass(frozen=True)
class StaffRow:
    """``audience`` holds for every part of the story; the supporter may open or close it later."""

    name: PersonName
    initials: str
    credential: CredentialCells | None
    continuing_hours: Decimal | None
    experiences: tuple[LivedExperience, ...]
    audience: Audience
    languages: tuple[str, ...]
    counties: tuple[str, ...]
    other_license: str


def read_staff(cells: Sequence[str], layout: Layout) -> Reading[StaffRow]:
    """Values and problems of one row."""
    name = _name(cells, layout)
    if name is None:
        written = layout.cell(cells, F.NAME)
        text = _("“{cell}” cannot be read as a name. Write it in, or leave the row out.")
        if not written:
            text = _("There is no name in this row. Write one in, or leave the row out.")
        why = said(ProblemKind.NO_NAME, text, F.NAME, cell=written)
        return Reading(None, (why,), why)
    hours, no_hours = _hours(layout.cell(cells, F.CE_HOURS))
    credential, doubts = _credential(cells, layout, hours)
    experiences, not_known = _experiences(layout.cell(cells, F.LIVED_EXPERIENCE))
    row = StaffRow(
        name,
        layout.cell(cells, F.INITIALS),
        credential,
        hours,
        experiences,
        _audience(layout),
        read_list(layout.cell(cells, F.LANGUAGES)),
        tuple(read_county(part)[0] for part in read_list(layout.cell(cells, F.COUNTIES))),
        layout.cell(cells, F.OTHER_LICENSE),
    )
    return Reading(row, (*doubts, *no_hours, *not_known))


def _audience(layout: Layout) -> Audience:
    """Open to staff only where the sheet itself says that it may be shared; else to nobody yet."""
    title = plain(layout.titles.get(F.LIVED_EXPERIENCE.value, ""))
    return Audience.STAFF if "share" in title or "compartir" in title else Audience.NOBODY


def _name(cells: Sequence[str], layout: Layout) -> PersonName | None:
    if layout.has(F.FIRST_NAME, F.LAST_NAME):
        name = name_of(layout.cell(cells, F.FIRST_NAME), layout.cell(cells, F.LAST_NAME))
        if name is not None:
            return name
    return read_name(layout.cell(cells, F.NAME))


def _credential(
    cells: Sequence[str], layout: Layout, hours: Decimal | None
) -> tuple[CredentialCells | None, list[Problem]]:
    written = layout.cell(cells, F.CREDENTIAL)
    if is_unknown(written):
        return None, []
    code = code_for("credential", written)
    learning = _in_training(written, code)
    if learning is not None:
        return _learns(cells, layout, learning, hours)
    if code is None:
        text = _("We do not know the certificate “{cell}”. It is kept as another one.")
        problem = said(ProblemKind.CREDENTIAL_UNKNOWN, text, F.CREDENTIAL, cell=written)
        return CredentialCells(CredentialKind.OTHER, None, None, hours), [problem]
    problems: list[Problem] = []
    certified_on = _day(cells, layout, F.CERTIFIED_ON, problems)
    expires_on = _day(cells, layout, F.EXPIRES_ON, problems)
    if certified_on and expires_on and expires_on < certified_on:
        text = _("The certificate runs out on “{cell}”, before it begins. That day stays unknown.")
        ends = layout.cell(cells, F.EXPIRES_ON)
        problems.append(said(ProblemKind.EXPIRES_BEFORE_CERTIFIED, text, F.EXPIRES_ON, cell=ends))
        expires_on = None
    return CredentialCells(CredentialKind(code), certified_on, expires_on, hours), problems


def _in_training(written: str, code: str | None) -> CredentialKind | None:
    """What someone is in training for: a student of something else is not ours to read."""
    if code is not None:
        return CredentialKind(code) if holds_any("in_training", written) else None
    return CredentialKind.CPS if plain(written) in phrases("in_training") else None


def _learns(
    cells: Sequence[str], layout: Layout, kind: CredentialKind, hours: Decimal | None
) -> tuple[CredentialCells, list[Problem]]:
    text = _("In training, and yet a day of a certificate, “{cell}”? That day stays unknown.")
    doubts = [
        said(ProblemKind.CREDENTIAL_DATE_UNREADABLE, text, field, cell=written)
        for field in (F.CERTIFIED_ON, F.EXPIRES_ON)
        if not is_unknown(written := layout.cell(cells, field))
    ]
    return CredentialCells(kind, None, None, hours, in_training=True), doubts


def _day(
    cells: Sequence[str], layout: Layout, field: StrEnum, problems: list[Problem]
) -> date | None:
    written = layout.cell(cells, field)
    if is_unknown(written):
        return None
    on = parse_date(written, layout.order(field), layout.today)
    if on is None:
        text = _("“{cell}” cannot be read as a day of the certificate. It stays unknown.")
        problems.append(said(ProblemKind.CREDENTIAL_DATE_UNREADABLE, text, field, cell=written))
    return on


def _hours(written: str) -> tuple[Decimal | None, list[Problem]]:
    if not written:
        return None, []
    hours = None if is_unknown(written) else read_number(written)
    if hours is None:
        text = _("Hours of continuing education: “{cell}”. They stay unknown.")
        return None, [said(ProblemKind.HOURS_UNKNOWN, text, F.CE_HOURS, cell=written)]
    return hours, []


def _experiences(written: str) -> tuple[tuple[LivedExperience, ...], list[Problem]]:
    found: dict[LivedExperience, None] = {}
    problems: list[Problem] = []
    for part in read_list(written):
        code = code_for("lived_experience", part)
        if code is None:
            text = _("We have no word for the experience “{cell}”. It is left for them to tell.")
            problems.append(
                said(ProblemKind.EXPERIENCE_UNKNOWN, text, F.LIVED_EXPERIENCE, cell=part)
            )
        else:
            found[LivedExperience(code)] = None
    return tuple(found), problems
