"""A row of a referral sheet. Only a row without a name needs a person before it can go in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from alongside.core.words import gettext_noop as _
from alongside.exchange.codes import ProblemKind
from alongside.exchange.codes import ReferralField as F
from alongside.exchange.rules.dates import read_birth_date, read_court_date, read_referral_date
from alongside.exchange.rules.layout import Layout, Reading
from alongside.exchange.rules.names import PersonName, name_of, read_name
from alongside.exchange.rules.problems import Problem, said
from alongside.exchange.rules.values import Phone, read_county, read_email, read_phone
from alongside.exchange.rules.words import code_for, is_unknown
from alongside.practice.codes import Pathway, ReferrerRole


@dataclass(frozen=True)
class ReferrerCells:
    name: str = ""
    role: ReferrerRole = ReferrerRole.NOT_SAID
    role_as_written: str = ""
    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class ReferralRow:
    """What a sheet said about one referral; what it did not say is empty."""

    name: PersonName
    received_on: date | None
    born_on: date | None
    born_on_as_written: str
    phone: Phone
    county: str
    language: str
    pathway: Pathway
    pathway_as_written: str
    referrer: ReferrerCells | None
    reason: str
    court_on: date | None
    asked_for: str


def read_referral(cells: Sequence[str], layout: Layout) -> Reading[ReferralRow]:
    """Values and problems of one row."""
    name = _name(cells, layout)
    if name is None:
        why = _why_no_name(cells, layout)
        return Reading(None, (why,), why)
    received_on, late = read_referral_date(
        layout.cell(cells, F.REFERRED_ON), layout.order(F.REFERRED_ON), today=layout.today
    )
    born = layout.cell(cells, F.BORN_ON)
    born_on, age = read_birth_date(
        born, layout.order(F.BORN_ON), today=layout.today, referred_on=received_on
    )
    phone, short = read_phone(layout.cell(cells, F.PHONE))
    county, nowhere = read_county(layout.cell(cells, F.COUNTY))
    written = layout.cell(cells, F.PATHWAY)
    pathway, unclear = read_pathway(written)
    court_on, no_day = read_court_date(
        layout.cell(cells, F.COURT_ON), layout.order(F.COURT_ON), today=layout.today
    )
    referrer, no_mail = _referrer(cells, layout)
    row = ReferralRow(
        name, received_on, born_on, born, phone, county, layout.cell(cells, F.LANGUAGE),
        pathway, written, referrer, layout.cell(cells, F.REASON), court_on,
        layout.cell(cells, F.ASKED_FOR),
    )  # fmt: skip
    found = (late, age, short, nowhere, unclear, no_mail, no_day)
    return Reading(row, tuple(problem for problem in found if problem))


def _name(cells: Sequence[str], layout: Layout) -> PersonName | None:
    if layout.has(F.FIRST_NAME, F.LAST_NAME):
        name = name_of(layout.cell(cells, F.FIRST_NAME), layout.cell(cells, F.LAST_NAME))
        if name is not None:
            return name
    return read_name(layout.cell(cells, F.NAME))


def _why_no_name(cells: Sequence[str], layout: Layout) -> Problem:
    written = layout.cell(cells, F.NAME)
    filled = [cell.strip() for cell in cells if cell.strip()]
    if len(filled) == 1:
        text = _("“{cell}” stands alone in its row and looks like a remark, not like a name.")
        return said(ProblemKind.NOT_A_PERSON, text, F.NAME, cell=filled[0])
    if not written:
        text = _("There is no name in this row. Write one in, or leave the row out.")
        return said(ProblemKind.NO_NAME, text, F.NAME)
    text = _("“{cell}” cannot be read as a name. Write it in, or leave the row out.")
    return said(ProblemKind.NO_NAME, text, F.NAME, cell=written)


def read_pathway(written: str) -> tuple[Pathway, Problem | None]:
    """The door the referral came through; words we do not know are kept and not guessed at."""
    if is_unknown(written):
        text = _("No program or pathway is given. It stays open.")
        return Pathway.NOT_SAID, said(ProblemKind.PATHWAY_MISSING, text)
    code = code_for("pathway", written)
    if code is None:
        text = _("We do not know the pathway “{cell}”. It stays open; the words are kept.")
        return Pathway.NOT_SAID, said(ProblemKind.PATHWAY_UNKNOWN, text, cell=written)
    return Pathway(code), None


def _referrer(cells: Sequence[str], layout: Layout) -> tuple[ReferrerCells | None, Problem | None]:
    written = layout.cell(cells, F.REFERRER_NAME)
    name = "" if is_unknown(written) else written
    email, problem = read_email(layout.cell(cells, F.REFERRER_EMAIL))
    if not name and not email:
        return None, problem
    role = layout.cell(cells, F.REFERRER_ROLE)
    code = code_for("referrer_role", role)
    phone, _short = read_phone(layout.cell(cells, F.REFERRER_PHONE))
    return (
        ReferrerCells(
            name or email,
            ReferrerRole(code) if code else ReferrerRole.NOT_SAID,
            role,
            email,
            phone.written,
        ),
        problem,
    )
