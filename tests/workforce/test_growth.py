"""Who sees whose growth, what runs out, what is due, and what must never be false in the tables."""

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.core.refusal import Refused, ensure
from alongside.encounters.queries.face_time import face_time
from alongside.files.actions import Sent, check_file
from alongside.practice.cadence import DueState
from alongside.practice.growth.codes import (
    CompetencyWord,
    KnowledgeArea,
    SupervisionKind,
    Whose,
)
from alongside.workforce import actions, queries
from alongside.workforce.actions import learning
from alongside.workforce.models import AgendaLine, CompetencyView, Learning, Supervision
from alongside.workforce.rules import growth as rules
from alongside.workforce.rules.growth import (
    Beginning,
    NewLearning,
    NewSupervision,
    NewView,
    Relation,
)
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    CredentialFactory,
    EncounterFactory,
    SupporterFactory,
    UserFactory,
)
from tests.files import samples
from tests.trying import as_a_page

pytestmark = pytest.mark.django_db
OWN, LEAD, DESK = Relation(mine=True), Relation(supervises=True), Relation(manages=True)
NOBODY = Relation()
CLASS = NewLearning(TODAY, "Ethics", 90, for_certificate=True)
TALK = NewSupervision(TODAY, 60, SupervisionKind.INDIVIDUAL)


@pytest.fixture
def pat(agency) -> User:
    return UserFactory(agency=agency, name="Pat Vang", roles=[Role.SUPERVISOR])


@pytest.fixture
def kai(agency, pat):
    found = SupporterFactory(agency=agency, name="Kai Berg")
    User.objects.filter(pk=found.user_id).update(supervisor=pat)
    return found


@pytest.mark.parametrize(
    ("relation", "learns", "supervises", "lines", "begins"),
    [
        pytest.param(OWN, None, "supervisor-only", None, "not-yours", id="the supporter"),
        pytest.param(LEAD, None, None, None, "not-yours", id="the supervisor"),
        pytest.param(DESK, None, "supervisor-only", "not-yours", None, id="who manages"),
        pytest.param(
            NOBODY, "not-yours", "supervisor-only", "not-yours", "not-yours", id="anyone else"
        ),
    ],
)
def test_who_keeps_which_part(relation, learns, supervises, lines, begins):
    refusals = (
        rules.why_not_keep_learning(relation, CLASS, today=TODAY, there_already=False),
        rules.why_not_keep_supervision(relation, TALK, today=TODAY),
        rules.why_not_add_line(relation, "Rides"),
        rules.why_not_set_beginning(relation, Beginning(), today=TODAY),
    )
    assert tuple(r and r.code for r in refusals) == (learns, supervises, lines, begins)


def test_growth_is_seen_by_oneself_the_supervisor_and_who_manages(agency, actor, pat, kai):
    other = SupporterFactory(agency=agency)
    SupporterFactory(agency=AgencyFactory())
    seen = {
        "own": queries.growing(actor_for(kai.user)),
        "lead": queries.growing(actor_for(pat)),
        "desk": queries.growing(actor(Role.COORDINATOR)),
        "array lead": queries.growing(actor(Role.ARRAY_LEAD)),
    }
    assert {who: {row.pk for row in rows} for who, rows in seen.items()} == {
        "own": {kai.pk},
        "lead": {kai.pk},
        "desk": {kai.pk, other.pk},
        "array lead": set(),
    }
    User.objects.filter(pk=kai.user_id).update(supervisor=None)
    assert list(queries.growing(actor_for(pat))) == []


def test_who_stands_in_supervises_meanwhile(agency, pat, kai):
    other = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    plain = actor_for(other)
    assert list(queries.growing(plain)) == []
    standing_in = type(plain)(**{**vars(plain), "stands_in_for": frozenset({pat.pk})})
    assert list(queries.growing(standing_in)) == [kai]
    kept = actions.keep_supervision(kai.pk, TALK, by=standing_in, at=NOW)
    assert kept.signed_by_id == other.pk


@pytest.mark.practice("PEER-1")
def test_what_runs_out_is_one_query_and_a_newer_certificate_ends_it(
    agency, actor, pat, kai, django_assert_num_queries
):
    in_time = {"certified_on": date(2025, 1, 1)}
    CredentialFactory(supporter=kai, expires_on=TODAY + timedelta(days=119), **in_time)
    CredentialFactory(supporter=kai, kind="cpps", expires_on=TODAY - timedelta(days=1), **in_time)
    CredentialFactory(supporter=kai, kind="cpps", expires_on=TODAY, voided_at=NOW)
    far = SupporterFactory(agency=agency)
    CredentialFactory(supporter=far, expires_on=TODAY + timedelta(days=121))
    gone = SupporterFactory(agency=agency, user__is_active=False)
    CredentialFactory(supporter=gone, expires_on=TODAY)
    renewed = SupporterFactory(agency=agency)
    CredentialFactory(supporter=renewed, expires_on=TODAY + timedelta(days=3))
    CredentialFactory(supporter=renewed, certified_on=TODAY, expires_on=TODAY + timedelta(days=730))
    for viewer in (actor_for(kai.user), actor_for(pat), actor(Role.ADMINISTRATOR)):
        with django_assert_num_queries(1):
            found = queries.credentials_running_out(viewer, on=TODAY)
        assert [(one.name, one.kind, one.reminder.step) for one in found] == [
            ("Kai Berg", "cpps", "over"),
            ("Kai Berg", "cps", "first"),
        ]
        assert found[0].mine == (viewer.id == kai.user_id)
    assert queries.credentials_running_out(actor(Role.ARRAY_LEAD), on=TODAY) == []


