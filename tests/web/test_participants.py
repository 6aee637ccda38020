import logging
import re
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.audit.models import AuditEvent
from alongside.people.models import CareTeamMember, FormDraft, Participant
from alongside.referrals.models import JourneyStep
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _thursday(now):
    with time_machine.travel(now):
        yield


CANARY = "Zinnia Quetzal"


@pytest.fixture
def supporter(agency):
    return SupporterFactory(agency=agency)


@pytest.fixture
def gia(agency, supporter):
    person = ParticipantFactory(agency=agency, name="Gia O'Neil")
    walk_alongside(supporter, person)
    return person


@pytest.fixture
def rosa(signed_in, supporter):
    return signed_in(supporter.user)


@pytest.fixture
def kim(signed_in, agency):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


def page(name, person, *more):
    return reverse(f"web:{name}", args=[person.pk, *more])


def text(response):
    return response.content.decode()


PAGES = (
    "participant",
    "participant_print",
    "participant_facts",
    "care_team",
    "member_new",
    "journey",
    "rhythm",
    "ending",
    "conclude",
    "plan",
    "plan_print",
    "plan_look",
    "core_words",
    "goal_new",
)


@pytest.mark.parametrize("name", PAGES)
def test_titles_are_generic_and_nothing_stays_in_a_browser(rosa, gia, name):
    response = rosa.get(page(name, gia))
    assert response.status_code == 200
    title = re.search("<title>(.*?)</title>", text(response), re.S).group(1)
    assert "Gia" not in title
    assert (
        "O&#x27;Neil" in text(response)
        or "Gia" in text(response)
        or name in ("rhythm", "plan_look")
    )
    assert "amp;#" not in text(response)
    assert "no-store" in response["Cache-Control"]


@pytest.mark.parametrize("name", PAGES)
def test_out_of_sight_is_absent_and_says_no_name(name, rosa, agency, signed_in):
    elsewhere = ParticipantFactory(agency=AgencyFactory(), name=CANARY)
    walk_alongside(SupporterFactory(agency=elsewhere.agency), elsewhere)
    not_mine = ParticipantFactory(agency=agency, name=CANARY)
    was_mine = ParticipantFactory(agency=agency, name=CANARY, own_words=CANARY)
    mine = CareTeamMember.objects.count()
    ended = SupporterFactory(agency=agency)
    walk_alongside(ended, was_mine)
    CareTeamMember.objects.filter(participant=was_mine).update(until="2026-11-18")
    assert CareTeamMember.objects.count() == mine + 1
    for client, person in ((rosa, elsewhere), (rosa, not_mine), (signed_in(ended.user), was_mine)):
        response = client.get(page(name, person))
        assert response.status_code == 404
        assert "Zinnia" not in text(response)


def test_every_opening_is_on_record(rosa, gia, supporter):
    rosa.get(page("participant", gia))
    event = AuditEvent.objects.get()
    assert (event.verb, event.target, event.actor_id) == (
        "participant.opened",
        f"Participant/{gia.pk}",
        supporter.user_id,
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        pytest.param("nunez ines", True, id="accents and order do not matter"),
        pytest.param("NÚÑ", True, id="part of a name"),
        pytest.param("ines q", False, id="every word must be there"),
    ],
)
def test_search_is_by_post_and_leaves_no_trace(kim, agency, caplog, words, found):
    ParticipantFactory(agency=agency, name="Ines Núñez")
    with caplog.at_level(logging.DEBUG):
        response = kim.post(reverse("web:participants"), {"words": words})
    assert ("Ines Núñez" in text(response)) is found
    assert words not in "".join(
        r.getMessage() for r in caplog.records if r.name != "django.db.backends"
    )
    assert "Ines Núñez" in text(kim.get(reverse("web:participants")))  # the whole list
    assert (
        "Núñez" not in text(kim.get(reverse("web:participants"), {"words": "zzz"})).split("<ul")[0]
    )


def test_search_finds_only_whom_one_sees(rosa, gia, agency):
    ParticipantFactory(agency=agency, name=CANARY)
    ParticipantFactory(agency=AgencyFactory(), name=CANARY)
    response = rosa.post(reverse("web:participants"), {"words": "zinnia"})
    assert "Nobody by that name" in text(response)
    assert "Quetzal" not in text(response)


def test_lists_follow_the_role(rosa, kim, gia, agency, supporter, signed_in):
    ParticipantFactory(agency=agency, name="Tou Thao")
    boss = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
    supporter.user.supervisor = boss
    supporter.user.save()
    mine = text(rosa.get(reverse("web:participants")))
    team = text(signed_in(boss).get(reverse("web:participants")))
    everyone = text(kim.get(reverse("web:participants")))
    assert ["Gia O." in body for body in (mine, team)] == [True, True]
    assert ["Tou T" in body for body in (mine, team, everyone)] == [False, False, True]
    assert rosa.get(reverse("web:participants"), {"whose": "all"}).status_code == 404
    nobody = signed_in(UserFactory(agency=agency, roles=[Role.BILLING]))
    assert nobody.get(reverse("web:participants")).status_code == 404


