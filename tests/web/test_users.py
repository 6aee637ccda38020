"""Colleagues come in by a link, once, and what they may do follows their roles."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.models import Invitation, Letter, User
from alongside.audit.models import AuditEvent
from alongside.workforce.models import Supporter
from tests.factories import AgencyFactory, UserFactory
from tests.mailing import work
from tests.web.test_agency import queries_of

pytestmark = pytest.mark.django_db
WHOM = {"name": "Mai Her", "email": "Mai@row.example", "roles": ["supporter"]}
PASSWORD = {"password": "otter meadow lantern", "password_again": "otter meadow lantern"}


@pytest.fixture
def boss(agency):
    return UserFactory(agency=agency, name="Ana Brandt", roles=[Role.ADMINISTRATOR])


@pytest.fixture
def office(signed_in, boss) -> Client:
    return signed_in(boss)


def link_on(page) -> str:
    found = re.search(r'value="http://testserver(/invitation/[^"]+)"', page.content.decode())
    assert found
    return found[1]


def accept(link: str, **said) -> tuple[Client, object]:
    client = Client()
    return client, client.post(link, {"name": "Mai Her", **PASSWORD, **said})


def test_an_invitation_is_mailed_in_neutral_words_and_shown_once(office):
    page = office.post(reverse("web:invite"), WHOM)
    link = link_on(page)
    assert mail.outbox == []
    work()
    (letter,) = mail.outbox
    assert (letter.subject, letter.to, link in letter.body) == (
        "An invitation",
        ["mai@row.example"],
        True,
    )
    told = f"{letter.subject} {letter.body}".lower()
    banned = ["recovery", "peer", "support", "mai her", "milkweed", "substance", "treatment"]
    assert [word for word in banned if word in told] == []
    assert link not in office.get(reverse("web:colleagues")).content.decode()


def test_a_dead_mail_server_holds_no_invitation_up(office, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    page = office.post(reverse("web:invite"), WHOM)
    assert "You can hand over the link yourself" in page.content.decode()
    assert link_on(page)
    work()
    seen = office.get(reverse("web:letters")).content.decode()
    assert ("mai@row.example" in seen, "mail server could not be reached" in seen) == (True, True)


def test_a_dead_mail_server_says_nothing_about_who_is_known(boss, settings, caplog):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 1, 1
    where, told = reverse("account_reset_password"), set()
    for email in (boss.email, "nobody@row.example"):
        answer = Client().post(where, {"email": email})
        told.add((answer.status_code, answer["Location"]))
    assert len(told) == 1
    assert [email for email in (boss.email, "nobody@row") if email in caplog.text] == []


def test_what_could_not_be_sent_is_sent_again_or_put_away(office, settings):
    office.post(reverse("web:invite"), WHOM)
    letter = Letter.objects.get()
    Letter.objects.update(status="given-up", trouble="address", next_at=None)
    again, away = (reverse(f"web:letter_{name}", args=[letter.pk]) for name in ("again", "away"))
    page = office.get(reverse("web:letters")).content.decode()
    assert (again in page, away in page) == (True, True)
    office.post(again)
    office.post(again)
    work()
    assert len(mail.outbox) == 1
    page = office.post(away, follow=True).content.decode()
    assert ("This letter was sent." in page, "Every letter found its way" in page) == (True, True)


def test_who_comes_in_as_supporter_gets_a_profile_and_a_second_step(office):
    client, answer = accept(link_on(office.post(reverse("web:invite"), WHOM)))
    user = User.objects.get(email="mai@row.example")
    assert answer["Location"] == reverse("web:second_factor")
    assert client.get(reverse("web:more"))["Location"] == reverse("web:second_factor")
    assert Supporter.objects.get(user=user).name == "Mai Her"
    verbs = list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True))
    assert verbs == [
        "colleague.invited",
        "invitation.accepted",
        "user.joined",
        "supporter.added",
        "supporter.linked",
        "user.signed-in",
    ]


def test_the_row_of_the_staff_sheet_becomes_the_person(office, agency):
    row = Supporter.objects.create(agency=agency, name="Mai Her", counties=["Dunn"])
    assert "Mai Her (from the staff sheet)" in office.get(reverse("web:invite")).content.decode()
    accept(link_on(office.post(reverse("web:invite"), {**WHOM, "supporter": str(row.id)})))
    supporter = Supporter.objects.get()
    assert (supporter.id, supporter.user.email) == (row.id, "mai@row.example")
    assert "from the staff sheet" not in office.get(reverse("web:invite")).content.decode()


def test_a_row_of_another_agency_is_not_offered_or_taken(office):
    row = Supporter.objects.create(agency=AgencyFactory(), name="Mai Elsewhere")
    assert "Elsewhere" not in office.get(reverse("web:invite")).content.decode()
    answer = office.post(reverse("web:invite"), {**WHOM, "supporter": str(row.id)})
    assert (answer.status_code, Invitation.objects.count()) == (422, 0)


def test_a_link_works_once(office):
    link = link_on(office.post(reverse("web:invite"), WHOM))
    accept(link)
    client, answer = accept(link, name="Somebody Else")
    assert (answer.status_code, User.objects.filter(name="Somebody Else").count()) == (404, 0)
    over = "This link does not work any more"
    assert [over in client.get(url).content.decode() for url in ("/invitation/guess/", link)] == [
        True,
        True,
    ]


@pytest.mark.asvs("6.2.1")
@pytest.mark.parametrize(
    ("said", "words"),
    [
        pytest.param({"password": "short", "password_again": "short"}, "too short", id="short"),
        pytest.param(
            {"password": "password1234", "password_again": "password1234"},
            "too common",
            id="common",
        ),
        pytest.param({"password_again": "another meadow"}, "not the same", id="not the same"),
        pytest.param({"name": ""}, "required", id="no name"),
    ],
)
def test_a_weak_password_is_told_and_the_link_still_works(office, said, words):
    link = link_on(office.post(reverse("web:invite"), WHOM))
    _client, answer = accept(link, **said)
    assert (answer.status_code, words in answer.content.decode()) == (422, True)
    assert accept(link)[1].status_code == 302


def test_a_new_link_ends_the_old_one_and_one_taken_back_is_over(office):
    old = link_on(office.post(reverse("web:invite"), WHOM))
    invited = Invitation.objects.get()
    new = link_on(office.post(reverse("web:invitation_again", args=[invited.id])))
    assert [Client().get(link).status_code for link in (old, new)] == [404, 200]
    office.post(reverse("web:invitation_back", args=[invited.id]))
    assert Client().get(new).status_code == 404
    late = office.post(reverse("web:invitation_again", args=[invited.id]), follow=True)
    assert "taken back" in late.content.decode()


def test_a_refusal_stands_in_the_form(office):
    office.post(reverse("web:invite"), WHOM)
    answer = office.post(reverse("web:invite"), WHOM)
    assert (answer.status_code, "open invitation" in answer.content.decode()) == (422, True)


def test_roles_and_supervisor_are_changed_and_a_supporter_gets_a_profile(office, agency):
    lou = UserFactory(agency=agency, name="Lou Berg", roles=[Role.SUPERVISOR])
    rosa = UserFactory(agency=agency, name="Rosa Quaas", roles=[Role.BILLING])
    url = reverse("web:colleague", args=[rosa.id])
    office.post(url, {"roles": ["supporter"], "supervisor": str(lou.id)})
    rosa.refresh_from_db()
    assert (rosa.supervisor, Supporter.objects.get().user) == (lou, rosa)
    office.post(url, {"roles": ["supporter", "billing"], "supervisor": str(lou.id)})
    assert Supporter.objects.count() == 1


@pytest.mark.asvs("2.3.2")
def test_the_last_administrator_stays(office, boss):
    answer = office.post(reverse("web:colleague", args=[boss.id]), {"roles": ["billing"]})
    assert "Ana Brandt is the only administrator" in answer.content.decode()
    answer = office.post(reverse("web:colleague_out", args=[boss.id]), follow=True)
    assert "You cannot close your own access" in answer.content.decode()


@pytest.mark.asvs("7.4.5")
def test_access_is_closed_and_opened_again(office, signed_in, agency):
    rosa = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    client, theirs = signed_in(rosa), reverse("web:colleague", args=[rosa.id])
    assert "Close their access" in office.get(theirs).content.decode()
    page = office.post(reverse("web:colleague_out", args=[rosa.id]), follow=True)
    undo = reverse("web:colleague_in", args=[rosa.id])
    assert (undo in page.content.decode(), client.get(reverse("web:more")).status_code) == (
        True,
        302,
    )
    assert "Open their access again" in office.get(theirs).content.decode()
    office.post(undo)
    rosa.refresh_from_db()
    assert (rosa.is_active, client.get(reverse("web:more")).status_code) == (True, 302)


def test_colleagues_of_another_agency_are_absent(office):
    other = UserFactory(agency=AgencyFactory(), name="Gus Elsewhere", roles=[Role.SUPPORTER])
    answers = [
        office.get(reverse("web:colleague", args=[other.id])),
        office.post(reverse("web:colleague", args=[other.id]), {"roles": ["billing"]}),
        office.post(reverse("web:colleague_out", args=[other.id])),
        office.post(reverse("web:colleague_in", args=[other.id])),
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert "Elsewhere" not in office.get(reverse("web:colleagues")).content.decode()


@pytest.mark.parametrize("name", ["web:colleagues", "web:invite", "web:agency", "web:contracts"])
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_keeps_colleagues(signed_in, agency, role, name):
    client = signed_in(UserFactory(agency=agency, roles=[role]))
    assert client.get(reverse(name)).status_code == 404


def test_colleagues_take_the_same_queries_for_one_and_three(office, agency):
    counts = []
    for more in (1, 2):
        for n in range(more):
            lead = UserFactory(agency=agency, roles=[Role.SUPERVISOR])
            UserFactory(agency=agency, roles=[Role.SUPPORTER], supervisor=lead)
            whom = {**WHOM, "email": f"{more}{n}@row.example"}
            office.post(reverse("web:invite"), whom)
        counts.append(queries_of(office, reverse("web:colleagues")))
    assert counts[0] == counts[1]
