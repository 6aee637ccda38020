"""The measures as page, sheet and paper: who sees them, what they hide, what is asked wrongly."""

import csv
import io
import re
from datetime import date

import pikepdf
import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from tests.factories import AgencyFactory, EpisodeFactory, ParticipantFactory, UserFactory
from tests.reporting.people import a_contract, people

ASKED = {"since": "2025-Q4", "until": "2026-Q4"}
PAGE, SHEET, PAPER = (
    reverse(f"web:measures{way}", urlconf="alongside.config.urls")
    for way in ("", "_sheet", "_paper")
)


@pytest.fixture(autouse=True)
def late_morning():
    with time_machine.travel("2026-11-19T16:30:00Z"):
        yield


@pytest.fixture
def client(signed_in, agency):
    return signed_in(UserFactory(agency=agency, roles=[Role.ADMINISTRATOR]))


def text_of(answer) -> str:
    whole = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return whole.decode()


def rows_of(answer) -> list[dict[str, str]]:
    lines = text_of(answer).lstrip("\ufeff")
    return list(csv.DictReader(io.StringIO(lines)))


@pytest.mark.practice("MPR-5", "PSP-10")
def test_one_page_says_the_same_as_sheet_and_paper(client, agency):
    people(agency, 70, 3)
    page = client.get(PAGE, ASKED)
    assert page.status_code == 200
    blocks = page.context["blocks"]
    sheet = rows_of(client.post(SHEET, ASKED))
    figures = [row for row in sheet if row["table"]]
    assert [row["figure"] for row in figures] == [
        line.label for block in blocks for line in block.lines
    ]
    for row, line in zip(figures, (x for b in blocks for x in b.lines), strict=True):
        assert row["count"] == line.count.replace(",", "")
        assert row["what it means"]
    told = {row["figure"]: row["what it means"] for row in sheet if not row["table"]}
    assert told["From"] == "2025, quarter 4"
    assert told["Agency"] == agency.name
    hidden = [row for row in figures if row["count"] == "not shown"]
    assert hidden
    assert {row["value"] for row in hidden} <= {"not shown", ""}
    names = re.compile(r"Canary \d")
    assert not names.search(page.content.decode() + str(sheet))


@pytest.mark.practice("MPR-5")
def test_a_small_number_is_in_none_of_the_three(client, agency):
    """Thirteen people, seven of whom came to an end: a number that nothing on the page may tell."""
    for n in range(40):
        ended = date(2026, 3, 1) if n < 7 else None
        EpisodeFactory(
            participant=ParticipantFactory(agency=agency),
            begun_on=date(2025, 11, 3),
            ended_on=ended,
            status="concluded" if ended else "open",
        )
    page = client.get(PAGE, ASKED)
    paper = client.post(PAPER, ASKED)
    sheet = rows_of(client.post(SHEET, ASKED))
    lines = {line.label: line for block in page.context["blocks"] for line in block.lines}
    assert lines["People"].count == "40"
    for label in ("In support on the last day", "Not in support any more on that day"):
        assert lines[label].count == lines[label].value == "not shown"
    counts = {row["figure"]: row["count"] for row in sheet}
    assert counts["Not in support any more on that day"] == "not shown"
    shown = {line.count for line in lines.values()} | {row["count"] for row in sheet}
    assert not shown & {str(n) for n in range(1, 11)}
    assert not shown & {"33"}
    body = page.content.decode()
    assert not re.search(r"<td[^>]*>\s*(?:7|33)\s*[<%]", body)
    with pikepdf.open(io.BytesIO(paper.content)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.Lang == "en"
        assert "/Table" in str(pdf.Root.StructTreeRoot) or pdf.Root.StructTreeRoot is not None


def test_few_people_show_nothing_at_all(client, agency):
    for _n in range(10):
        EpisodeFactory(participant=ParticipantFactory(agency=agency))
    page = client.get(PAGE, ASKED)
    assert page.context["few"]
    assert page.context["blocks"] == []
    assert b"Too few people to show" in page.content
    assert [row["count"] for row in rows_of(client.post(SHEET, ASKED))] == [""] * 9
    assert client.post(PAPER, ASKED).status_code == 200


def test_a_choice_that_leaves_few_out_shows_nothing(client, agency):
    """All are 43, those of Dunn 40: the three of Polk would be the difference."""
    for county, count in (("Dunn", 40), ("Polk", 3)):
        for _n in range(count):
            EpisodeFactory(participant=ParticipantFactory(agency=agency, county=county))
    assert not client.get(PAGE, ASKED).context["few"]
    for county in ("dunn", "polk"):
        assert client.get(PAGE, {**ASKED, "county": county}).context["few"]


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        pytest.param(
            {"since": "2026-Q9"},
            "since",
            "“2026-Q9” is no quarter to choose. Choose one of the list.",
            id="no such quarter",
        ),
        pytest.param(
            {"since": "2026-Q3", "until": "2026-Q1"},
            "until",
            "“Until” is before “from”. Choose a quarter that is the same or later.",
            id="ends before it begins",
        ),
        pytest.param(
            {"way": "77"}, "way", "“77” is no way in. Choose one of the list.", id="no such way"
        ),
        pytest.param(
            {"county": "atlantis"},
            "county",
            "“atlantis” is no county to choose. Choose one of the list.",
            id="no such county",
        ),
        pytest.param(
            {"contract": "b3a8e1f0-0000-7000-8000-000000000001"},
            "contract",
            "This contract is not one of yours. Choose one of the list.",
            id="no such contract",
        ),
    ],
)
def test_what_cannot_be_asked_stays_with_one_sentence(client, asked, field, sentence):
    for answer in (client.get(PAGE, asked), client.post(SHEET, asked)):
        assert answer.status_code == 422
        assert answer.context["form"].errors == {field: [sentence]}
        assert f'value="{asked[field]}" selected' in answer.content.decode()


def test_a_contract_of_another_time_says_so_and_a_neighbors_is_not_there(client, agency):
    ours, theirs = a_contract(agency), a_contract(AgencyFactory())
    answer = client.get(PAGE, {"since": "2025-Q3", "until": "2025-Q4", "contract": ours.pk})
    assert "does not run in that time" in str(answer.context["form"].errors["contract"])
    assert client.get(PAGE, {**ASKED, "contract": theirs.pk}).status_code == 422
    assert client.get(PAGE, {**ASKED, "contract": ours.pk}).status_code == 200


def test_taking_them_out_is_in_the_log_and_looking_is_not(client, agency):
    people(agency, 20, 1)
    client.get(PAGE, ASKED)
    assert not AuditEvent.objects.filter(verb="measures.exported").exists()
    text_of(client.post(SHEET, {**ASKED, "way": "4"}))
    client.post(PAPER, ASKED)
    found = AuditEvent.objects.filter(verb="measures.exported").order_by("seq")
    assert [event.detail["way"] for event in found] == ["sheet", "paper"]
    assert found[0].detail == {
        "way": "sheet",
        "since": "2025-Q4",
        "until": "2026-Q4",
        "contract": "",
        "pathway": "ccs",
        "county": "",
    }


def test_the_usual_time_is_the_last_four_quarters_that_are_over(client):
    form = client.get(PAGE).context["form"]
    assert (form.asked()["since"], form.asked()["until"]) == ("2025-Q4", "2026-Q3")