def test_two_who_would_read_the_same_keep_their_names(rosa, gia, agency, supporter):
    walk_alongside(supporter, ParticipantFactory(agency=agency, name="Gia Ortega"))
    body = text(rosa.get(reverse("web:participants")))
    assert "Gia Ortega" in body
    assert "Gia O&#x27;Neil" in body


@pytest.mark.parametrize("htmx", [False, True], ids=["without script", "with htmx"])
def test_lists_are_paged_by_key(kim, agency, htmx):
    ParticipantFactory.create_batch(53, agency=agency)
    headers = {"HX-Request": "true"} if htmx else {}
    first = text(kim.get(reverse("web:participants")))
    names = re.findall(r'class="name"[^>]*>([^<]+)<', first)
    following = re.search(r"after=([0-9a-f-]+)", first).group(1)
    rest = text(kim.get(reverse("web:participants"), {"after": following}, headers=headers))
    more = re.findall(r'class="name"[^>]*>([^<]+)<', rest)
    assert (len(names), len(more), len(set(names + more))) == (50, 3, 53)
    assert ("<!doctype html>" in rest.lower()) is not htmx
    assert "after=" not in rest


def count(client, address):
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def fill(gia, supporter, n):
    plan = gia.episodes.get().plan if hasattr(gia.episodes.get(), "plan") else None
    plan = plan or PlanFactory(episode=gia.episodes.get())
    for _row in range(n):
        note = EncounterFactory(participant=gia, supporter=supporter, participant_words="Good.")
        goal = GoalFactory(plan=plan)
        note.goal_links.create(agency_id=note.agency_id, goal=goal)
        goal.changes.create(
            agency=gia.agency, kind="begun", on=note.on, at=timezone.now(), by=supporter.user
        )
        JourneyStep.objects.create(
            agency=gia.agency,
            episode=gia.episodes.get(),
            place="contemplation",
            set_on=note.on,
            set_by=supporter.user,
            set_at=timezone.now(),
        )
        for days in (-9, 9):
            starts = timezone.now() + timedelta(days=days)
            AppointmentFactory(participant=gia, supporter=supporter, starts_at=starts)
        ReferralFactory(participant=gia)
        CareTeamMember.objects.create(agency=gia.agency, participant=gia, name="Bea", role="friend")


@pytest.mark.parametrize(
    "name",
    [
        "participant",
        "participant_print",
        "participant_facts",
        "care_team",
        "journey",
        "plan",
        "plan_print",
        "plan_look",
        "goal_new",
    ],
)
def test_the_number_of_queries_does_not_depend_on_the_number_of_rows(rosa, gia, supporter, name):
    counts = []
    for more in (1, 2, 47):
        fill(gia, supporter, more)
        counts.append(count(rosa, page(name, gia)))
    assert counts == [counts[0]] * 3
    assert counts[0] <= 40


def test_the_list_takes_the_same_queries_for_1_3_and_50_people(rosa, agency, supporter):
    counts = []
    for more in (1, 2, 47):
        for person in ParticipantFactory.create_batch(more, agency=agency):
            walk_alongside(supporter, person)
        counts.append(count(rosa, reverse("web:participants")))
    assert counts == [counts[0]] * 3


@pytest.mark.practice("PSP-1", "MPR-1")
def test_the_timeline_holds_everything_newest_first(rosa, gia, supporter):
    fill(gia, supporter, 1)
    body = text(rosa.get(page("participant", gia)))
    for words in (
        "Coffee, and what to say on Thursday.",
        "Good.",
        "A new goal",
        "Where in the journey",
        "said yes to walking with",
        "The time together begins",
        "Yes, I would like that.",
        "asked for support",
        "A meeting was planned",
    ):
        assert words in body, words


def test_the_timeline_is_paged_by_key_and_shows_each_moment_once(rosa, gia, supporter):
    notes = [
        EncounterFactory(participant=gia, supporter=supporter, what_we_did=f"Note {n:03}.")
        for n in range(45)  # all on one day: the key holds the row, not only the day
    ]
    seen, address = [], page("participant", gia)
    for _page in range(10):
        body = text(rosa.get(address, headers={"HX-Request": "true"}))
        seen += re.findall(r"Note (\d{3})\.", body)
        found = re.search(r"\?before=([^\"&]+)", body)
        if not found:
            break
        address = page("participant", gia) + found.group(0)
    assert seen == [f"{n:03}" for n in reversed(range(len(notes)))]


def test_a_broken_key_begins_anew(rosa, gia):
    for key in ("x", "2026-11-01.zz.0", "a.b.c.d"):
        assert rosa.get(page("participant", gia), {"before": key}).status_code == 200


