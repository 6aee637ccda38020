from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from alongside.accounts.codes import Permission, Role
from alongside.accounts.queries import actor_for
from alongside.audit.models import AuditEvent
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.core.refusal import Refused
from alongside.practice.codes import (
    Audience,
    CredentialKind,
    CredentialStanding,
    LivedExperience,
)
from alongside.workforce import actions, queries, rules
from alongside.workforce.actions import supporters
from alongside.workforce.models import Credential, Supporter
from alongside.workforce.rules import NewCredential, NewSupporter, ProfileWords
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    CredentialFactory,
    ExperienceFactory,
    SupporterFactory,
    UserFactory,
)

MANAGER = Actor(new_id(), new_id(), frozenset({Permission.SUPPORTER_WRITE}))
OTHER = Actor(new_id(), new_id())


@pytest.mark.parametrize(
    ("actor", "user_id", "code"),
    [
        pytest.param(OTHER, OTHER.id, None, id="own story"),
        pytest.param(MANAGER, OTHER.id, "not-your-story", id="not even a manager"),
        pytest.param(OTHER, None, "not-your-story", id="a profile of nobody yet"),
    ],
)
@pytest.mark.practice("PSP-3")
def test_why_not_tell(actor, user_id, code):
    refusal = rules.why_not_tell(actor, user_id=user_id)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("credential", "actor", "code"),
    [
        pytest.param({"certified_on": TODAY}, MANAGER, None, id="certified today"),
        pytest.param({}, OTHER, "not-yours-to-manage", id="not for everyone"),
        pytest.param(
            {"certified_on": TODAY, "expires_on": TODAY - timedelta(1)},
            MANAGER,
            "ends-before-it-begins",
            id="turned around",
        ),
        pytest.param({"certified_on": TODAY + timedelta(1)}, MANAGER, "not-yet", id="tomorrow"),
        pytest.param({"certified_on": TODAY, "in_training": True}, MANAGER, "both", id="both"),
    ],
)
def test_why_not_keep(credential, actor, code):
    new = NewCredential(CredentialKind.CPS, **credential)
    refusal = rules.why_not_keep(actor, new, today=TODAY)
    assert (refusal and refusal.code) == code


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        pytest.param("English / Hmong, Spanish", ("English", "Hmong", "Spanish"), id="any sign"),
        pytest.param(" Dunn,,Dunn ", ("Dunn",), id="each once"),
        pytest.param("", (), id="nothing"),
    ],
)
def test_listed(text, parts):
    assert rules.listed(text) == parts


@pytest.fixture
def story(agency):
    """A supporter with one part for each audience."""
    supporter = SupporterFactory(
        agency=agency,
        bio="bio-of-nobody",
        bio_audience=Audience.NOBODY.value,
        strengths="strengths-for-participants",
        strengths_audience=Audience.PARTICIPANTS.value,
        gender_words="gender-of-nobody",
        gender_audience=Audience.NOBODY.value,
    )
    for kind, audience in zip(LivedExperience, Audience, strict=False):
        ExperienceFactory(
            supporter=supporter, kind=kind.value, words=f"told-{audience}", audience=audience.value
        )
    return supporter


@pytest.mark.django_db
@pytest.mark.practice("PSP-3")
@pytest.mark.parametrize("role", [Role.SUPPORTER, Role.COORDINATOR, Role.ADMINISTRATOR])
def test_what_is_kept_for_oneself_is_in_no_profile_for_others(story, actor, role):
    seen = queries.profile(actor(role), supporter_id=story.pk, on=TODAY)
    assert (seen.bio, seen.gender_words, seen.strengths) == ("", "", "strengths-for-participants")
    assert [e.words for e in seen.experiences] == ["told-public", "told-participants", "told-staff"]
    assert "nobody" not in repr(seen)
    own = queries.profile(actor_for(story.user), supporter_id=story.pk, on=TODAY)
    assert (own.bio, len(own.experiences)) == ("bio-of-nobody", 4)


@pytest.mark.django_db
@pytest.mark.parametrize("count", [1, 3])
def test_profiles_take_three_queries(agency, actor, count, django_assert_num_queries):
    viewer = actor(Role.COORDINATOR)
    for supporter in SupporterFactory.create_batch(count, agency=agency):
        ExperienceFactory(supporter=supporter)
        CredentialFactory(supporter=supporter)
    with django_assert_num_queries(3):
        found = queries.profiles(viewer, on=TODAY)
    assert [p.standing.standing for p in found] == [CredentialStanding.CERTIFIED] * count


@pytest.mark.django_db
def test_supporters_are_seen_inside_the_agency_only(agency, actor):
    mine = SupporterFactory(agency=agency)
    SupporterFactory(agency=AgencyFactory())
    SupporterFactory(agency=agency, voided_at=NOW)
    assert list(queries.supporters_visible_to(actor(Role.COORDINATOR))) == [mine]
    assert list(queries.supporters_visible_to(actor(Role.BILLING))) == []


