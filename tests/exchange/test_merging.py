"""Two rows of one person become one: what was agreed to and told goes along, and comes back."""

from dataclasses import replace
from functools import partial

import pytest
import time_machine
from django.db.models import ForeignKey
from django.urls import reverse

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.audit.actions import record
from alongside.consents import queries as consents
from alongside.consents.actions import disclose, revoke_consent
from alongside.consents.codes import ConsentStatus, RevokedHow
from alongside.consents.models import Consent, Disclosure
from alongside.consents.rules import Revoking
from alongside.core.refusal import Refused
from alongside.encounters.models import Encounter
from alongside.exchange import actions, queries
from alongside.exchange.actions.moving import move, rows_to_move, rows_to_part
from alongside.exchange.actions.same_person import BEFORE
from alongside.exchange.rules.merging import ALONG, BY_THE_DOORS, FOLLOWS, STAYS
from alongside.people.models import CareTeamMember, FormDraft, Participant, SamePersonProposal
from alongside.people.queries.same import known_as, rows_of_person
from alongside.referrals.models import Match
from alongside.retention.models import LegalHold
from alongside.retention.queries.reach import ours
from alongside.retention.queries.record import who_looked
from tests.consents.disclosing import a_consent, wanted
from tests.encounters.updates import outside
from tests.factories import (
    NOW,
    TODAY,
    AppointmentFactory,
    EncounterFactory,
    EpisodeFactory,
    ParticipantFactory,
    ReferralFactory,
)
from tests.retention.full import fill
from tests.security.world import a_side

LEAST = ["received", "first_contact", "matched"]


def keys_to_people() -> set[str]:
    return {
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in model._meta.concrete_fields
        if isinstance(field, ForeignKey) and field.related_model is Participant
    }


def test_of_every_key_to_a_person_somebody_decided_what_becomes_of_it():
    """A new one fails here: does it go along, has it a rule of its own, or why does it stay?"""
    decided = [*ALONG, *BY_THE_DOORS, *STAYS]
    assert (set(decided), len(decided)) == (keys_to_people(), len(set(decided)))
    assert {name for key in FOLLOWS for name in (key[0], key[2])} <= set(ALONG)
    assert set(BEFORE.values()) <= set(ALONG)


def pointing_at(pk) -> dict[str, set]:
    found = {}
    for name in keys_to_people():
        label, _dot, field = name.rpartition(".")
        model = next(one for one in ours() if one._meta.label == label)
        found[name] = set(model._base_manager.filter(**{field: pk}).values_list("pk", flat=True))
    return {name: pks for name, pks in found.items() if pks}


@pytest.mark.django_db
def test_a_row_in_every_table_goes_along_and_comes_back():
    side = a_side("Zaunkoenig")
    other = fill(side, actor_for(side.users["privacy-officer"]))
    kept, third = (ParticipantFactory(agency=side.agency) for _n in range(2))
    SamePersonProposal.objects.create(agency=side.agency, kept=third, other=other, reason="Phone")
    before = pointing_at(other.pk)
    assert set(before) == {*ALONG, *BY_THE_DOORS, *STAYS} - {"people.Participant.same_as"}
    moved = rows_to_move(kept=kept.pk, other=other.pk)
    move(moved, origin=other.pk, to=kept.pk)
    left = pointing_at(other.pk)
    assert set(left) <= {*BY_THE_DOORS, *STAYS, "people.SamePersonProposal.kept"}
    for pair in SamePersonProposal.objects.filter(kept=other):
        assert pair.answer != "open"
    move(rows_to_part(moved, kept=kept.pk), origin=kept.pk, to=other.pk)
    assert pointing_at(other.pk) == before
    assert set(pointing_at(kept.pk)) <= {"reporting.PersonMonth.participant"}


@pytest.fixture
def merging(pair, actor):
    """``other, decide, reopen``: the row of Gia that is kept, and another one of hers."""
    other = ParticipantFactory(agency=pair.participant.agency, name="RIVERA Gia")
    proposal = SamePersonProposal.objects.create(
        agency=pair.participant.agency, kept=pair.participant, other=other, reason="Same name."
    )
    desk = actor(Role.COORDINATOR)
    decide = partial(actions.decide_same, proposal.pk, keep=pair.participant.pk, by=desk, at=NOW)
    return other, decide, partial(actions.reopen_proposal, proposal.pk, by=desk, at=NOW)


