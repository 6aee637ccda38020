import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.practice.codes import Audience
from alongside.referrals.models import Match
from tests.factories import (
    AgencyFactory,
    AppointmentFactory,
    EncounterFactory,
    ExperienceFactory,
    ParticipantFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)
from tests.web.test_referrals import page, reads, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(agency, signed_in):
    return signed_in(UserFactory(agency=agency, roles=[Role.COORDINATOR]))


@pytest.fixture
def referral(agency):
    return ReferralFactory(
        participant__agency=agency,
        participant__name="Gia Rivera",
        status="accepted",
        asked_for="Hmong speaker; anyone but my cousin Ray",
    )


@pytest.fixture
def kai(agency):
    return SupporterFactory(agency=agency, name="Kai Berg", languages=["Hmong"])


@pytest.fixture
def asked(client, referral, kai):
    send(client, "match_propose", referral.pk, kai.pk)
    return Match.objects.get()


@pytest.fixture
def matched(client, asked):
    send(client, "match_answer", asked.pk, answer="yes", said="I would like that")
    asked.refresh_from_db()
    return asked


@pytest.mark.practice("PSP-4")
def test_suggestions_show_reasons_and_the_refusal_next_to_each(agency, client, referral, kai):
    SupporterFactory(agency=agency, name="Rosa Quaas")
    SupporterFactory(agency=agency, name="Ray Dahl")
    text = page(client, "match", referral.pk)
    assert "asked for a Hmong speaker: yes" in text
    assert text.count("asked for: anyone but my cousin Ray") == 3
    assert "One person they do not want" in text
    assert text.index("Kai Berg") < text.index("Rosa Quaas") < text.index("Ray Dahl")


@pytest.mark.practice("PSP-4")
def test_three_first_then_more(agency, client, referral):
    for i in range(5):
        SupporterFactory(agency=agency, name=f"Person{i} Q")
    text = page(client, "match", referral.pk)
    assert text.index("Person2") < text.index("2 more people") < text.index("Person3")


@pytest.mark.parametrize("count", [1, 3])
def test_suggestions_take_a_constant_number_of_queries(agency, client, referral, count):
    for supporter in SupporterFactory.create_batch(count, agency=agency):
        ExperienceFactory(supporter=supporter)
        walk_alongside(supporter, ParticipantFactory(agency=agency))
    page(client, "match", referral.pk)
    with reads(13):
        page(client, "match", referral.pk)


def test_who_has_in_fact_been_meeting_them(client, referral, kai):
    EncounterFactory.create_batch(2, participant=referral.participant, supporter=kai)
    told = {"participant": referral.participant, "supporter": kai}
    EncounterFactory(**told, kind="attempt", ending="no_answer")
    assert "They have met with Kai 2 times" in page(client, "match", referral.pk)


@pytest.mark.practice("PSP-3")
def test_what_is_kept_for_oneself_is_in_no_suggestion(agency, client, referral, kai):
    ExperienceFactory(
        supporter=kai, kind="trauma", words="CANARY-words", audience=Audience.NOBODY.value
    )
    type(kai).objects.filter(pk=kai.pk).update(
        bio="CANARY-bio",
        strengths="CANARY-strengths",
        gender_words="CANARY-gender",
        gender_audience=Audience.NOBODY.value,
    )
    for name, args in [
        ("match", [referral.pk]),
        ("supporters", []),
        ("supporter", [kai.pk]),
        ("referral", [referral.pk]),
    ]:
        text = page(client, name, *args)
        assert "CANARY" not in text
        assert "Trauma" not in text


@pytest.mark.practice("PSP-4")
def test_the_participants_words_decide(client, referral, asked):
    text = send(client, "match_answer", asked.pk, answer="yes", said=" ", status=422)
    assert "Please look at this again" in text.content.decode()
    asked.refresh_from_db()
    assert asked.status == "proposed"
    send(client, "match_answer", asked.pk, answer="thinking", said="Let me think")
    assert "Let me think" in page(client, "match", referral.pk)
    send(client, "match_answer", asked.pk, answer="no", said="We went to school")
    text = page(client, "match", referral.pk)
    assert "We went to school" in text
    assert "Not this person" in text
    send(client, "match_answer", asked.pk, answer="nonsense", said="x", status=404)


