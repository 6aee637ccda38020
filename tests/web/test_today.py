import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.core.ids import new_id
from alongside.encounters.models import NoteDraft
from tests.factories import (
    AppointmentFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 19, 14, 30, tzinfo=UTC)


def today(signed_in, user, at=MORNING):
    with time_machine.travel(at, tick=False):
        answer = signed_in(user).get(reverse("web:today"))
    assert answer.status_code == 200
    return answer.content.decode()


def walks_with(pair, name, *, last, agreed=None, begun=date(2026, 6, 1)):
    person = ParticipantFactory(agency=pair.participant.agency, name=name)
    every = min(agreed or 30, 30)
    due = last + timedelta(days=every) if last else begun + timedelta(days=7)
    walk_alongside(
        pair.supporter,
        person,
        begun_on=begun,
        last_contact_on=last,
        agreed_every_days=agreed,
        contact_due_on=due,
    )
    return person


@pytest.mark.parametrize(
    ("at", "words"),
    [
        pytest.param(MORNING, "Good morning, Rosa", id="half past eight"),
        pytest.param(MORNING + timedelta(hours=6), "Good afternoon, Rosa", id="half past two"),
        pytest.param(MORNING + timedelta(hours=12), "Good evening, Rosa", id="half past eight"),
    ],
)
def test_the_greeting_goes_by_the_agencys_clock(pair, signed_in, at, words):
    page = today(signed_in, pair.supporter.user, at)
    assert [words in page, "Thursday, November 19" in page] == [True, True]


@pytest.mark.practice("SVC-10")
def test_who_has_not_been_in_touch_and_who_soon(pair, signed_in):
    pair.episode.last_contact_on = date(2026, 11, 18)
    pair.episode.contact_due_on = date(2026, 12, 18)
    pair.episode.save()
    walks_with(pair, "Nkauj Vang", last=date(2026, 10, 16))
    walks_with(pair, "Curtis Engel", last=date(2026, 10, 24))
    walks_with(pair, "Eli Horvath", last=date(2026, 11, 10), agreed=7)
    walks_with(pair, "Mai Xiong", last=None, begun=date(2026, 11, 16))
    page = today(signed_in, pair.supporter.user)
    rows = [
        "Mai X.",
        "New together. 4 days left for a first hello.",
        "Nkauj V.",
        "34 days since you were in touch. Reach out?",
        "Eli H.",
        "9 days since you were in touch. Reach out?",
        "Curtis E.",
        "26 days since you were in touch, 4 days left.",
    ]
    places = [page.find(row) for row in rows]
    assert places == sorted(places)
    assert -1 not in places
    assert "Gia R." not in page


@pytest.mark.practice("SVC-12")
def test_plans_due_for_their_quarterly_look_and_never_an_empty_one(pair, signed_in):
    plan = PlanFactory(
        episode=pair.episode, begun_on=date(2026, 9, 1), look_together_on=date(2026, 12, 1)
    )
    empty = walks_with(pair, "Tou Thao", last=date(2026, 11, 18))
    PlanFactory(
        episode=empty.episodes.get(),
        begun_on=date(2026, 8, 1),
        look_together_on=date(2026, 11, 1),
    )
    assert "Time to look at the plan" not in today(signed_in, pair.supporter.user)
    GoalFactory(plan=plan)
    page = today(signed_in, pair.supporter.user)
    assert "Time to look at the plan together by Dec 1." in page
    assert reverse("web:plan", args=[empty.pk]) not in page


def test_todays_appointments_by_the_agencys_calendar(pair, signed_in):
    late = datetime(2026, 11, 20, 4, 30, tzinfo=UTC)  # half past ten in the evening there
    AppointmentFactory(
        participant=pair.participant, supporter=pair.supporter, starts_at=late, words="the library"
    )
    tomorrow = late + timedelta(hours=12)
    AppointmentFactory(
        participant=pair.participant, supporter=pair.supporter, starts_at=tomorrow, words="the DMV"
    )
    page = today(signed_in, pair.supporter.user)
    assert ["the library" in page, "10:30 p.m." in page, "the DMV" in page] == [True, True, False]


