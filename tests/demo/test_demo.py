"""The demo agency loads, is alive, and keeps to its own rules. On both databases."""

import re
from collections import Counter
from datetime import timedelta
from importlib.resources import files

import pytest
from django.db import connection

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import actor_for, demo_users
from alongside.audit.queries import verify
from alongside.core.actor import Actor
from alongside.demo import build, neighbor
from alongside.demo.cast import participants, supporters
from alongside.demo.chance import Clock
from alongside.demo.stamp import AGENCY_ID, SECOND_ID
from alongside.demo.wordbook import Names, situations
from alongside.encounters.models import (
    AddedWords,
    Appointment,
    ArrayQuestion,
    Encounter,
    NoteDraft,
    NoteVersion,
)
from alongside.encounters.queries import appointments_on, due_people, plans_to_look_at
from alongside.exchange.models import ImportRow
from alongside.people.models import Participant, SamePersonProposal
from alongside.plans.models import PlanVersion
from alongside.practice.cadence import DueState
from alongside.practice.codes import CredentialStanding, Process
from alongside.practice.credentials import CredentialFacts, standing_on
from alongside.referrals.codes import EpisodeStatus, MatchStatus, ReferralStatus
from alongside.referrals.models import Episode, Match, Referral
from scripts.pages import walk
from tests.demo.conftest import NOON
from tests.demo.whole import OPENED_IN_A_BROWSER, ensure_whole

TODAY = Clock(NOON).today
LABELS = re.compile(
    r"\b(clients?|patients?|addict\w*|clean|dirty|relaps\w*|junkie|alcoholic|abus\w*"
    r"|non-?complian\w*|substance abuse)\b",
    re.IGNORECASE,
)


def actor(user: User) -> Actor:
    found = actor_for(user)
    assert found is not None
    return found


def test_ten_months_of_an_agency_are_there(demo, db):
    ours = {"agency_id": AGENCY_ID}
    assert len(supporters()) == 14
    assert len(participants()) == 112
    # And 11 of a sheet, the one whom a social worker sent by herself, the one who asked on the
    # public page, and three of long ago.
    assert Participant.objects.filter(**ours).count() == 112 + 11 + 1 + 1 + 3
    contacts = Encounter.objects.filter(**ours, kind="contact", status__in=["signed", "amended"])
    assert 2800 <= contacts.count() <= 4200
    assert contacts.order_by("on").first().on < TODAY - timedelta(days=270)
    assert {p for e in contacts for p in e.processes} == {p.value for p in Process}
    assert {r.status for r in Referral.objects.filter(**ours)} == set(ReferralStatus)
    assert {e.status for e in Episode.objects.filter(**ours)} == set(EpisodeStatus)
    assert {m.status for m in Match.objects.filter(**ours)} >= {
        MatchStatus.ACCEPTED,
        MatchStatus.PROPOSED,
        MatchStatus.DECLINED,
        MatchStatus.ENDED,
    }


def test_whoever_there_is_comes_in_from_outside_too(demo, people):
    assert [one.role for one in demo][-2:] == ["referrer", "participant"]
    assert {role: set(actor(user).roles) for role, user in people.items()} == {
        role.value: {role.value} for role in Role
    }


def test_every_corner_has_something_to_show(demo, db):
    assert NoteDraft.objects.count() == 4
    assert NoteVersion.objects.count() >= 5
    assert AddedWords.objects.exclude(signed_name="").count() >= 10
    assert PlanVersion.objects.filter(number__gte=2).count() >= 30
    assert Encounter.objects.filter(status="entered-in-error").count() == 1
    assert Encounter.objects.filter(kind="attempt").count() >= 20
    assert Encounter.objects.exclude(array_own_reason="").count() >= 5
    asked = Counter(ArrayQuestion.objects.values_list("status", flat=True))
    assert (asked["open"], asked["answered"] >= 4, asked["withdrawn"]) == (2, True, 1)
    assert Episode.objects.exclude(return_words="").count() >= 3
    assert ImportRow.objects.filter(status="to_sort_out").count() == 6
    assert SamePersonProposal.objects.count() == 2
    statuses = Counter(Appointment.objects.values_list("status", flat=True))
    assert {status for status, n in statuses.items() if n > 3} == set(statuses)
    assert set(statuses) == {"planned", "met", "missed", "cancelled"}