def told_of(viewer, person) -> list:
    found = consents.accounting(viewer, participant_id=person.pk, years=6, on=TODAY)
    return [group.row.pk for group in found]


@pytest.mark.django_db
@pytest.mark.practice("PSP-6")
def test_what_was_agreed_to_and_told_goes_along_in_the_name_it_was_signed(merging, pair, actor):
    other, decide, reopen = merging
    desk, officer = actor(Role.COORDINATOR), actor(Role.PRIVACY_OFFICER)
    hers = replace(pair, participant=other)
    consent = a_consent(hers, signer_name="RIVERA Gia").consent
    first = disclose(wanted(hers), by=desk, at=NOW)
    record(by=desk, at=NOW, verb="participant.opened", target=f"Participant/{other.pk}")
    decide()
    own = consents.consent_visible_to(
        pair.actor, participant_id=pair.participant.pk, consent_id=consent.pk
    )
    assert (own.signer_name, own.text_hash) == ("RIVERA Gia", consent.text_hash)
    assert told_of(pair.actor, pair.participant) == [first.pk]
    since = disclose(wanted(pair), by=pair.actor, at=NOW)
    looked = who_looked(officer, participant_id=pair.participant.pk)
    assert [one.days for one in looked] == [1]
    assert known_as(officer, ids=[other.pk])[other.pk].pk == pair.participant.pk

    reopen()
    assert Consent.objects.get(pk=consent.pk).participant_id == other.pk
    whose = {row.pk: row.participant_id for row in Disclosure.objects.all()}
    assert whose == {first.pk: other.pk, since.pk: other.pk}
    assert told_of(desk, other) == [since.pk]
    assert (told_of(desk, pair.participant), known_as(officer, ids=[other.pk])[other.pk].pk) == (
        [],
        other.pk,
    )

    decide()
    revoking = Revoking(on=TODAY, how=RevokedHow.ALOUD)
    revoke_consent(consent.pk, revoking, by=pair.actor, at=NOW)
    assert Consent.objects.get(pk=consent.pk).status == ConsentStatus.REVOKED
    with pytest.raises(Refused):
        disclose(wanted(pair), by=pair.actor, at=NOW)


@pytest.mark.django_db
def test_the_referrer_keeps_their_page_and_the_log_both_rows(merging, pair, actor, signed_in):
    other, decide, reopen = merging
    with time_machine.travel(NOW):
        there = outside(replace(pair, participant=other), categories=LEAST)
        kim = signed_in(there.worker)
        page = reverse("portal:shared", args=[there.referral.pk])
        assert "Your referral arrived on" in kim.get(page).content.decode()
        decide()
        assert "Your referral arrived on" in kim.get(page).content.decode()
        officer = actor(Role.PRIVACY_OFFICER)
        record(by=officer, at=NOW, verb="participant.opened", target=f"Participant/{other.pk}")
        reads = signed_in(there.pair.supporter.user.__class__.objects.get(pk=officer.id))
        lines = reads.get(reverse("web:audit_of_participant", args=[pair.participant.pk])).context[
            "lines"
        ]
        seen = reads.get(reverse("web:breach"), {"person": pair.participant.pk}).context
        names = {line.whom for line in lines} | {line.whom for line in seen["seen"]}
        assert (names, len(seen["told"]) > 0) == ({pair.participant.name}, True)
        reopen()
        assert "Your referral arrived on" in kim.get(page).content.decode()


