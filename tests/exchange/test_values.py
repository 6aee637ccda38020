"""Cells as people write them. What cannot be read with certainty stays unknown."""

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alongside.exchange.codes import ClockStyle, DateOrder, ProblemKind
from alongside.exchange.rules.dates import (
    date_order,
    parse_birth_date,
    parse_date,
    read_birth_date,
)
from alongside.exchange.rules.names import name_of, read_name
from alongside.exchange.rules.times import clock_style, read_clock, read_minutes, read_span
from alongside.exchange.rules.values import (
    Phone,
    read_county,
    read_email,
    read_list,
    read_number,
    read_phone,
    read_yes,
)
from alongside.exchange.rules.words import code_for

TODAY = date(2026, 11, 22)
M, D, MIXED = DateOrder.MONTH_FIRST, DateOrder.DAY_FIRST, DateOrder.MIXED


@pytest.mark.parametrize(
    ("cell", "order", "on"),
    [
        ("2026-06-26", M, date(2026, 6, 26)),
        ("2026-06-26 18:15", M, date(2026, 6, 26)),
        ("2026-06-26T18:15:00Z", M, date(2026, 6, 26)),
        ("20260626", M, date(2026, 6, 26)),
        ("46199", M, date(2026, 6, 26)),
        ("2/22/26", M, date(2026, 2, 22)),
        ("3/4/2026", M, date(2026, 3, 4)),
        ("3/4/2026", D, date(2026, 4, 3)),
        ("3/4/2026", MIXED, None),
        ("4/4/2026", MIXED, date(2026, 4, 4)),
        ("24.12.2026", M, date(2026, 12, 24)),
        ("12-24-26", D, date(2026, 12, 24)),
        ("28 April 2026", M, date(2026, 4, 28)),
        ("Apr 8 2026", M, date(2026, 4, 8)),
        ("June 3rd, 2026", M, date(2026, 6, 3)),
        ("Wed., Jun. 3, 2026", M, date(2026, 6, 3)),
        ("8-Apr-26", M, date(2026, 4, 8)),
        ("8 de abril de 2026", M, date(2026, 4, 8)),
        ("6/26/2026 6:15 PM", M, date(2026, 6, 26)),
        ("2/30/2026", M, None),
        ("13/13/2026", M, None),
        ("June 2026", M, None),
        ("6/14", M, None),
        ("2026", M, None),
        ("soon", M, None),
        ("??", M, None),
        ("", M, None),
    ],
)
def test_days_as_people_write_them(cell: str, order: DateOrder, on: date | None) -> None:
    assert parse_date(cell, order, TODAY) == on


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        pytest.param(["3/4/26", "5/6/26"], M, id="nothing says: as in the United States"),
        pytest.param(["3/4/26", "25/6/26"], D, id="one day first"),
        pytest.param(["3/4/26", "6/25/26"], M, id="one month first"),
        pytest.param(["25/6/26", "6/25/26"], MIXED, id="both: nobody can say"),
        pytest.param(["25/6/26"] + ["6/25/26"] * 20, M, id="one slip in a long column"),
        pytest.param(["2026-06-25", "", "x"], M, id="no numbers at all"),
    ],
)
def test_the_whole_column_decides_which_comes_first(cells: list[str], order: DateOrder) -> None:
    assert date_order(cells) == order


@given(st.dates(date(1917, 1, 1), TODAY))
def test_a_birth_date_with_two_digits_never_lies_in_the_future(on: date) -> None:
    read = parse_birth_date(f"{on.month}/{on.day}/{on.year % 100:02}", M, TODAY)
    if (on.month, on.day) == (2, 29) and read is None:
        return
    assert read is not None
    assert read <= TODAY
    assert (read.month, read.day, read.year % 100) == (on.month, on.day, on.year % 100)
    assert TODAY.year - read.year <= 100


