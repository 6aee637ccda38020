"""The pages about consent: written a question a page, read together, signed, taken back."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant
from alongside.consents.actions import revoke_consent
from alongside.consents.codes import RevokedHow
from alongside.consents.models import Consent, ConsentRecipient
from alongside.consents.rules import Revoking
from alongside.core.clock import local_date
from alongside.practice.consents import ConsentKind, in_full
from tests.consents.made import a_consent
from tests.factories import CareTeamMember, ReferralFactory, UserFactory
from tests.files.samples import pdf, png
from tests.papers.reading import opened, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(pair, signed_in):
    return signed_in(pair.supporter.user)


@pytest.fixture
def at(pair):
    def address(route: str, consent: object = None, **more: object) -> str:
        ids = {"participant_id": pair.participant.pk, **more}
        return reverse(f"web:{route}", kwargs=ids | ({"consent_id": consent} if consent else {}))

    return address


def words(response) -> str:
    return " ".join(response.content.decode().split())


def send(client, address: str, **fields: object):
    """What a form on the page would send: its own fields with these ones in them."""
    return client.post(address, fields)


def revision() -> int:
    return Consent.objects.get().revision


@pytest.fixture
def written(client, at, pair):
    """A draft that lacks nothing but its signature, written page by page."""
    referral = ReferralFactory(participant=pair.participant)
    wanted = uuid4()
    send(client, at("consent_new"), consent_id=wanted, kind="general")
    people = [f"referrer:{referral.referrer_id}"]
    send(client, at("consent_people", wanted), revision=0, people=people)
    kinds = ["attendance", "required"]
    send(client, at("consent_what", wanted), revision=revision(), categories=kinds)
    send(client, at("consent_why", wanted), revision=revision(), purpose="court_or_county")
    last = (timezone.localdate() + timedelta(days=90)).isoformat()
    send(client, at("consent_until", wanted), revision=revision(), ends="date", ends_on=last)
    return Consent.objects.get()


def seen(client, at, consent) -> str:
    page = client.get(at("consent", consent.pk))
    return str(page.context["one"].text.hash)


def sign(client, at, consent, **changed: object):
    fields = {"read": "on", "name": "Gia Rivera", "signer": "participant"}
    fields["seen"] = seen(client, at, consent)
    return client.post(at("consent_sign", consent.pk), fields | changed)


@pytest.mark.practice("PSP-6")
def test_written_a_question_a_page_and_signed_on_the_phone(client, at, written):
    page = client.get(at("consent", written.pk))
    assert "Read it together" in words(page)
    assert "Pat Olsen" in words(page)
    answer = sign(client, at, written)
    assert answer.status_code == 302
    kept = Consent.objects.get()
    assert (kept.status, kept.signer_name, kept.categories, kept.version) == (
        "signed",
        "Gia Rivera",
        ["attendance", "required"],
        "2024-1",
    )
    assert ConsentRecipient.objects.get().referrer_id is not None
    listed = words(client.get(at("consents")))
    assert "Holds until" in listed
    assert "1 consent holds" in words(client.get(at("participant")))


def test_each_page_leads_to_what_is_still_left_to_say(client, at):
    wanted = uuid4()
    first = send(client, at("consent_new"), consent_id=wanted, kind="general")
    assert first.url == at("consent_people", wanted)
    after = send(client, at("consent_people", wanted), revision=0, name="Dr. Vang")
    assert after.url == at("consent_what", wanted)
    page = client.get(at("consent", wanted))
    assert "Still to say:" in words(page)
    assert [refusal.code for refusal in page.context["one"].left] == [
        "information",
        "purpose",
        "end",
    ]
    assert page.context["form"] is None


@pytest.mark.practice("PSP-6")
def test_whoever_picks_criminal_justice_for_chips_is_told_which_one_is_right(client, at):
    answer = send(
        client,
        at("consent_new"),
        consent_id=uuid4(),
        kind="criminal_justice",
        answer_criminal_justice="chips",
    )
    assert answer.status_code == 422
    assert "CHIPS is not a criminal case" in words(answer)
    assert answer.context["instead"].code == "general"
    assert Consent.objects.count() == 0
    no_answer = send(client, at("consent_new"), consent_id=uuid4(), kind="criminal_justice")
    assert "Answer the question first" in words(no_answer)


def test_peer_notes_are_said_not_to_be_counseling_notes(client, at):
    answer = send(
        client,
        at("consent_new"),
        consent_id=uuid4(),
        kind="counseling_notes",
        answer_counseling_notes="peer",
    )
    assert answer.status_code == 422
    assert "Peer notes are normally not counseling notes" in words(answer)


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        pytest.param({"name": ""}, "Write your name here", id="no name"),
        pytest.param({"read": ""}, "Read it first", id="not read"),
        pytest.param({"seen": "0" * 64}, "The text has changed", id="a text that moved on"),
        pytest.param(
            {"signer": "authorized"}, "Say how they may sign", id="for another, unsaid how"
        ),
    ],
)
def test_what_is_not_signed_stays_typed_with_one_sentence(client, at, written, changed, sentence):
    answer = sign(client, at, written, **changed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert Consent.objects.get().status == "draft"
    if "name" not in changed:
        assert 'value="Gia Rivera"' in words(answer)


def test_a_text_that_moved_on_is_read_again_and_then_signed(client, at, written):
    shown = seen(client, at, written)
    send(client, at("consent_what", written.pk), revision=revision(), categories=["notes"])
    answer = sign(client, at, written, seen=shown)
    assert "The text has changed since it was shown" in words(answer)
    assert sign(client, at, written).status_code == 302


def test_a_recipient_nobody_knows(client, at):
    wanted = uuid4()
    send(client, at("consent_new"), consent_id=wanted, kind="general")
    answer = send(
        client, at("consent_people", wanted), revision=0, people=[f"referrer:{uuid4()}"], name="Al"
    )
    assert answer.status_code == 422
    assert "is not known here" in words(answer)
    assert 'value="Al"' in words(answer)
    nobody = send(client, at("consent_people", wanted), revision=0)
    assert "Say who may hear it" in words(nobody)
    assert ConsentRecipient.objects.count() == 0


def test_people_of_the_care_team_are_offered_but_not_our_own_supporters(client, at, pair):
    CareTeamMember.objects.create(
        agency=pair.participant.agency, participant=pair.participant, name="Ann", role="family"
    )
    wanted = uuid4()
    send(client, at("consent_new"), consent_id=wanted, kind="general")
    form = client.get(at("consent_people", wanted)).context["form"]
    assert [str(name) for _key, name in form.fields["people"].choices] == ["Ann"]


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        pytest.param(b"", "nothing in this file", id="empty"),
        pytest.param(b"Dear Sir", "not a PDF, a JPEG or a PNG", id="a letter"),
        pytest.param(png()[:200], "cannot be opened", id="half a picture"),
        pytest.param(None, "Add a photo or a scan", id="no file"),
    ],
)
def test_a_scan_that_is_none(client, at, written, file, sentence):
    page = client.get(at("consent_print", written.pk))
    fields = {"on": timezone.localdate().isoformat(), "name": "Gia Rivera"}
    fields |= {"signer": "participant", "foot": page.context["foot"]}
    if file is not None:
        fields["file"] = SimpleUploadedFile("scan.png", file)
    answer = client.post(at("consent_paper", written.pk), fields)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert Consent.objects.get().status == "draft"


def test_signed_on_paper_kept_as_a_scan_and_handed_out(client, at, pair, written):
    foot = client.get(at("consent_print", written.pk)).context["foot"]
    on = local_date(timezone.now(), pair.actor.time_zone)
    fields = {"on": on.isoformat(), "name": "Gia Rivera", "signer": "participant", "foot": foot}
    file = SimpleUploadedFile("scan.pdf", pdf())
    answer = client.post(at("consent_paper", written.pk), fields | {"file": file})
    assert answer.status_code == 302
    kept = Consent.objects.get()
    assert (kept.status, kept.how, kept.paper.kind) == ("signed", "paper", "pdf")
    scan = client.get(at("consent_scan", written.pk))
    assert scan["Content-Disposition"] == 'attachment; filename="consent.pdf"'
    assert foot in words(client.get(at("consent_print", written.pk)))


def test_a_day_that_has_not_come(client, at, written):
    later = (timezone.localdate() + timedelta(days=3)).isoformat()
    fields = {"on": later, "name": "Gia", "signer": "participant", "foot": "x"}
    file = SimpleUploadedFile("scan.png", png())
    answer = client.post(at("consent_paper", written.pk), fields | {"file": file})
    assert "This day has not come yet" in words(answer)


@pytest.mark.practice("PSP-6")
def test_taken_back_for_one_and_then_as_a_whole(client, at, pair):
    row = a_consent(pair.participant)
    other = ConsentRecipient.objects.create(
        agency=pair.participant.agency, consent=row.consent, name="Dr. Vang"
    )
    address = at("consent_revoke", row.consent_id)
    day = local_date(timezone.now(), pair.actor.time_zone).isoformat()
    said = {"how": "aloud", "on": day, "words": "Not him."}
    assert client.post(address, said | {"whom": str(other.pk)}).status_code == 302
    assert "Taken back for Dr. Vang" in words(client.get(at("consent", row.consent_id)))
    assert client.post(address, said | {"whom": ""}).status_code == 302
    assert Consent.objects.get().status == "revoked"
    twice = client.post(address, said)
    assert twice.status_code == 422
    assert "already taken back" in words(twice)
    assert "Taken back on" in words(client.get(at("consents")))


def test_an_event_ends_it_with_an_undo(client, at, pair):
    row = a_consent(
        pair.participant, ends="event", ends_on=None, ends_event="My CHIPS case is closed"
    )
    day = local_date(timezone.now(), pair.actor.time_zone).isoformat()
    assert client.post(at("consent_end", row.consent_id), {"on": day}).status_code == 302
    assert Consent.objects.get().status == "ended"
    client.post(at("consent_end_back", row.consent_id))
    assert Consent.objects.get().status == "signed"
    page = words(client.get(at("consent", row.consent_id)))
    assert ("It happened on" in page, "took that back on" in page) == (True, True)


def test_a_mistake_counts_for_nothing_and_a_new_one_begins_like_it(client, at, pair):
    row = a_consent(pair.participant)
    assert client.post(at("consent_mistake", row.consent_id), {}).status_code == 422
    client.post(at("consent_mistake", row.consent_id), {"reason": "Another Gia"})
    assert "Written by mistake" in words(client.get(at("consents")))
    wanted = uuid4()
    for _click in range(3):
        client.post(at("consent_again", row.consent_id), {"consent_id": wanted})
    assert Consent.objects.get(pk=wanted).recipients.count() == 1
    assert Consent.objects.count() == 2


def test_what_was_no_mistake_counts_again_and_both_words_stay(client, at, pair):
    row = a_consent(pair.participant)
    back = at("consent_mistake_back", row.consent_id)
    assert client.get(back).status_code == 302
    client.post(at("consent_mistake", row.consent_id), {"reason": "Another Gia"})
    assert back in client.get(at("consent", row.consent_id)).content.decode()
    assert client.post(back, {"reason": " "}).status_code == 422
    assert client.post(back, {"reason": "It is hers"}, follow=True).status_code == 200
    assert Consent.objects.get().status == "signed"
    page = words(client.get(at("consent", row.consent_id)))
    assert ("a mistake: Another Gia" in page, "after all: It is hers" in page) == (True, True)


def test_a_draft_is_put_away_and_comes_back(client, at, written):
    client.post(at("consent_put_away", written.pk))
    assert "put away" in words(client.get(at("consents")))
    assert client.get(at("consent", written.pk)).status_code == 200
    client.post(at("consent_take_up", written.pk))
    assert Consent.objects.get().status == "draft"


def test_words_of_a_draft_survive_a_locked_phone(client, at, written, pair):
    key = f"consent-what-{written.pk}"
    address = reverse("web:form_draft", args=[pair.participant.pk, key])
    typed = {"categories": ["attendance", "goals"], "information": "Only October"}
    assert client.post(address, typed).status_code == 200
    form = client.get(at("consent_what", written.pk)).context["form"]
    assert (form["categories"].value(), form["information"].value()) == (
        ["attendance", "goals"],
        "Only October",
    )


def test_of_two_writers_one_is_asked_to_look_again(client, at, written):
    fields = {"revision": 0, "categories": ["notes"]}
    answer = client.post(at("consent_what", written.pk), fields)
    assert answer.status_code == 422
    assert "Someone else wrote on this draft meanwhile" in words(answer)
    again = {"revision": answer.context["form"].data["revision"], "categories": ["notes"]}
    assert client.post(at("consent_what", written.pk), again).status_code == 302


def test_who_reads_is_offered_nothing_to_write(pair, signed_in, at, written):
    """A supervisor sees consents of the team, and writes none."""
    boss = UserFactory(agency=pair.participant.agency, roles=[Role.SUPERVISOR])
    pair.supporter.user.supervisor = boss
    pair.supporter.user.save()
    reader = signed_in(boss)
    page = reader.get(at("consent", written.pk))
    assert page.status_code == 200
    assert at("consent_sign", written.pk) not in words(page)
    assert reader.get(at("consent_new")).status_code == 404


@pytest.mark.parametrize("many", [1, 3])
def test_the_list_costs_the_same_for_one_and_for_three(
    client, at, pair, many, django_assert_max_num_queries
):
    for _one in range(many):
        a_consent(pair.participant)
    client.get(at("consents"))
    with django_assert_max_num_queries(13):
        client.get(at("consents"))


def test_a_privacy_officer_writes_one_too(pair, signed_in, at):
    officer = UserFactory(agency=pair.participant.agency)
    RoleGrant.objects.create(
        user=officer, agency=pair.participant.agency, role=Role.PRIVACY_OFFICER
    )
    client = signed_in(officer)
    made = client.post(at("consent_new"), {"consent_id": uuid4(), "kind": "tpo"})
    assert made.status_code == 302
    assert Consent.objects.get().kind == ConsentKind.TPO
    known = client.get(made.url).context["form"].initial
    assert known["people"] == ["class"]


def test_the_copy_as_a_tagged_pdf(client, at, pair, written):
    """To sign by hand, and then the copy to take along; no name in its title."""
    blank = client.get(at("consent_pdf", written.pk))
    assert blank["Content-Disposition"] == 'attachment; filename="consent.pdf"'
    foot = client.get(at("consent_print", written.pk)).context["foot"]
    assert foot in words_of(blank.content)
    sign(client, at, written)
    copy = client.get(at("consent_pdf", written.pk)).content
    said = "".join(words_of(copy).split())
    for words_in_it in ("Pat Olsen", "The days we met", "I can take this back", "Gia Rivera"):
        assert "".join(words_in_it.split()) in said
    with opened(copy) as document:
        assert str(document.docinfo["/Title"]) == "Consent"
    first = ConsentRecipient.objects.get()
    ConsentRecipient.objects.create(agency=first.agency, consent=first.consent, name="Judge Amund")
    first.consent.refresh_from_db()
    revoke_consent(
        written.pk,
        Revoking(RevokedHow.ALOUD),
        by=pair.actor,
        at=timezone.now(),
        recipient_id=first.pk,
    )
    gone = (
        f"Taken back for Pat Olsen on {in_full(local_date(timezone.now(), pair.actor.time_zone))}."
    )
    copy = client.get(at("consent_pdf", written.pk)).content
    assert "".join(gone.split()) in "".join("".join(words_of(copy)).split())
    assert "Taken back for Pat Olsen on" in words(client.get(at("consent_print", written.pk)))


@pytest.fixture
def in_spanish(pair, client, at):
    """Gia reads Spanish: whoever begins a consent has nothing more to choose."""
    pair.participant.language = "Español"
    pair.participant.save()
    form = client.get(at("consent_new")).context["form"]
    assert form["language"].value() == "es"
    wanted = uuid4()
    send(client, at("consent_new"), consent_id=wanted, kind="general")
    return wanted


@pytest.mark.practice("PSP-6")
def test_in_spanish_from_the_first_question_to_the_copy_and_for_good(client, at, in_spanish, pair):
    wanted = in_spanish
    left = client.get(at("consent", wanted)).content.decode()
    assert "Say what it is for." in left
    assert '<span class="soft" lang="es">Diga para qué es.</span>' in left
    send(client, at("consent_people", wanted), revision=0, name="Pat Olsen")
    send(client, at("consent_what", wanted), revision=revision(), categories=["attendance"])
    send(client, at("consent_why", wanted), revision=revision(), purpose="court_or_county")
    last = {"ends": "date", "ends_on": "2030-02-01"}
    send(client, at("consent_until", wanted), revision=revision(), **last)
    draft = Consent.objects.get()
    page = words(client.get(at("consent", wanted)))
    title = "Para leer con su persona de apoyo"
    for said in ('<html lang="es"', title, "Los días en que nos vimos", "Firmar"):
        assert said in page
    assert "Hasta el 1 de febrero de 2030." in page
    for english in ("The days we met", '<dt lang="en">What may be told</dt>'):  # to read beside it
        assert english in page
    refused = words(sign(client, at, draft, name=""))
    assert "Escriba aquí su nombre. Así firma." in refused
    moved = words(sign(client, at, draft, seen="another"))
    assert "El texto cambió desde que se mostró." in moved
    assert sign(client, at, draft).status_code == 302
    # The phone is still in their hand.
    thanks = '<span lang="es">Firmado. Vale desde ahora. Recibe una copia.</span>'
    assert thanks in client.get(at("consent", draft.pk)).content.decode()
    kept = Consent.objects.get()
    assert (kept.status, kept.language, kept.text["language"]) == ("signed", "es", "es")
    pair.participant.language = "English"
    pair.participant.save()
    for route in ("consent", "consent_print"):
        assert "Los días en que nos vimos" in words(client.get(at(route, kept.pk)))
    paper = client.get(at("consent_pdf", kept.pk)).content
    said = "".join(words_of(paper)).replace(" ", "")
    assert ("Losdíasenquenosvimos" in said, "Thedayswemet" in said) == (True, False)
    with opened(paper) as document:
        assert str(document.Root.Lang) == "es"
    client.post(at("consent_again", kept.pk), {"consent_id": uuid4()})
    assert set(Consent.objects.values_list("language", flat=True)) == {"es"}


def test_a_draft_changes_its_language_until_it_is_signed_and_never_after(client, at, written):
    def to(language: str, **more: object):
        fields = {"language": language, "revision": revision()} | more
        return client.post(at("consent_language", written.pk), fields, follow=True)

    english = seen(client, at, written)
    assert "Para leer con su persona de apoyo" in words(to("es"))
    to("en", revision=0)
    assert Consent.objects.get().language == "es"
    to("fr")
    to("en", revision="x")
    assert Consent.objects.get().language == "es"
    to("en")
    assert seen(client, at, written) == english
    sign(client, at, written)
    to("es")
    kept = Consent.objects.get()
    assert (kept.language, kept.text_hash) == ("en", english)