def test_facts_are_corrected_and_the_old_ones_stay_readable(rosa, gia):
    form = {"name": "Gia Rivers", "county": "Polk", "born_on": "", "revision": "0"}
    response = rosa.post(page("participant_facts", gia), form, follow=True)
    assert response.redirect_chain == [(page("participant", gia), 302)]
    body = text(rosa.get(page("participant_facts", gia)))
    assert "<s>Gia O&#x27;Neil</s>" in body
    assert Participant.objects.get(pk=gia.pk).name == "Gia Rivers"


def test_two_people_change_the_same_facts_and_a_person_decides(rosa, kim, gia):
    mine = {"name": "Gia Mine", "revision": "0"}
    theirs = {"name": "Gia Theirs", "revision": "0"}
    assert kim.post(page("participant_facts", gia), theirs).status_code == 302
    response = rosa.post(page("participant_facts", gia), mine)
    assert response.status_code == 422
    body = text(response)
    assert 'value="Gia Mine"' in body
    assert "Gia Theirs" in body
    decided = {**mine, "revision": re.search(r'name="revision" value="(\d+)"', body).group(1)}
    assert rosa.post(page("participant_facts", gia), decided).status_code == 302
    assert Participant.objects.get(pk=gia.pk).name == "Gia Mine"


def test_who_reads_does_not_write(signed_in, agency, gia):
    reader = signed_in(UserFactory(agency=agency, roles=[Role.PRIVACY_OFFICER]))
    body = text(reader.get(page("participant_facts", gia)))
    assert "As it stands" in body
    assert 'name="revision"' not in body
    form = {"name": "Gia X", "revision": "0"}
    assert reader.post(page("participant_facts", gia), form).status_code in (404, 422)
    assert Participant.objects.get(pk=gia.pk).name == "Gia O'Neil"
    for name in ("member_new", "rhythm", "goal_new", "conclude"):
        assert reader.get(page(name, gia)).status_code == 404


@pytest.mark.practice("PSP-6")
def test_people_around_are_added_changed_and_moved_to_before(rosa, gia):
    form = {"name": "Pat Olsen", "role": "social_worker", "organization": "Dunn County"}
    assert rosa.post(page("member_new", gia), form).status_code == 302
    pat = CareTeamMember.objects.get(name="Pat Olsen")
    changed = {**form, "phone": "715 555 0140", "revision": "0"}
    assert rosa.post(page("member_change", gia, pat.pk), changed).status_code == 302
    assert "715 555 0140" in text(rosa.get(page("care_team", gia)))
    rosa.post(page("member_leave", gia, pat.pk), {"leave-until": "2026-11-18"})
    assert "From before" in text(rosa.get(page("care_team", gia)))
    rosa.post(page("member_rejoin", gia, pat.pk))
    assert "From before" not in text(rosa.get(page("care_team", gia)))


def test_a_supporter_lets_nobody_else_in(rosa, gia):
    body = text(rosa.get(page("member_new", gia)))
    assert 'value="supporter"' not in body
    form = {"name": "Colleague", "role": "supporter"}
    assert rosa.post(page("member_new", gia), form).status_code == 422


def test_a_supporter_leaves_through_a_match_and_not_through_this_list(rosa, kim, gia, supporter):
    own = CareTeamMember.objects.get(user=supporter.user)
    for client in (rosa, kim):
        leave = page("member_leave", gia, own.pk)
        assert client.post(leave, {"leave-until": "2026-11-18"}).status_code == 404
    assert "No longer around?" not in text(kim.get(page("member_change", gia, own.pk)))
    own.refresh_from_db()
    assert own.until is None


def test_typed_words_wait_for_their_author_alone(rosa, kim, gia):
    draft = page("form_draft", gia, "goal")
    actor = str(rosa.session["_auth_user_id"])
    answer = rosa.post(draft, {"words": "A second", "draft_actor": actor, "draft_edit": "3"})
    assert answer.json()["saved_at"]
    assert FormDraft.objects.get().fields == {"words": "A second"}
    assert "A second" in text(rosa.get(page("goal_new", gia)))
    assert kim.post(draft, {"words": "Not hers", "draft_actor": actor}).status_code == 403
    rosa.post(page("form_draft_drop", gia, "goal"), {"next": page("goal_new", gia)})
    assert "A second" not in text(rosa.get(page("goal_new", gia)))


def test_starting_over_leads_back_to_this_person_only(rosa, gia):
    for address in ("https://elsewhere.example/", "/more/", "//elsewhere.example"):
        answer = rosa.post(page("form_draft_drop", gia, "goal"), {"next": address})
        assert answer["Location"] == page("participant", gia)


@pytest.mark.parametrize("name", ["form_draft", "form_draft_drop"])
def test_drafts_of_people_out_of_sight_are_absent(rosa, agency, name):
    other = ParticipantFactory(agency=agency)
    assert rosa.post(page(name, other, "goal"), {"words": "x"}).status_code == 404
    assert rosa.get(page(name, other, "goal")).status_code == 405