@pytest.mark.practice("PSP-5")
@pytest.mark.parametrize(
    ("cell", "referred_on", "on", "kind"),
    [
        pytest.param("9/7/02", None, date(2002, 9, 7), None, id="2002"),
        pytest.param("11/8/79", None, date(1979, 11, 8), None, id="1979"),
        pytest.param("??", None, None, ProblemKind.BIRTH_DATE_UNREADABLE, id="question marks"),
        pytest.param("about 35", None, None, ProblemKind.BIRTH_DATE_UNREADABLE, id="an age"),
        pytest.param("", None, None, ProblemKind.BIRTH_DATE_MISSING, id="nothing"),
        pytest.param(
            "02 March 2026",
            date(2026, 1, 21),
            None,
            ProblemKind.BIRTH_DATE_IMPOSSIBLE,
            id="after the referral",
        ),
        pytest.param(
            "3/13/26", date(2026, 10, 1), None, ProblemKind.BIRTH_DATE_IMPOSSIBLE, id="this year"
        ),
        pytest.param("1/1/2030", None, None, ProblemKind.BIRTH_DATE_IMPOSSIBLE, id="to come"),
        pytest.param("1/1/1900", None, None, ProblemKind.BIRTH_DATE_IMPOSSIBLE, id="126 years old"),
    ],
)
def test_an_unreadable_birth_date_is_unknown_not_a_guess(
    cell: str, referred_on: date | None, on: date | None, kind: ProblemKind | None
) -> None:
    found, problem = read_birth_date(cell, M, today=TODAY, referred_on=referred_on)
    assert (found, problem and problem.kind) == (on, kind)
    assert problem is None or not cell or cell in str(problem.say)


OPEN, AM_PM, H24 = ClockStyle.OPEN, ClockStyle.AM_PM, ClockStyle.H24


@pytest.mark.parametrize(
    ("cell", "style", "at", "unsure"),
    [
        ("10:30 AM", OPEN, time(10, 30), False),
        ("10:30pm", OPEN, time(22, 30), False),
        ("12:15 am", OPEN, time(0, 15), False),
        ("12 p.m.", OPEN, time(12, 0), False),
        ("1030", OPEN, time(10, 30), False),
        ("930", OPEN, time(9, 30), False),
        ("10.30", OPEN, time(10, 30), False),
        ("18:15:00", OPEN, time(18, 15), False),
        ("0.7604166666666666", OPEN, time(18, 15), False),
        ("noon", OPEN, time(12, 0), False),
        ("2026-06-26 18:15", OPEN, time(18, 15), False),
        ("2:30", OPEN, time(2, 30), True),
        ("2:30", H24, time(2, 30), False),
        ("9:30", AM_PM, time(9, 30), True),
        ("25:00", OPEN, None, False),
        ("14:00 pm", OPEN, None, False),
        ("10:75", OPEN, None, False),
        ("later", OPEN, None, False),
    ],
)
def test_hours_as_people_write_them(
    cell: str, style: ClockStyle, at: time | None, unsure: bool
) -> None:
    clock = read_clock(cell, style)
    assert (clock.at if clock else None, bool(clock and clock.unsure)) == (at, unsure)


@pytest.mark.parametrize(
    ("cell", "start", "end"),
    [
        ("10:30-11:15", time(10, 30), time(11, 15)),
        ("2-3pm", time(14), time(15)),
        ("11 to 1pm", time(11), time(13)),
        ("11:30pm – 12:30am", time(23, 30), time(0, 30)),  # noqa: RUF001
        ("1400-1530", time(14), time(15, 30)),
    ],
)
def test_a_span_in_one_cell(cell: str, start: time, end: time) -> None:
    span = read_span(cell, OPEN)
    assert span is not None
    assert (span[0].at, span[1].at) == (start, end)


@pytest.mark.parametrize(
    ("cells", "style"),
    [
        (["9:00", "18:15"], H24),
        (["9:00 am", "2:00"], AM_PM),
        (["9:00", "2:00"], OPEN),
        ([""], OPEN),
    ],
)
def test_the_whole_column_decides_which_clock(cells: list[str], style: ClockStyle) -> None:
    assert clock_style(cells) == style


@pytest.mark.parametrize(
    ("cell", "hours", "minutes"),
    [
        ("90", False, 90),
        ("45 min", False, 45),
        ("1h 15", False, 75),
        ("1 hr 15 min", False, 75),
        ("1.5 hrs", False, 90),
        ("1,5 h", False, 90),
        ("1:15", False, 75),
        ("half hour", False, 30),
        ("1/2 hr", False, 30),
        ("1.5", True, 90),
        ("2", True, 120),
        (".25", True, 15),
        ("0.5", False, None),
        ("a while", False, None),
        ("", False, None),
        ("-30", False, None),
    ],
)
def test_lengths_as_people_write_them(cell: str, hours: bool, minutes: int | None) -> None:
    assert read_minutes(cell, hours=hours) == minutes


