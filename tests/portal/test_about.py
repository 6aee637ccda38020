"""The agency's public page: its words, the supporters who want to stand there, and asking for
support by oneself."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from alongside.accounts import actions, queries
from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import PublicPage
from alongside.accounts.rules.public_page import PublicWords, slug_of, why_not_stand_at
from alongside.audit.models import AuditEvent
from alongside.core.refusal import STALE, Refused
from alongside.people.models import Participant, SamePersonProposal
from alongside.practice.codes import Audience, LivedExperience
from alongside.referrals.actions.asking import ask_apart, put_asks_away
from alongside.referrals.models import AskedApart, Referral
from alongside.referrals.queries.desk import referrals_visible_to
from alongside.referrals.rules import asking
from tests.factories import (
    NOW,
    AgencyFactory,
    ExperienceFactory,
    ParticipantFactory,
    SupporterFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
WORDS = PublicWords("All of us have been there.", "Come in.", "We walk along.")
SLUG = "milkweed-row"


@pytest.fixture
def boss(actor):
    return actor(Role.ADMINISTRATOR, name="Ana Brandt")


@pytest.fixture
def published(boss):
    page = actions.write_public_page(WORDS, slug=SLUG, found=False, seen=0, by=boss, at=NOW)
    return actions.publish_public_page(page.number, by=boss, at=NOW)


def read(path: str = f"/about/{SLUG}/", client: Client | None = None) -> str:
    answer = (client or Client()).get(path)
    return answer.content.decode() if answer.status_code == 200 else f"{answer.status_code}"


@pytest.mark.practice("PEER-9")
def test_nothing_stands_open_until_it_is_published_and_nothing_after_it_is_taken_back(boss):
    at = {"by": boss, "at": NOW}
    first = actions.write_public_page(WORDS, slug=SLUG, found=False, seen=0, **at)
    assert (read(), read("/about/")) == ("404", "404")
    actions.publish_public_page(first.number, **at)
    assert "All of us have been there." in read()
    assert Client().get("/about/").url == f"/about/{SLUG}/"
    newer = PublicWords("We lived it.")
    second = actions.write_public_page(newer, slug=SLUG, found=False, seen=1, **at)
    assert ("All of us" in read(), "We lived it." in read()) == (True, False)
    with pytest.raises(Refused) as refused:
        actions.publish_public_page(first.number, **at)
    assert refused.value.refusal == STALE
    actions.publish_public_page(second.number, **at)
    assert ("All of us" in read(), "We lived it." in read()) == (False, True)
    actions.take_public_page_back(**at)
    assert (read(), read(f"/about/{SLUG}/ask/")) == ("404", "404")
    verbs = AuditEvent.objects.filter(verb__startswith="public-page").order_by("seq")
    assert [e.verb.split(".")[1] for e in verbs] == [
        *("address-chosen", "written", "published", "written", "published", "taken-back")
    ]
    assert [p.peer_run for p in queries.public_pages(boss)] == [
        "We lived it.",
        "All of us have been there.",
    ]


@pytest.mark.practice("PEER-9", "PEER-10")
def test_the_administrator_writes_looks_publishes_and_takes_back(signed_in, agency):
    agency.references = [{"title": "Code of ethics", "url": "https://ethics.example/"}]
    agency.save()
    boss = UserFactory(agency=agency, roles=[Role.ADMINISTRATOR])
    client, other = signed_in(boss), UserFactory(agency=AgencyFactory(), roles=[Role.ADMINISTRATOR])
    page = reverse("web:public_page")
    said = {"slug": SLUG, "peer_run": "We lived it", "asks": "on", "seen": "0"}
    refused = client.post(page, {**said, "slug": "recovery-row"})
    assert (refused.status_code, "We lived it" in refused.content.decode()) == (422, True)
    assert client.post(page, said).status_code == 302
    preview = f"/about/{SLUG}/preview/"
    assert "We lived it" in read(preview, client)
    assert (read(preview), read(preview, signed_in(other)), read()) == ("404", "404", "404")
    client.post(reverse("web:public_page_publish"), {"number": "1"})
    assert {"We lived it", "Code of ethics"} == {
        words for words in ("We lived it", "Code of ethics") if words in read()
    }
    taken = signed_in(other).post(page, said)
    assert (taken.status_code, PublicPage.objects.filter(agency=other.agency).count()) == (422, 0)
    client.post(reverse("web:public_page_take_back"))
    assert read() == "404"


@pytest.mark.parametrize(
    ("slug", "taken", "code"),
    [
        pytest.param("milkweed-row", False, None, id="plain"),
        pytest.param("a", False, "no-address", id="too short"),
        pytest.param("Milk Weed", False, "no-address", id="with spaces"),
        pytest.param("sober-row", False, "telling-address", id="tells what it is about"),
        pytest.param("milkweed-row", True, "address-taken", id="taken"),
    ],
)
def test_where_a_page_may_stand(slug, taken, code):
    refusal = why_not_stand_at(slug, taken=taken)
    assert (refusal and refusal.code) == code
    assert slug_of("Milkweed Row, Inc.") == "milkweed-row-inc"


@pytest.mark.practice("PSP-11")
def test_supporters_stand_there_who_want_to_with_the_parts_they_opened(published, agency):
    rosa = SupporterFactory(
        agency=agency,
        user=UserFactory(agency=agency, roles=[Role.SUPPORTER]),
        name="Rosa Quaas",
        public_name="Rosa",
        bio="Two kids and a dog",
        bio_audience=Audience.PUBLIC,
        strengths="Calm",
        strengths_audience=Audience.PARTICIPANTS,
    )
    for kind, audience in (
        (LivedExperience.TREATMENT_COURT, Audience.PUBLIC),
        (LivedExperience.TRAUMA, Audience.STAFF),
        (LivedExperience.INCARCERATION, Audience.NOBODY),
    ):
        ExperienceFactory(supporter=rosa, kind=kind, words=f"I and {kind}", audience=audience)
    SupporterFactory(agency=agency, name="Lee Vang", bio="Silent", bio_audience=Audience.PUBLIC)
    told = ("Rosa", "Quaas", "Two kids", "Calm", "I and treatment", "I and trauma", "I and incar")
    assert [words for words in (*told, "Lee", "Silent") if words in read()] == [
        *("Rosa", "Two kids", "I and treatment")
    ]
    rosa.user.is_active = False
    rosa.user.save()
    assert "Rosa" not in read()
    rosa.user.is_active = True
    rosa.user.save()
    rosa.public_name = ""
    rosa.save()
    assert "Two kids" not in read()


@pytest.mark.practice("PSP-11")
def test_the_supporter_alone_says_so_and_takes_it_back_at_once(published, agency, signed_in):
    rosa = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    SupporterFactory(agency=agency, user=rosa)
    client, url = signed_in(rosa), reverse("web:my_profile")
    said = {
        **{"bio": "Two kids and a dog", "bio_audience": "public", "public_name": "Rosa Q."},
        **{"strengths_audience": "nobody", "gender_audience": "staff"},
    }
    assert client.post(url, said).status_code == 302
    assert ("Rosa Q." in read(), "Two kids" in read()) == (True, True)
    client.post(url, {**said, "bio_audience": "nobody"})
    assert ("Rosa Q." in read(), "Two kids" in read()) == (True, False)
    client.post(url, {**said, "public_name": ""})
    assert "Rosa Q." not in read()


def typed(**more: str) -> dict[str, str]:
    asked = {"called": "Zilpah", "phone": "715-555-0188", "may_say": "none", "county": "Dunn"}
    return {**asked, "wish": "Someone to talk to", "made_id": str(uuid4()), **more}


ASK = f"/about/{SLUG}/ask/"


@pytest.mark.practice("PSP-5")
def test_whoever_asks_by_themselves_lands_at_the_desk_and_is_told_whom_to_ask(published, actor):
    ParticipantFactory(agency=published.agency, name="Zilpah Ek", phone="715 555 0188")
    client, said = Client(), typed(called="Zilpah  Ek", way="ccs")
    answers = [client.post(ASK, said) for _click in range(5)]
    assert [answer.status_code for answer in answers] == [200] * 5
    text = answers[0].content.decode()
    assert "Ask your CCS service facilitator." in text
    assert [words for words in ("Zilpah", "0188", "Someone to talk") if words in text] == []
    referral = referrals_visible_to(actor(Role.COORDINATOR)).get()
    person = referral.participant
    assert (referral.source, referral.status, referral.pathway, referral.referrer) == (
        *("self", "received", "ccs"),
        None,
    )
    assert (person.name, person.phone, person.phone_note, referral.asked_for) == (
        *("Zilpah Ek", "715-555-0188", "Leave no message.", "Someone to talk to"),
    )
    assert SamePersonProposal.objects.filter(other=person).count() == 1
    assert AuditEvent.objects.get(verb="referral.asked").actor_id == queries.NOBODY


def test_nothing_of_a_request_can_be_read_back(published):
    client = Client()
    client.post(ASK, typed())
    back = [read(path, client) for path in (ASK, f"/about/{SLUG}/", "/about/")]
    assert [words for words in ("Zilpah", "0188") for text in back if words in text] == []
    assert (set(client.cookies), dict(client.session)) == ({"csrftoken"}, {})


def test_without_a_way_back_or_a_name_it_says_so_and_keeps_the_words(published):
    answer = Client().post(ASK, typed(called="", phone=""))
    text = answer.content.decode()
    assert (answer.status_code, Referral.objects.count()) == (422, 0)
    assert ("Someone to talk to" in text, "Write a phone number" in text) == (True, True)


def test_what_fills_in_every_field_by_itself_is_asked_to_look_again(published):
    answer = Client().post(ASK, typed(website="https://spam.example/"))
    assert (answer.status_code, Participant.objects.count()) == (422, 0)
    assert "leave this field empty" in answer.content.decode()


def test_too_many_from_one_place_are_told_to_call(published, agency):
    agency.phone = "715 555 0100"
    agency.save()
    answers = [Client().post(ASK, typed()) for _one in range(11)]
    assert ([a.status_code for a in answers].count(200), answers[-1].status_code) == (10, 429)
    assert {"715 555 0100", "Someone to talk to"} == {
        w for w in ("715 555 0100", "Someone to talk to") if w in answers[-1].content.decode()
    }


@pytest.mark.practice("PSP-5")
def test_on_a_busy_day_nobody_is_turned_away(published, agency, signed_in, settings):
    settings.LIMITS = {**settings.LIMITS, "ask-straight": "2/d/key"}
    agency.phone = "715 555 0100"
    agency.save()
    said = [typed(called=f"Bo {number}") for number in range(4)]
    answers = [Client().post(ASK, one, REMOTE_ADDR=f"10.0.0.{n}") for n, one in enumerate(said)]
    answers.append(Client().post(ASK, said[-1], REMOTE_ADDR="10.0.0.9"))
    words = [answer.content.decode() for answer in answers]
    assert [answer.status_code for answer in answers] == [200] * 5
    assert ["Many people wrote to us" in text for text in words] == [False] * 2 + [True] * 3
    assert ["715 555 0100" in text for text in words] == [True] * 5
    assert (Referral.objects.count(), Participant.objects.count()) == (2, 2)
    lead = signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))
    assert "2 more asked" in lead.get(reverse("web:referrals")).content.decode()
    text = lead.get(reverse("web:asks")).content.decode()
    assert [name in text for name in ("Bo 1", "Bo 2", "Bo 3")] == [False, True, True]


@pytest.fixture
def apart(agency):
    """Two who wait for a look."""
    stranger = queries.stranger(agency)
    for number in (1, 2):
        words = asking.AskedWords(f"Bo {number}", phone="1")
        ask_apart(uuid4(), words, by=stranger, at=NOW + timedelta(minutes=number))
    return list(AskedApart.objects.order_by("asked_at"))


@pytest.mark.practice("PSP-5")
def test_who_waits_apart_is_taken_to_the_desk_or_put_away(apart, agency, signed_in):
    lead, (one, other) = signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR])), apart

    def post(name, row=None, **body):
        return lead.post(reverse(f"web:{name}", args=[row.pk] if row else []), body)

    assert post("ask_in", one).url == reverse("web:referral", args=[one.pk])
    referral = Referral.objects.get(pk=one.pk)
    assert (referral.participant.name, referral.entered_at) == ("Bo 1", one.asked_at)
    assert post("ask_in", one).status_code == 404
    for _click in range(2):
        assert post("asks_away", ask=[str(other.pk), "x"]).status_code == 302
    assert post("ask_in", other).url == reverse("web:asks")
    assert [post("ask_back", other).status_code for _click in range(2)] == [302, 302]
    assert AskedApart.objects.get().put_away_at is None


def test_what_was_put_away_goes_after_a_while(apart, actor):
    desk, ids = actor(Role.COORDINATOR), [row.pk for row in apart]
    put_asks_away(ids[:1], by=desk, at=NOW)
    put_asks_away(ids[1:], by=desk, at=NOW + timedelta(days=31))
    assert [row.pk for row in AskedApart.objects.all()] == ids[1:]


def test_a_flood_ends_where_nobody_could_look_at_it(published, agency, settings, monkeypatch):
    monkeypatch.setattr(asking, "MOST_APART", 1)
    settings.LIMITS = {**settings.LIMITS, "ask-straight": "1/d/key"}
    answers = [Client().post(ASK, typed()) for _one in range(3)]
    assert [answer.status_code for answer in answers] == [200, 200, 422]
    assert "Someone to talk to" in answers[-1].content.decode()
    assert (Referral.objects.count(), AskedApart.objects.count()) == (1, 1)


def test_where_the_agency_does_not_ask_there_is_no_form(published, boss):
    silent = PublicWords("We lived it.", asks=False)
    page = actions.write_public_page(silent, slug=SLUG, found=True, seen=1, by=boss, at=NOW)
    actions.publish_public_page(page.number, by=boss, at=NOW)
    assert (read(ASK), "Ask for support</a>" in read()) == ("404", False)


def test_search_engines_list_it_only_where_the_agency_wants_so(published, boss):
    def robots() -> str:
        found = re.search(r'name="robots" content="([^"]+)"', read())
        return found.group(1) if found else ""

    before = robots()
    actions.write_public_page(WORDS, slug=SLUG, found=True, seen=1, by=boss, at=NOW)
    assert (before.split(",")[0], robots().split(",")[0]) == ("noindex", "index")


def test_a_guessed_id_meets_nobody_elses_request(published, agency):
    there = Referral.objects.create(
        agency=agency, participant=ParticipantFactory(agency=agency), entered_at=NOW
    )
    assert Client().post(ASK, typed(made_id=str(there.pk))).status_code == 200
    assert Referral.objects.count() == 2


def test_a_stranger_may_ask_and_nothing_else(agency):
    assert queries.stranger(agency).permissions == {str(Permission.SUPPORT_ASK)}
    assert queries.stranger(agency).is_staff is False