def test_my_day_is_alive(people):
    first = actor(people["supporter"])
    states = Counter(person.due.state for person in due_people(first, on=TODAY))
    assert states[DueState.DUE] >= 2
    assert states[DueState.SOON] >= 2
    assert any(person.first for person in due_people(first, on=TODAY))
    assert len(appointments_on(first, on=TODAY)) == 3
    assert len(plans_to_look_at(first, on=TODAY)) >= 1


def test_certificates_stand_as_the_story_says():
    def standing(key: str) -> tuple[CredentialStanding, int | None]:
        part = next(part for part in supporters() if part.key == key)
        held = [
            CredentialFacts(c.kind, c.certified_on, c.expires_on, c.in_training)
            for c in part.credentials(Clock(NOON))
        ]
        found = standing_on(held, TODAY)
        return found.standing, (found.until - TODAY).days if found.until else None

    assert standing("tess") == (CredentialStanding.CERTIFIED, 24)
    assert standing("wayne") == (CredentialStanding.LAPSED, -7)
    assert standing("jolene") == (CredentialStanding.IN_TRAINING, None)
    assert standing("marcus") == (CredentialStanding.NEVER, None)


def test_the_log_of_both_agencies_is_whole(demo, db):
    assert {AGENCY_ID: verify(AGENCY_ID), SECOND_ID: verify(SECOND_ID)} == {
        AGENCY_ID: [],
        SECOND_ID: [],
    }


@pytest.mark.parametrize(
    "role",
    [
        "supporter",
        "supervisor",
        "coordinator",
        "array-lead",
        "billing",
        "privacy-officer",
        "administrator",
    ],
)
def test_every_page_of_a_role_opens(people, role, settings, caplog):
    if connection.vendor == "sqlite" and role in OPENED_IN_A_BROWSER:
        pytest.skip("tests/journeys/test_every_page.py opens each of these on SQLite")
    settings.DEMO = True
    ensure_whole(walk(people[role]))


def test_neither_agency_shows_in_the_other(people):
    stranger = User.objects.get(email="ned.farrow@thistle.example")
    walked = walk(stranger)
    names = [person.name for person in participants()]
    assert [name for page in walked.pages for name in names if name in page.html] == []
    ours = walk(people["coordinator"])
    theirs = [name for name, _pronoun in neighbor.NAMES]
    assert [name for page in ours.pages for name in theirs if name in page.html] == []
    assert any(names[0].split()[0] in page.html for page in ours.pages)
    assert stranger not in demo_users()


def test_notes_rarely_say_the_same(demo, db):
    texts = Encounter.objects.filter(agency_id=AGENCY_ID, status="signed", kind="contact")
    said = list(texts.values_list("what_we_did", flat=True))
    assert len(set(said)) / len(said) > 0.93
    assert [text for text in said if "{" in text] == []


def test_nothing_labels_anyone():
    texts = [
        file.read_text(encoding="utf-8")
        for file in files("alongside.demo").joinpath("words").iterdir()
    ]
    assert [found for text in texts for found in LABELS.findall(text)] == []
    phrases = [t for s in situations().values() for t in (*s.did, *s.more, *s.said, *s.next)]
    assert len(phrases) >= 400


@pytest.mark.parametrize(
    ("pronoun", "told"),
    [
        pytest.param("she", "She has her own. Ada sees herself.", id="she"),
        pytest.param("he", "He has his own. Ada sees himself.", id="he"),
        pytest.param("they", "They have their own. Ada sees themself.", id="they"),
    ],
)
def test_sentences_follow_the_pronouns(pronoun, told):
    text = "{They} has {their} own. {First} sees {them}self."
    assert Names("Ada", pronoun).fill(text) == told


def test_a_second_start_finds_it_and_changes_nothing(demo, db, django_assert_num_queries):
    said = []
    with django_assert_num_queries(4):  # the agency, its colleagues, who comes in from outside
        again = build.build_demo(say=said.append, now=NOON + timedelta(days=3))
    assert (again, said) == (demo, [])