@pytest.mark.parametrize(
    ("cell", "said", "also", "short"),
    [
        ("RIVERA, Gia", "Gia Rivera", "", False),
        ("björn ulrich", "Björn Ulrich", "", False),
        ("noor o'neil", "Noor O'Neil", "", False),
        ("O'NEIL, Zoe", "Zoe O'Neil", "", False),
        ("van-Dyke, Yer", "Yer van-Dyke", "", False),
        ("NÚÑEZ, Pao", "Pao Núñez", "", False),
        ("Otis B.", "Otis B.", "", True),
        ("otis b", "Otis B.", "", True),
        ('Robert "Bob" Hill', "Robert Hill", "Bob", False),
        ("Hill, Robert (Bob)", "Robert Hill", "Bob", False),
        ("Maria de la Cruz", "Maria de la Cruz", "", False),
        ("MARIA DE LA CRUZ", "Maria de la Cruz", "", False),
        ("King, Martin, Jr.", "Martin King Jr.", "", False),
        ("Smith, John Jr.", "John Smith Jr.", "", False),
        ("SMITH, JOHN ALAN III", "John Alan Smith III", "", False),
        ("Na Vang", "Na Vang", "", False),
        ("mcdonald, sue", "Sue McDonald", "", False),
        ("Gia", "Gia", "", False),
        ("Mai Her, CPS", "Mai Her", "", False),
        ("Dahl, Zoe, LMT", "Zoe Dahl", "", False),
    ],
)
def test_names_as_people_say_them(cell: str, said: str, also: str, short: bool) -> None:
    name = read_name(cell)
    assert name is not None
    assert (name.said, name.also, name.short) == (said, also, short)


@pytest.mark.parametrize("cell", ["", "??", "n/a", "unknown", "*** by Jo ***", "715-555-0100", "-"])
def test_what_is_no_name_is_none(cell: str) -> None:
    assert read_name(cell) is None


def test_a_name_in_two_columns() -> None:
    for first, last, said in (("Na", "VANG", "Na Vang"), ("", "Lor", "Lor"), ("gia", "??", "Gia")):
        name = name_of(first, last)
        assert name is not None
        assert name.said == said


@pytest.mark.parametrize(
    ("cell", "phone", "kind"),
    [
        ("(715) 754-9696", Phone("(715) 754-9696", "+17157549696"), None),
        ("7154435227", Phone("7154435227", "+17154435227"), None),
        ("715.612.8474 (mom's)", Phone("715.612.8474", "+17156128474", "mom's"), None),
        ("715-555-0100 ok to text", Phone("715-555-0100", "+17155550100", "ok to text"), None),
        ("347-0262", Phone("347-0262"), ProblemKind.PHONE_INCOMPLETE),
        ("ask her sister", Phone(note="ask her sister"), ProblemKind.PHONE_INCOMPLETE),
        ("n/a", Phone(), None),
        ("", Phone(), None),
    ],
)
def test_a_phone_is_kept_as_written(cell: str, phone: Phone, kind: ProblemKind | None) -> None:
    found, problem = read_phone(cell)
    assert (found, problem and problem.kind) == (phone, kind)


@pytest.mark.parametrize(
    ("cell", "county"),
    [
        ("Polk Co.", "Polk"),
        ("Polk County", "Polk"),
        ("POLK", "Polk"),
        ("Polk County, WI", "Polk"),
        ("Hennepin MN", "Hennepin MN"),
        ("St. Croix", "St Croix"),
        ("county of Dunn", "Dunn"),
        ("??", ""),
    ],
)
def test_counties(cell: str, county: str) -> None:
    assert read_county(cell)[0] == county


def test_small_values() -> None:
    assert read_email("Lee <Lee.Haas@polk.example>")[0] == "lee.haas@polk.example"
    assert read_email("ask Lee")[1] is not None
    grows = "\u0130" * 125 + "@polk.example"  # two letters each, when they are small
    assert len(read_email(grows)[0]) in range(255)
    assert read_list("English/Spanish, Hmong and English") == ("English", "Spanish", "Hmong")
    assert (read_number("12.5"), read_number("31 mi"), read_number("a few")) == (
        Decimal("12.5"),
        Decimal(31),
        None,
    )
    assert [read_yes(cell) for cell in ("Y", "no", "maybe")] == [True, False, None]


@pytest.mark.practice("PSP-5")
@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("Fam. Treatment Ct", "family_treatment_court"),
        ("family tx court", "family_treatment_court"),
        ("FTC", "family_treatment_court"),
        ("CPS/CHIPS", "chips"),
        ("Chips case", "chips"),
        ("juvenile", "juvenile_justice"),
        ("JJ", "juvenile_justice"),
        ("Comprehensive Community Services", "ccs"),
        ("ccs ", "ccs"),
        ("CCS (adult)", "ccs"),
        ("called us herself", "self_referral"),
        ("walk in", "self_referral"),
        ("Self-referred", "self_referral"),
        ("Family Treatement Court", "family_treatment_court"),
        ("basket weaving", None),
    ],
)
def test_words_for_the_pathways(cell: str, code: str | None) -> None:
    assert code_for("pathway", cell) == code
