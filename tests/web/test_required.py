"""What is asked of a participant, and what mattered on the way, on the pages of a supporter."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.clock import local_date
from alongside.outcomes.models import Milestone, ReturnToUse
from alongside.plans.actions.evidence import add_evidence, answer_about, ask_about
from alongside.plans.actions.requirements import add_requirement
from alongside.plans.models import Requirement, RequirementEvidence
from alongside.plans.rules.requirements import NewEvidence, NewRequirement
from tests.factories import (
    EncounterFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
    own_account,
    walk_alongside,
)
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def gia(agency, supporter):
    person = ParticipantFactory(agency=agency, name="Gia Rivera", born_on=date(1990, 5, 1))
    walk_alongside(supporter, person, begun_on=date(2026, 1, 5))
    return person


@pytest.fixture
def rosa(signed_in, supporter):
    return signed_in(supporter.user)


@pytest.fixture
def today(now, agency):
    return local_date(now, agency.time_zone)


def page(name, person, *more):
    return reverse(f"web:{name}", args=[person.pk, *more])


def text(response):
    return response.content.decode()


def asked(**more):
    told = {
        "requirement_id": str(uuid4()),
        "words": "Go to the parenting class",
        "set_by": "court",
        "rhythm": "once",
        "due_on": "2027-05-03",
    }
    return {**told, **more}


def the_one(rosa, gia, **more):
    rosa.post(page("required_new", gia), asked(**more))
    return Requirement.objects.get(participant=gia)


@pytest.mark.practice("PSP-7")
def test_what_is_asked_from_the_first_word_to_accepted(rosa, gia, supporter, today):
    row = the_one(rosa, gia, how_many="2", what_counts="The sign-in sheet")
    body = text(rosa.get(page("required", gia)))
    assert "Go to the parenting class" in body
    assert "By May 3, 2027." in body
    assert "0 of 2 done." in body
    assert "You help with this. You do not enforce it." in body
    met = EncounterFactory(
        participant=gia, supporter=supporter, going_along="parenting_class", on=today
    )
    shown = {"on": str(today), "words": "Went along", "times": "1", "meeting": str(met.pk)}
    rosa.post(page("requirement_show", gia, row.pk), {**shown, "evidence_id": str(uuid4())})
    shown = {"on": str(today), "words": "Second evening", "times": "1"}
    rosa.post(page("requirement_show", gia, row.pk), {**shown, "evidence_id": str(uuid4())})
    row.refresh_from_db()
    assert row.state == "handed-in"
    shown_by = RequirementEvidence.objects.values_list("words", "encounter_id")
    assert dict(shown_by) == {"Went along": met.pk, "Second evening": None}
    rosa.post(
        page("requirement_state", gia, row.pk),
        {"to": "accepted", "words": "The clerk called", "revision": row.revision},
    )
    body = text(rosa.get(page("requirement", gia, row.pk)))
    assert "Done and accepted" in body
    assert "“The clerk called”" in body


@pytest.mark.practice("PSP-7")
def test_what_is_past_its_day_asks_what_is_possible_now(rosa, gia, today):
    the_one(rosa, gia, due_on="2026-05-03")
    body = text(rosa.get(page("required", gia)))
    assert "This was for May 3. Ask together what is possible now." in body
    for blaming in ("overdue", "Overdue", "late", "missed", "failed"):
        assert blaming not in body.split("<main")[1].split("</main")[0]


@pytest.mark.practice("PSP-7")
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        pytest.param("1985-01-01", "before the day of birth", id="before birth"),
        pytest.param("2025-05-03", "before you two began", id="before the program"),
    ],
)
def test_a_day_that_cannot_be_is_refused_in_one_sentence(rosa, gia, day, sentence):
    answer = rosa.post(page("required_new", gia), asked(due_on=day))
    body = text(answer)
    assert (answer.status_code, Requirement.objects.count()) == (422, 0)
    assert body.count(sentence) == 2  # above and beside the field
    assert "Go to the parenting class" in body


@pytest.mark.practice("PSP-7")
def test_five_clicks_make_one_and_it_can_be_corrected_taken_back_and_put_back(rosa, gia):
    told = asked()
    for _click in range(5):
        rosa.post(page("required_new", gia), told)
    row = Requirement.objects.get()
    changed = asked(words="The evening class", why="It moved to evenings", revision=row.revision)
    rosa.post(page("requirement_correct", gia, row.pk), changed)
    body = text(rosa.get(page("requirement", gia, row.pk)))
    assert "It said: “Go to the parenting class”" in body
    assert "“It moved to evenings”" in body
    late = rosa.post(page("requirement_correct", gia, row.pk), {**changed, "words": "Mine"})
    assert late.status_code == 422
    assert "Someone else changed this meanwhile" in text(late)
    rosa.post(page("requirement_take_back", gia, row.pk))
    assert "Nothing is asked right now" in text(rosa.get(page("required", gia)))
    rosa.post(page("requirement_put_back", gia, row.pk))
    assert "The evening class" in text(rosa.get(page("required", gia)))


@pytest.mark.practice("PSP-7", "PSP-8")
def test_it_stands_in_the_calendar_and_on_the_page_of_the_person(rosa, gia, today):
    on = today + timedelta(days=3)
    the_one(rosa, gia, due_on=str(on))
    assert "Gia: asked by this day" in text(rosa.get(reverse("web:calendar")))
    assert "What is asked next" in text(rosa.get(reverse("web:participant", args=[gia.pk])))


@pytest.mark.practice("PSP-7")
def test_to_take_along_on_paper_as_pdf_and_as_a_sheet(rosa, gia):
    the_one(rosa, gia, words="=Class", official="Respondent shall attend")
    assert "Respondent shall attend" in text(rosa.get(page("required_print", gia)))
    pdf = rosa.post(page("required_paper", gia))
    assert pdf.content[:5] == b"%PDF-"
    sheet = b"".join(rosa.post(page("required_sheet", gia)).streaming_content).decode()
    assert "'=Class" in sheet


def test_questions_wait_until_someone_answers(rosa, gia):
    row = the_one(rosa, gia)
    rosa.post(
        page("requirement_ask", gia, row.pk),
        {"words": "Does online count?", "question_id": str(uuid4())},
    )
    question = row.questions.get()
    assert "A question waits" in text(rosa.get(page("required", gia)))
    empty = rosa.post(page("requirement_answer", gia, row.pk, question.pk), {"answer": " "})
    assert empty.status_code == 422
    rosa.post(page("requirement_answer", gia, row.pk, question.pk), {"answer": "Yes, it does"})
    assert "Yes, it does" in text(rosa.get(page("requirement", gia, row.pk)))
    assert "A question waits" not in text(rosa.get(page("required", gia)))


def test_a_question_taken_back_can_be_put_back_by_whoever_asked_it(rosa, gia, agency, signed_in):
    row = the_one(rosa, gia)
    asks = {"words": "Does online count?", "question_id": str(uuid4())}
    rosa.post(page("requirement_ask", gia, row.pk), asks)
    key = row.questions.get().pk
    undo = page("question_put_back", gia, row.pk, key)
    gone = rosa.post(page("question_take_back", gia, row.pk, key), follow=True)
    assert (undo in text(gone), "online count" in text(gone)) == (True, False)
    boss = UserFactory(agency=agency, roles=[Role.COORDINATOR])
    assert signed_in(boss).post(undo).status_code == 404
    for _twice in range(2):
        back = rosa.post(undo, follow=True)
        assert ("The question is back." in text(back), "online count" in text(back)) == (True, True)
    assert AuditEvent.objects.filter(verb="requirement.question-put-back").count() == 1


@pytest.mark.practice("PSP-7")
def test_what_came_in_from_their_own_pages_is_seen_today_and_on_the_persons_page(
    rosa, gia, agency, supporter, today, now
):
    def sends(person):
        by = actor_for(own_account(person))
        row = add_requirement(
            person.pk, NewRequirement("Go to class", set_by="court"), by=by, at=now
        )
        add_evidence(row.pk, NewEvidence(today, "I was there"), by=by, at=now)
        return ask_about(row.pk, "Does it count?", by=by, at=now)

    asks, did = (
        "Has a question about what is asked of them.",
        "Did something that was asked, this week.",
    )
    where = [reverse("web:today"), page("participant", gia)]
    assert [any(s in text(rosa.get(url)) for s in (asks, did)) for url in where] == [False, False]
    question = sends(gia)
    for url in where:
        shown = text(rosa.get(url))
        assert [asks in shown, did in shown, page("required", gia) in shown] == [True] * 3
    for_one = queries_of(rosa, where[0])
    for name in ("Lee Moua", "Ann Lind"):
        person = ParticipantFactory(agency=agency, name=name)
        walk_alongside(supporter, person, begun_on=date(2026, 1, 5))
        sends(person)
    assert queries_of(rosa, where[0]) == for_one
    assert text(rosa.get(where[0])).count(asks) == 3
    answer_about(question.pk, "Yes.", by=actor_for(supporter.user), at=now)
    assert [asks in text(rosa.get(where[1])), did in text(rosa.get(where[1]))] == [False, True]
    with time_machine.travel(now + timedelta(days=8)):
        assert did not in text(rosa.get(where[1]))


def test_as_many_queries_for_three_as_for_one(rosa, gia, supporter, now):
    by = actor_for(supporter.user)

    def one_more(words):
        new = NewRequirement(words, set_by="court", due_on=date(2026, 12, 1))
        add_requirement(gia.pk, new, by=by, at=now)

    one_more("First")
    urls = [page("required", gia), reverse("web:calendar"), page("participant", gia)]
    before = [queries_of(rosa, url) for url in urls]
    one_more("Second")
    one_more("Third")
    assert [queries_of(rosa, url) for url in urls] == before


@pytest.mark.practice("SVC-2")
def test_a_milestone_is_kept_changed_taken_back_and_put_back(rosa, gia, today):
    told = {"words": "My own key", "on": str(today), "kind": "home", "about": "on"}
    for _click in range(5):
        rosa.post(page("milestone_new", gia), {**told, "milestone_id": str(gia.pk)})
    row = Milestone.objects.get()
    assert (row.words, row.kind, row.about, row.seen) == ("My own key", "home", True, "us")
    again = {**told, "words": "My own door", "revision": row.revision}
    rosa.post(page("milestone_correct", gia, row.pk), again)
    body = text(rosa.get(page("milestones", gia)))
    assert "“My own door”" in body
    assert "It said “My own key” until" in body
    rosa.post(page("milestone_take_back", gia, row.pk))
    assert "Nothing here yet" in text(rosa.get(page("milestones", gia)))
    rosa.post(page("milestone_put_back", gia, row.pk))
    assert "“My own door”" in text(rosa.get(page("milestones", gia)))


@pytest.mark.practice("MPR-5", "SVC-2")
def test_used_again_and_back_with_support(rosa, gia, supporter, today):
    body = text(rosa.get(page("return_new", gia)))
    assert body.index("Help first") < body.index("a few words")
    told = {"known_on": str(today), "words": "It was a bad week", "return_id": str(uuid4())}
    rosa.post(page("return_new", gia), told)
    row = ReturnToUse.objects.get()
    met = EncounterFactory(participant=gia, supporter=supporter, on=today)
    rosa.post(
        page("return_back", gia, row.pk),
        {"meeting": str(met.pk), "words": "A ride", "revision": row.revision},
    )
    body = text(rosa.get(page("milestones", gia)))
    assert "Back with support the same day." in body
    assert "It was a bad week" in body
    rosa.post(page("return_not_yet", gia, row.pk))
    row.refresh_from_db()
    assert (row.back_on, row.back_encounter_id) == (None, None)
    yesterday = {"back_on": str(today - timedelta(days=1)), "revision": row.revision}
    wrong = rosa.post(page("return_back", gia, row.pk), yesterday)
    assert "This day is before the day it was." in text(wrong)
    rosa.post(page("return_take_back", gia, row.pk))
    rosa.post(page("return_put_back", gia, row.pk))
    assert "It was a bad week" in text(rosa.get(page("milestones", gia)))