RECOVERY_WORDS = ("recover", "peer", "sober", "treatment", "court", "substance", "support")


@pytest.mark.practice("PSP-4")
def test_words_to_tell_are_neutral(client, referral, matched, agency):
    text = page(client, "match", referral.pk)
    told = text.split('id="to-participant"', 1)[1].split("</textarea>")[0].split(">", 1)[1]
    sent = text.split('id="to-supporter"', 1)[1].split("</p>")[0].split(">", 1)[1]
    for words in (told, sent):
        assert [w for w in (*RECOVERY_WORDS, agency.name.lower()) if w in words.lower()] == []
    assert ("Kai" in told, "Gia" in sent) == (True, False)


def test_both_are_told(client, referral, matched):
    send(client, "match_told", matched.pk, who="participant", words="Kai will call")
    send(client, "match_told", matched.pk, who="supporter")
    send(client, "match_told", matched.pk, who="nobody", status=404)
    matched.refresh_from_db()
    assert matched.participant_told == "Kai will call"
    assert None not in (matched.participant_told_at, matched.supporter_told_at)


def test_undo_takes_the_match_back(client, referral, matched):
    assert reverse("web:match_take_back", args=[matched.pk]) in page(client, "match", referral.pk)
    send(client, "match_take_back", matched.pk)
    matched.refresh_from_db()
    assert matched.status == "taken-back"
    assert "Ask about Kai" in page(client, "match", referral.pk)
    send(client, "match_take_back", matched.pk)


@pytest.mark.practice("PSP-4")
def test_rematch_the_old_supporter_is_shut_out_at_once(
    agency, client, signed_in, referral, kai, matched
):
    theirs = signed_in(kai.user)
    person = [referral.participant_id]
    assert theirs.get(reverse("web:participant", args=person)).status_code == 200
    page(client, "match_end", matched.pk)
    send(client, "match_end", matched.pk, status=422)
    send(client, "match_end", matched.pk, reason="Nights now", hand_off="Likes mornings")
    assert theirs.get(reverse("web:participant", args=person)).status_code == 404
    rosa = SupporterFactory(agency=agency, name="Rosa Quaas")
    send(client, "match_propose", referral.pk, rosa.pk)
    second = Match.objects.get(supporter=rosa)
    send(client, "match_answer", second.pk, answer="yes", said="Fine")
    second.refresh_from_db()
    matched.refresh_from_db()
    assert second.episode_id == matched.episode_id
    text = page(client, "match", referral.pk)
    assert "Likes mornings" in text
    assert "I would like that" in text


def test_with_a_match_the_meetings_of_the_two_are_called_off(client, referral, kai, matched):
    planned = AppointmentFactory(participant=referral.participant, supporter=kai)
    assert "1 meeting is still planned" in page(client, "match_end", matched.pk)
    send(client, "match_end", matched.pk, status=422)
    planned.refresh_from_db()
    assert planned.status == "planned"
    send(client, "match_end", matched.pk, reason="Nights now")
    planned.refresh_from_db()
    assert (planned.status, planned.status_words) == (
        "cancelled",
        "The two no longer walk together.",
    )


def test_a_second_question_waits(agency, client, referral, asked):
    other = SupporterFactory(agency=agency)
    send(client, "match_propose", referral.pk, other.pk)
    assert "Keep first what they said" in page(client, "match", referral.pk)
    assert Match.objects.count() == 1


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR])
def test_to_others_matching_is_absent(agency, signed_in, referral, asked, role):
    client = signed_in(UserFactory(agency=agency, roles=[role]))
    page(client, "match", referral.pk, status=404)
    page(client, "match_end", asked.pk, status=404)
    send(client, "match_answer", asked.pk, answer="yes", said="x", status=404)
    send(client, "match_take_back", asked.pk, status=404)


def test_another_agency_gets_404(signed_in, referral, asked, kai):
    client = signed_in(UserFactory(agency=AgencyFactory(), roles=[Role.COORDINATOR]))
    page(client, "match", referral.pk, status=404)
    send(client, "match_propose", referral.pk, kai.pk, status=404)
    for name in ("match_answer", "match_end", "match_take_back", "match_told"):
        send(client, name, asked.pk, answer="yes", said="x", who="supporter", status=404)