@pytest.mark.django_db
def test_what_was_built_on_since_stays_and_what_rests_on_theirs_goes_back(merging, pair, actor):
    other, decide, reopen = merging
    asked, quiet = (ReferralFactory(participant=other) for _n in range(2))
    named, unnamed = (
        CareTeamMember.objects.create(
            agency=other.agency, participant=other, name=name, role="family"
        )
        for name in ("Aunt May", "Uncle Lor")
    )
    planned = AppointmentFactory(participant=other, supporter=pair.supporter)
    decide()
    asked.refresh_from_db()
    EpisodeFactory(participant=pair.participant, referral=asked, status="concluded", ended_on=TODAY)
    recipient = a_consent(pair)
    recipient.member = named
    recipient.save()
    note = EncounterFactory(participant=pair.participant, supporter=pair.supporter)
    type(planned).objects.filter(pk=planned.pk).update(encounter=note)
    reopen()
    rows = (asked, quiet, named, unnamed, planned, note)
    for row in rows:
        row.refresh_from_db()
    kept = pair.participant.pk
    assert [row.participant_id for row in rows] == [kept, other.pk, kept, *[other.pk] * 3]
    assert Match.objects.exclude(participant=kept).count() == 0


@pytest.mark.django_db
def test_two_of_a_kind_that_may_stand_once_both_stay(merging, pair, actor):
    other, decide, reopen = merging
    officer = actor(Role.PRIVACY_OFFICER)
    plain = {"agency": other.agency, "placed_at": NOW, "placed_by_id": officer.id}
    kept_hold, other_hold = (
        LegalHold.objects.create(participant=person, reason="A case", **plain)
        for person in (pair.participant, other)
    )
    drafts = [
        FormDraft.objects.create(
            agency=other.agency,
            author_id=officer.id,
            participant=person,
            form=form,
            fields={"words": form},
            saved_at=NOW,
        )
        for person, form in ((pair.participant, "hold"), (other, "hold"), (other, "facts"))
    ]
    third = ParticipantFactory(agency=other.agency)
    pairs = [
        SamePersonProposal.objects.create(agency=other.agency, kept=one, other=two, reason="Phone")
        for one, two in ((other, third), (third, pair.participant))
    ]
    fourth = SamePersonProposal.objects.create(
        agency=other.agency, kept=ParticipantFactory(agency=other.agency), other=other, reason="!"
    )
    decide()
    rows = [kept_hold, other_hold, *drafts]
    for row in (*rows, *pairs, fourth):
        row.refresh_from_db()
    kept = pair.participant.pk
    assert [row.participant_id for row in rows] == [kept, other.pk, kept, other.pk, kept]
    assert [(row.kept_id, row.other_id) for row in (*pairs, fourth)] == [
        (other.pk, third.pk),
        (third.pk, kept),
        (fourth.kept_id, kept),
    ]
    reopen()
    assert set(pointing_at(other.pk)["people.FormDraft.participant"]) == {d.pk for d in drafts[1:]}
    fourth.refresh_from_db()
    assert fourth.other_id == other.pk


@pytest.mark.django_db
def test_decisions_are_taken_back_in_their_order_and_older_ones_too(merging, pair, actor):
    other, decide, reopen = merging
    desk = actor(Role.COORDINATOR)
    note = EncounterFactory(participant=other, supporter=pair.supporter)
    decide()
    last = ParticipantFactory(agency=other.agency, name="Gia R.")
    EncounterFactory(participant=last, supporter=pair.supporter)
    proposal = SamePersonProposal.objects.create(
        agency=other.agency, kept=pair.participant, other=last, reason="Phone"
    )
    with pytest.raises(Refused, match="Keep that record"):
        actions.decide_same(proposal.pk, keep=last.pk, by=desk, at=NOW)
    Participant.objects.filter(pk=pair.participant.pk).update(same_as=last)
    with pytest.raises(Refused, match="Take that back first"):
        reopen()
    assert set(rows_of_person(desk, participant_id=last.pk)) == {
        last.pk,
        pair.participant.pk,
        other.pk,
    }
    Participant.objects.filter(pk=pair.participant.pk).update(same_as=None)
    decided = queries.decided_proposals(desk).get()
    before = {key: decided.moved[key] for key in ("kept", "other", "filled")}
    decided.moved = before | {"referrals": [], "encounters": [str(note.pk)], "along": {}}
    decided.save()
    reopen()
    assert Encounter.objects.get(pk=note.pk).participant_id == other.pk