def test_supervisors_see_counts_of_their_team_and_no_private_words(agency, pair, signed_in):
    boss = UserFactory(agency=agency, name="Pat Olsen", roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = boss
    pair.supporter.user.save()
    walks_with(pair, "Nkauj Vang", last=date(2026, 10, 1))
    NoteDraft.objects.create(
        agency=agency,
        author=pair.supporter.user,
        participant=pair.participant,
        encounter_id=new_id(),
        fields={"what_we_did": ["private half sentence"]},
        saved_at=MORNING,
    )
    SupporterFactory(agency=agency, user__name="Somebody Else")
    page = today(signed_in, boss)
    row = page[page.index(">Rosa Quaas<") :]
    cells = re.findall(r'<td[^>]*class="number">(.*?)</td>', row)[:4]
    assert [re.sub("<[^>]+>", "", cell) for cell in cells] == ["2", "2", "0", "1"]
    assert ["half sentence" in page, "Somebody Else" in page, "Nkauj" in page] == [False] * 3


def test_coordinators_see_the_desk_in_short(agency, signed_in):
    user = UserFactory(agency=agency, name="Ann Coe", roles=[Role.COORDINATOR])
    for days, status in ((12, "received"), (3, "received"), (40, "matched")):
        ReferralFactory(
            participant=ParticipantFactory(agency=agency),
            status=status,
            received_on=date(2026, 11, 19) - timedelta(days=days),
        )
    page = today(signed_in, user)
    assert ["<b>2</b>" in page, "12 days" in page, "40 days" in page] == [True, True, False]
    assert page.index("12 days") < page.index("3 days")


def test_a_first_day_says_what_comes(agency, signed_in):
    user = SupporterFactory(agency=agency).user
    assert "Nobody walks with you yet" in today(signed_in, user)
    billing = UserFactory(agency=agency, roles=[Role.BILLING])
    assert reverse("web:help_now") in today(signed_in, billing)
    office = today(signed_in, UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    assert [reverse("web:audit") in office, "Second step" in office] == [True, False]


@pytest.mark.parametrize(
    ("role", "people", "desk"),
    [
        pytest.param(Role.SUPPORTER, True, False, id="a supporter has people"),
        pytest.param(Role.COORDINATOR, True, True, id="a coordinator has the desk too"),
        pytest.param(Role.ADMINISTRATOR, False, False, id="an administrator sees nobody"),
        pytest.param(Role.BILLING, False, False, id="billing sees nobody"),
    ],
)
def test_the_bar_leads_only_where_one_may_go(agency, signed_in, role, people, desk):
    user = UserFactory(agency=agency, roles=[role])
    page = today(signed_in, user)
    bar = page[page.index('<nav class="bar"') : page.index("</nav>")]
    assert [f'"{reverse(f"web:{name}")}"' in bar for name in ("participants", "referrals")] == [
        people,
        desk,
    ]


@pytest.mark.practice("SVC-10")
def test_who_soon_is_a_calmer_group_of_its_own(pair, signed_in):
    walks_with(pair, "Nkauj Vang", last=date(2026, 10, 16))
    walks_with(pair, "Curtis Engel", last=date(2026, 10, 24))
    page = today(signed_in, pair.supporter.user)
    while_, soon = page.index("It has been a while"), page.index("Coming up")
    assert while_ < page.index("Nkauj V.") < soon < page.index("Curtis E.")


@pytest.mark.practice("SVC-10")
def test_a_supervisor_finds_those_nobody_was_in_touch_with(agency, pair, signed_in):
    boss = UserFactory(agency=agency, name="Pat Olsen", roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = boss
    pair.supporter.user.save()
    pair.episode.contact_due_on = date(2026, 12, 18)
    pair.episode.save()
    waits = walks_with(pair, "Nkauj Vang", last=date(2026, 10, 1))
    other = SupporterFactory(agency=agency, user__supervisor=boss).user
    here = f"{reverse('web:participants')}?whose=team&amp;with={pair.supporter.user_id}"
    assert f'href="{here}&amp;due=1"' in today(signed_in, boss)
    open_page = signed_in(boss).get
    shown = {
        name: [
            reverse("web:participant", args=[person.pk]) in open_page(f"/people/?{asked}").text
            for person in (waits, pair.participant)
        ]
        for name, asked in {
            "all": "whose=team",
            "due": "whose=team&due=1",
            "with": f"whose=team&with={pair.supporter.user_id}&due=1",
            "other": f"whose=team&with={other.pk}",
        }.items()
    }
    assert shown == {
        "all": [True, True],
        "due": [True, False],
        "with": [True, False],
        "other": [False, False],
    }
    assert open_page("/people/?whose=team&with=nobody").status_code == 404