@pytest.mark.practice("SVC-8")
def test_when_the_next_hour_is_due_in_two_queries(agency, pat, kai, django_assert_num_queries):
    lead = actor_for(pat)
    EncounterFactory(supporter=kai, on=TODAY - timedelta(days=1), minutes=1800)
    EncounterFactory(supporter=SupporterFactory(agency=agency), minutes=600)
    with django_assert_num_queries(1):
        face = face_time(lead, on=TODAY)
    assert face == {kai.pk: [(TODAY - timedelta(days=1), 1800)]}
    with django_assert_num_queries(2):
        (line,) = queries.supervision_due(lead, on=TODAY, face=face)
    assert (line.name, line.due.state) == ("Kai Berg", DueState.DUE)
    actions.keep_supervision(kai.pk, TALK, by=lead, at=NOW)
    (line,) = queries.supervision_due(lead, on=TODAY)
    assert (line.due.state, line.due.hour_on) == (DueState.SETTLED, TODAY)
    own = queries.own_supervision_due(actor_for(kai.user), on=TODAY, face=face)
    assert own.face_minutes == 0


def test_nobody_signs_supervision_of_oneself(agency):
    both = SupporterFactory(agency=agency)
    user = UserFactory(agency=agency, roles=[Role.SUPERVISOR, Role.SUPPORTER])
    type(both).objects.filter(pk=both.pk).update(user=user)
    with pytest.raises(Refused) as refused:
        actions.keep_supervision(both.pk, TALK, by=actor_for(user), at=NOW)
    assert refused.value.refusal.code == "supervisor-only"


def test_five_clicks_make_one_sitting(pat, kai):
    sitting = new_id()
    for _click in range(5):
        actions.keep_supervision(kai.pk, TALK, by=actor_for(pat), at=NOW, sitting_id=sitting)
    assert Supervision.objects.count() == 1


def test_what_comes_from_one_row_stands_on_the_list_once(pat, kai):
    lead = actor_for(pat)
    for _time in range(2):
        line = actions.add_line(kai.pk, "A question", by=lead, at=NOW, about="Question/1")
    actions.tick_line(kai.pk, line.pk, by=lead, at=NOW)
    actions.add_line(kai.pk, "Again", by=lead, at=NOW, about="Question/1")
    assert AgendaLine.objects.count() == 2


def test_an_id_that_someone_else_used_holds_nobody_up(agency, pat, kai):
    tou, key = SupporterFactory(agency=agency, name="Tou Xiong"), new_id()
    view = NewView(KnowledgeArea.SCIENCE, Whose.SELF, CompetencyWord.LEARNING)
    for one in (kai, tou):
        by = actor_for(one.user)
        more = {"by": by, "at": NOW}
        for act in (
            partial(actions.add_learning, one.pk, CLASS, **more, learning_id=key),
            partial(actions.say_view, one.pk, view, **more, view_id=key),
            partial(actions.add_line, one.pk, "Rides", **more, line_id=key),
        ):
            as_a_page(act)
    counts = [model.objects.count() for model in (Learning, CompetencyView, AgendaLine)]
    assert counts == [2, 2, 2]


def test_what_came_to_nothing_leaves_no_bytes_behind(kai, monkeypatch, settings, tmp_path):
    settings.FILES = tmp_path
    paper = check_file(Sent("", samples.png()))
    by = actor_for(kai.user)
    actions.add_learning(kai.pk, CLASS, by=by, at=NOW, file=paper)
    old, kept = Learning.objects.get(), list(tmp_path.rglob("*/*"))
    refused = replace(CLASS, topic="Another")
    monkeypatch.setattr(learning, "_add", lambda *args, **kw: ensure(rules.COUNTED_ALREADY))
    with pytest.raises(Refused):
        actions.add_learning(kai.pk, refused, by=by, at=NOW, file=paper)
    with pytest.raises(Refused):
        actions.correct_learning(kai.pk, old.pk, refused, by=by, at=NOW, file=paper)
    assert list(tmp_path.rglob("*/*")) == kept


def test_a_failed_event_leaves_nothing_behind(kai, monkeypatch):
    monkeypatch.setattr(learning, "record", lambda **kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.add_learning(kai.pk, CLASS, by=actor_for(kai.user), at=NOW)
    assert Learning.objects.count() == 0


@pytest.mark.parametrize(
    ("change", "name"),
    [
        pytest.param({"minutes": 10}, "learning_is_in_quarter_hours", id="too short"),
        pytest.param({"for_certificate": False}, "learning_counts_for_something", id="for nothing"),
        pytest.param({"topic": "ETHICS"}, "learning_is_counted_once", id="twice"),
    ],
)
def test_what_must_never_be_false(kai, change, name):
    row = {
        "agency": kai.agency,
        "supporter": kai,
        "on": TODAY,
        "topic": "Ethics",
        "minutes": 60,
        "for_certificate": True,
        "entered_at": NOW,
        "entered_by": kai.user,
    }
    Learning.objects.create(**row)
    with pytest.raises(IntegrityError), transaction.atomic():
        Learning.objects.create(**{**row, "topic": "Other", **change})
    assert name in {c.name for c in Learning._meta.constraints}