@pytest.mark.django_db
@pytest.mark.practice("PSP-3")
def test_the_supporter_alone_changes_the_story(agency, actor):
    supporter = SupporterFactory(agency=agency)
    me = actor_for(supporter.user)
    words = ProfileWords(
        languages=("English", "Hmong"), bio="I like to fish", bio_audience=Audience.PUBLIC
    )
    told = {LivedExperience.TRAUMA: ("long ago", Audience.NOBODY)}
    actions.change_profile(supporter.pk, words, by=me, at=NOW, story=told)
    actions.set_experience(
        supporter.pk,
        LivedExperience.TRAUMA,
        words="long ago",
        audience=Audience.STAFF,
        by=me,
        at=NOW,
    )
    seen = queries.profile(actor(Role.COORDINATOR), supporter_id=supporter.pk, on=TODAY)
    assert (seen.bio, seen.languages) == ("I like to fish", ("English", "Hmong"))
    assert [(e.kind, e.words) for e in seen.experiences] == [(LivedExperience.TRAUMA, "long ago")]
    for other in (actor(Role.COORDINATOR), actor(Role.ADMINISTRATOR)):
        with pytest.raises(Refused, match="Only the supporter"):
            actions.change_profile(supporter.pk, words, by=other, at=NOW)


@pytest.mark.django_db
def test_add_change_and_link(agency, actor):
    by = actor(Role.ADMINISTRATOR)
    supporter = actions.add_supporter(
        NewSupporter("Mai  Her", counties=("Barron",), languages=("English",)), by=by, at=NOW
    )
    assert supporter.name == "Mai Her"
    user = UserFactory(agency=agency, roles=[Role.SUPPORTER])
    actions.link_user(supporter.pk, user_id=user.pk, by=by, at=NOW)
    new = NewSupporter("Mai Her", counties=("Polk",), languages=("Klingon",), caseload_size=9)
    changed = actions.change_supporter(supporter.pk, new, by=by, at=NOW)
    assert (changed.counties, changed.languages, changed.caseload_size) == (
        ["Polk"],
        ["English"],
        9,
    )
    with pytest.raises(Refused, match="already belongs"):
        actions.link_user(supporter.pk, user_id=user.pk, by=by, at=NOW)
    second = SupporterFactory(agency=agency, user=None)
    with pytest.raises(Refused, match="already has a profile"):
        actions.link_user(second.pk, user_id=user.pk, by=by, at=NOW)
    assert actions.set_room(second.pk, caseload_size=3, by=by, at=NOW).caseload_size == 3


@pytest.mark.django_db
def test_nobody_of_another_agency_can_be_linked(agency, actor):
    supporter = SupporterFactory(agency=agency, user=None)
    stranger = UserFactory(agency=AgencyFactory())
    with pytest.raises(type(stranger).DoesNotExist):
        actions.link_user(supporter.pk, user_id=stranger.pk, by=actor(Role.ADMINISTRATOR), at=NOW)


@pytest.mark.django_db
@pytest.mark.practice("PEER-1")
def test_credentials_are_corrected_forward(agency, actor):
    by = actor(Role.COORDINATOR)
    supporter = SupporterFactory(agency=agency)
    new = NewCredential(
        CredentialKind.CPS, certified_on=date(2025, 7, 8), expires_on=date(2026, 7, 8)
    )
    first = actions.add_credential(supporter.pk, new, by=by, at=NOW)
    lapsed = queries.standing(by, supporter_id=supporter.pk, on=TODAY)
    assert lapsed.standing is CredentialStanding.LAPSED
    right = NewCredential(
        CredentialKind.CPS, certified_on=date(2025, 7, 8), expires_on=date(2027, 7, 8)
    )
    second = actions.correct_credential(first.pk, right, by=by, at=NOW)
    now = queries.standing(by, supporter_id=supporter.pk, on=TODAY)
    assert now.standing is CredentialStanding.CERTIFIED
    assert list(queries.voided_credentials_of(by, supporter_id=supporter.pk)) == [first]
    actions.void_credential(second.pk, by=by, at=NOW)
    assert queries.credential_facts(by, supporter_id=supporter.pk) == ()
    actions.restore_credential(second.pk, by=by, at=NOW)
    assert list(queries.credentials_of(by, supporter_id=supporter.pk)) == [second]
    assert list(AuditEvent.objects.order_by("seq").values_list("verb", flat=True)) == [
        "credential.added",
        "credential.corrected",
        "credential.voided",
        "credential.restored",
    ]


@pytest.mark.django_db
def test_a_supporter_does_not_enter_the_own_certificate(agency):
    supporter = SupporterFactory(agency=agency)
    with pytest.raises(Refused, match="coordinator or administrator"):
        actions.add_credential(
            supporter.pk,
            NewCredential(CredentialKind.CPS),
            by=actor_for(supporter.user),
            at=NOW,
        )
    assert Credential.objects.count() == 0


@pytest.mark.django_db
def test_failed_audit_leaves_the_profile_as_it_was(agency, monkeypatch):
    supporter = SupporterFactory(agency=agency)
    monkeypatch.setattr(supporters, "record", lambda **kw: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        actions.change_profile(
            supporter.pk, ProfileWords(bio="new"), by=actor_for(supporter.user), at=NOW
        )
    assert Supporter.objects.get().bio == ""


@pytest.mark.django_db
def test_constraints(agency):
    supporter = SupporterFactory(agency=agency)
    ExperienceFactory(supporter=supporter)
    with pytest.raises(IntegrityError), transaction.atomic():
        ExperienceFactory(supporter=supporter)
    with pytest.raises(IntegrityError), transaction.atomic():
        CredentialFactory(supporter=supporter, expires_on=date(2020, 1, 1))
