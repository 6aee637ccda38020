"""Two agencies with one of everything each, and someone for every role and relation."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.utils import timezone

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency, Contract, Invitation, User
from alongside.accounts.queries import actor_for
from alongside.core.ids import new_id
from alongside.encounters.models import (
    ArrayQuestion,
    HandOff,
    HandOffDraft,
    HintAnswer,
    NoteDraft,
)
from alongside.exchange.models import ImportBatch, ImportFile, ImportRow
from alongside.files import disk
from alongside.files.models import StoredFile
from alongside.people.models import CareTeamMember, FormDraft, Identifier, SamePersonProposal
from alongside.plans.actions.private import save_private_worksheet
from alongside.plans.models import (
    AgencyTool,
    AgencyToolVersion,
    PlanVersion,
    Worksheet,
    WorksheetDraft,
    WorksheetVersion,
)
from alongside.practice.codes import CareTeamRole
from alongside.practice.growth.codes import COMPETENCIES
from alongside.referrals.codes import MatchStatus
from alongside.referrals.models import AskedApart, JourneyStep, Match
from alongside.workforce.models import (
    AgendaLine,
    CompetencyView,
    Credential,
    Learning,
    Supervision,
)
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    AppointmentFactory,
    CredentialFactory,
    EncounterFactory,
    GoalFactory,
    ParticipantFactory,
    PlanFactory,
    ReferralFactory,
    SupporterFactory,
    UserFactory,
    walk_alongside,
)
from tests.security.the_check_ins import with_check_ins
from tests.security.the_consents import with_consents
from tests.security.the_disclosures import with_disclosures
from tests.security.the_emergency import with_the_emergency
from tests.security.the_own_record import with_own_record
from tests.security.the_participant import with_a_participant
from tests.security.the_plan import with_plan_parts
from tests.security.the_public_page import with_a_public_page
from tests.security.the_record import with_the_record
from tests.security.the_referrer import with_a_referrer
from tests.security.the_required import with_requirements
from tests.security.the_team import with_the_team
from tests.security.the_updates import with_updates
from tests.security.the_versions import with_versions

KINDS_OF_TRAINING = (("Ethics", False, None), ("Rest", True, None), ("Gone", False, NOW))


@dataclass
class Side:
    """One agency. ``canary`` stands in every name and every text of it; ``person`` in what only
    those may read who see the participant. ``ids`` goes by the name of a route's parameter."""

    agency: Agency
    canary: str
    person: str
    users: dict[str, User] = field(default_factory=dict)
    ids: dict[str, Any] = field(default_factory=dict)
    other_ids: dict[str, dict[str, Any]] = field(default_factory=dict)


def a_side(canary: str, agency: Agency | None = None) -> Side:
    side = Side(agency or AgencyFactory(name=f"Row {canary}"), canary, f"Gia{canary}")
    _people(side)
    _record(side)
    _worksheets(side)
    _arrays(side)
    _hand_offs(side)
    _desk(side)
    _growth(side)
    _office(side)
    with_the_team(side)
    with_a_referrer(side)
    with_the_emergency(side)
    with_updates(side)
    with_consents(side)
    with_disclosures(side)
    with_the_record(side)
    with_versions(side)
    with_a_participant(side)
    with_own_record(side)
    with_plan_parts(side)
    with_requirements(side, _a_file(side, side.users["participant"]))
    with_check_ins(side)
    with_a_public_page(side)
    return side


def _user(side: Side, name: str, *roles: Role, **more: Any) -> User:
    words = f"{name.title()} {side.canary}"
    email = f"{name.replace(chr(32), chr(45))}@{side.canary.lower()}.example"
    user = UserFactory(agency=side.agency, name=words, email=email, roles=roles, **more)
    side.users[name] = user
    return user


def _people(side: Side) -> None:
    lead = _user(side, "supervisor", Role.SUPERVISOR)
    _user(side, "other supervisor", Role.SUPERVISOR)
    own = _user(side, "supporter", Role.SUPPORTER, supervisor=lead)
    former = _user(side, "former supporter", Role.SUPPORTER)
    stranger = _user(side, "stranger", Role.SUPPORTER, supervisor=side.users["other supervisor"])
    disabled = _user(side, "disabled", Role.SUPPORTER, is_active=False)
    for role in list(Role)[2:]:
        _user(side, role.value, role)
    person = ParticipantFactory(
        agency=side.agency, name=f"{side.person} Rivera", own_words=f"Words {side.person}"
    )
    side.ids["participant_id"] = person.pk
    side.ids["supporter"] = SupporterFactory(agency=side.agency, user=own)
    side.ids["episode"] = walk_alongside(side.ids["supporter"], person)
    side.ids["person"] = person
    for user, until in ((former, TODAY - timedelta(days=3)), (disabled, None)):
        supporter = SupporterFactory(agency=side.agency, user=user)
        CareTeamMember.objects.create(
            agency=side.agency,
            participant=person,
            user=user,
            name=user.name,
            role=CareTeamRole.SUPPORTER.value,
            until=until,
        )
        Match.objects.create(
            agency=side.agency,
            participant=person,
            episode=side.ids["episode"],
            supporter=supporter,
            status=MatchStatus.ENDED.value,
            participant_said=f"Said {side.person}",
            proposed_on=TODAY - timedelta(days=9),
            decided_on=TODAY - timedelta(days=9),
            ended_on=TODAY - timedelta(days=3),
            end_reason="Moved away",
            by=user,
        )
    SupporterFactory(agency=side.agency, user=stranger)
    member = CareTeamMember.objects.create(
        agency=side.agency,
        participant=person,
        name=f"Aunt {side.person}",
        role=CareTeamRole.OTHER.value,
    )
    side.ids["member_id"] = member.pk
    gone = CareTeamMember.objects.create(
        agency=side.agency,
        participant=person,
        name=f"Pastor {side.person}",
        role=CareTeamRole.OTHER.value,
        until=TODAY - timedelta(days=3),
    )
    for route, ended in (
        ("identifier_id", {}),
        ("identifier_restore", {"ended_at": NOW, "ended_by": own, "ending": "removed"}),
    ):
        number = Identifier.objects.create(
            agency=side.agency,
            participant=person,
            entry=new_id(),
            kind="home-address",
            value=f"Lane {side.person}",
            kept_at=NOW,
            kept_by=own,
            **ended,
        )
        side.other_ids[route] = {"identifier_id": number.pk}
        side.ids.setdefault("identifier_id", number.pk)
    side.other_ids["member_rejoin"] = {"participant_id": person.pk, "member_id": gone.pk}
    side.other_ids["colleague_in"] = {"user_id": disabled.pk}


def _record(side: Side) -> None:
    agency, person = side.agency, side.ids["person"]
    supporter, episode = side.ids["supporter"], side.ids["episode"]
    note = EncounterFactory(
        participant=person, supporter=supporter, what_we_did=f"Coffee {side.person}"
    )
    side.ids["encounter_id"] = note.pk
    planned = AppointmentFactory(
        participant=person, supporter=supporter, words=f"Court {side.person}"
    )
    side.ids["appointment_id"] = planned.pk
    plan = PlanFactory(episode=episode, agency=agency)
    side.ids["goal_id"] = GoalFactory(plan=plan, words=f"A home {side.person}").pk
    version = PlanVersion.objects.create(
        agency=agency,
        plan=plan,
        number=1,
        status="in-force",
        what_changed=f"Changed {side.person}",
        agreed_on=TODAY,
        participant_name=side.person,
        participant_agreed_at=NOW,
        supporter_agreed_at=NOW,
        supporter_agreed_by=supporter.user,
    )
    side.ids["version_id"] = version.pk
    step = JourneyStep.objects.create(
        agency=agency,
        episode=episode,
        place="contemplation",
        words=f"Here {side.person}",
        set_on=TODAY,
        set_by=supporter.user,
        set_at=NOW,
    )
    side.ids["step_id"] = step.pk
    words = {"what_we_did": [f"Draft {side.person}"]}
    for route, dropped in (("draft", None), ("draft_restore", NOW)):
        draft = NoteDraft.objects.create(
            agency=agency,
            author=supporter.user,
            participant=person,
            encounter_id=new_id(),
            fields=words,
            saved_at=NOW,
            dropped_at=dropped,
        )
        side.other_ids[route] = {"encounter_id": draft.encounter_id}
    FormDraft.objects.create(
        agency=agency,
        author=supporter.user,
        participant=person,
        form="facts",
        fields={"own_words": f"Typed {side.person}"},
        saved_at=NOW,
    )
    side.ids["key"] = "facts"


def _worksheets(side: Side) -> None:
    agency, own = side.agency, side.users["supporter"]
    about = {"agency": agency, "tool": "initial-meeting", "tool_version": 1}
    said = {"support_means": f"Support {side.person}"}
    kept = {"filled_in": "together", "kept_on": TODAY, "kept_at": NOW, "kept_by": own}
    sheets = [
        Worksheet.objects.create(
            participant=side.ids["person"], answers=said, begun_on=TODAY, **about, **kept, **gone
        )
        for gone in ({}, {"voided_at": NOW, "voided_by": own, "voided_reason": "Mistake"})
    ]
    version = WorksheetVersion.objects.create(
        agency=agency, worksheet=sheets[0], number=0, answers=said, tool_version=1, **kept
    )
    side.ids["worksheet_id"] = sheets[0].pk
    person = side.ids["participant_id"]
    side.other_ids["worksheet_put_back"] = {"worksheet_id": sheets[1].pk}
    side.ids["earlier_id"] = version.pk
    for route, dropped in (("worksheet_put_away", None), ("worksheet_take_up", NOW)):
        draft = WorksheetDraft.objects.create(
            author=own,
            participant_id=person,
            worksheet_id=new_id(),
            answers=said,
            saved_at=NOW,
            dropped_at=dropped,
            **about,
        )
        side.other_ids[route] = {"worksheet_id": draft.worksheet_id}
    actor = actor_for(own)
    assert actor is not None
    side.ids["private_id"] = new_id()
    save_private_worksheet(
        side.ids["private_id"],
        {"asked": f"Asked {side.person}"},
        tool="gentle-refusal",
        seen=None,
        by=actor,
        at=NOW,
    )
    side.ids["tool"] = side.ids["tool_id"] = _a_form(side, "participant")
    side.other_ids["private_worksheet_new"] = {"tool": _a_form(side, "supporter")}
    side.other_ids["agency_tool_restore"] = {"tool_id": _a_form(side, "participant", NOW)}
    side.other_ids["private_destroy"] = {"user_id": side.users["disabled"].pk}


def _arrays(side: Side) -> None:
    """Questions to the array lead in every state. Their words are for those without sight, too; the
    phrase of a hint and the reason of a note are for those who see the person."""
    agency, person, supporter = side.agency, side.ids["person"], side.ids["supporter"]
    lead, asker = side.users["array-lead"], supporter.user
    agency.array_lead = lead
    agency.save()
    given = {"array": "isde", "reason": f"Because {side.canary}", "shared_words": "Yoga"}
    given |= {"answered_at": NOW, "answered_by": lead}
    gone = {"withdrawn_at": NOW, "withdrawn_by": lead, "withdrawn_reason": "Too short"}
    note = side.ids["encounter_id"]
    for route, status, more in (
        ("question_id", "open", {}),
        ("question_again", "taken-back", {"encounter_id": new_id()}),
        ("question_take_over", "answered", given),
        ("question_put_away", "answered", given),
        ("question_bring_back", "answered", {**given, "put_away_at": NOW}),
        ("precedent_withdraw", "answered", given),
        ("precedent_restore", "withdrawn", {**given, **gone}),
    ):
        question = ArrayQuestion.objects.create(
            agency=agency,
            asker=asker,
            participant=person,
            on=TODAY,
            certified=False,
            words=f"Yoga {side.canary}?",
            asked_at=NOW,
            status=status,
            **{"encounter_id": note, **more},
        )
        if route == "question_id":
            side.ids["question_id"] = question.pk
        else:
            side.other_ids[route] = {"question_id": question.pk}
    HintAnswer.objects.create(
        agency=agency,
        author=asker,
        participant=person,
        encounter_id=note,
        kind="advice",
        phrase=f"Told {side.person}",
        answer="not-helpful",
        answered_at=NOW,
    )
    EncounterFactory(
        participant=person,
        supporter=supporter,
        array="isde",
        array_advised="peer_support",
        array_own_reason=f"Cooked with {side.person}",
    )


def _hand_offs(side: Side) -> None:
    own, about = side.users["supporter"], {"agency": side.agency, "about": ["suicide"]}
    person = {"participant": side.ids["person"], "handed_to": ["lifeline"], "author": own}
    times = {"happened_at": NOW, "recorded_at": NOW, "waits_since": NOW}
    for route, status in (("hand_off", "waiting"), ("hand_off_again", "followed-up")):
        found = HandOff.objects.create(
            done=f"Sat with {side.person}", status=status, **about, **person, **times
        )
        side.other_ids[route] = {"hand_off_id": found.pk}
    side.ids["hand_off_id"] = side.other_ids["hand_off"]["hand_off_id"]
    draft = HandOffDraft.objects.create(
        agency=side.agency,
        author=own,
        participant=side.ids["person"],
        hand_off_id=new_id(),
        fields={"done": f"Typed {side.person}"},
        saved_at=NOW,
    )
    side.other_ids["hand_off_draft_drop"] = {"hand_off_id": draft.hand_off_id}


def _a_form(side: Side, owner: str, withdrawn_at: datetime | None = None) -> UUID:
    """A worksheet that the agency made itself."""
    form = AgencyTool.objects.create(agency=side.agency, begun_at=NOW, withdrawn_at=withdrawn_at)
    text = f'name = "Ours {side.canary}"\nintro = "For us"\nowner = "{owner}"\n'
    text += '[[sections]]\n[[sections.fields]]\nkey = "how"\ntype = "text"\nlabel = "How?"\n'
    AgencyToolVersion.objects.create(
        agency=side.agency, tool=form, number=1, text=text, at=NOW, by=side.users["administrator"]
    )
    return form.pk


def _desk(side: Side) -> None:
    agency, person, supporter = side.agency, side.ids["person"], side.ids["supporter"]
    referral = ReferralFactory(participant=person, agency=agency, reason=f"Why {side.person}")
    asked = ParticipantFactory(agency=agency, name=f"Asked {side.person}")
    apart = AskedApart(agency=agency, called=side.person, wish=side.person, pathway="self_referral")
    for name, away in (("ask_id", None), ("ask_away", timezone.now())):
        apart.pk, apart.asked_at, apart.put_away_at = new_id(), NOW, away
        apart.save(force_insert=True)
        side.ids[name] = apart.pk
    side.other_ids["ask_back"] = {"ask_id": side.ids["ask_away"]}
    waits = ReferralFactory(participant=asked, agency=agency, status="accepted")
    match = Match.objects.create(
        agency=agency,
        participant=asked,
        referral=waits,
        supporter=supporter,
        status=MatchStatus.PROPOSED.value,
        proposed_on=TODAY,
        by=supporter.user,
    )
    accepted = Match.objects.get(participant=person, supporter=supporter)
    side.ids |= {
        "referral_id": referral.pk,
        "match_id": match.pk,
        "supporter_id": supporter.pk,
        "credential_id": CredentialFactory(supporter=supporter).pk,
    }
    for route in ("match_told", "match_end", "match_take_back"):
        side.other_ids[route] = {"match_id": accepted.pk}
    gone: Credential = CredentialFactory(supporter=supporter, voided_at=NOW)
    side.other_ids["credential_restore"] = {
        "supporter_id": supporter.pk,
        "credential_id": gone.pk,
    }
    pair = SamePersonProposal.objects.create(
        agency=agency, kept=person, other=asked, reason="Same name."
    )
    side.ids["proposal_id"] = pair.pk


def _growth(side: Side) -> None:
    """How the supporter grows: one of each kind, and what was taken back."""
    own, lead = side.users["supporter"], side.users["supervisor"]
    base = {"agency": side.agency, "supporter": side.ids["supporter"]}
    learned = {**base, "on": TODAY, "minutes": 60, "for_certificate": True}
    learned |= {"given_by": f"County {side.person}", "entered_at": NOW, "entered_by": own}
    rows = {
        name: Learning.objects.create(
            **learned, topic=f"{name} {side.person}", file=_a_file(side, own, gone), voided_at=void
        )
        for name, gone, void in (
            ("Ethics", False, None),
            ("Rest", True, None),
            ("Gone", False, NOW),
        )
    }
    sat = {**base, "on": TODAY, "minutes": 60, "kind": "individual", "signed_at": NOW}
    sat |= {"topics": f"About {side.person}", "signed_by": lead}
    sitting = Supervision.objects.create(**sat, sitting_id=new_id())
    taken_back = Supervision.objects.create(**sat, sitting_id=new_id(), voided_at=NOW)
    said = {**base, "words": f"Ask {side.person}", "added_at": NOW, "added_by": own}
    line = AgendaLine.objects.create(**said)
    done = AgendaLine.objects.create(**said, done_at=NOW, done_by=own)
    view = CompetencyView.objects.create(
        **base,
        competency=COMPETENCIES[0],
        whose="self",
        word="learning",
        words=f"Shown {side.person}",
        file=_a_file(side, own),
        said_at=NOW,
        said_by=own,
    )
    before = CompetencyView.objects.create(
        **base,
        competency=COMPETENCIES[1],
        whose="self",
        word="learning",
        file=_a_file(side, own, gone=True),
        said_at=NOW,
        said_by=own,
    )
    side.ids |= {
        "learning_id": rows["Ethics"].pk,
        "entry_id": sitting.pk,
        "line_id": line.pk,
        "view_id": view.pk,
    }
    whose = {"supporter_id": side.ids["supporter_id"]}
    side.other_ids |= {
        "learning_file_restore": {**whose, "learning_id": rows["Rest"].pk},
        "learning_restore": {**whose, "learning_id": rows["Gone"].pk},
        "supervision_restore": {**whose, "entry_id": taken_back.pk},
        "agenda_untick": {**whose, "line_id": done.pk},
        "competency_file_restore": {**whose, "view_id": before.pk},
    }


def _a_file(side: Side, by: User, gone: bool = False) -> StoredFile:
    content = b"%PDF-1.7 " + side.person.encode()
    row = StoredFile.objects.create(
        agency=side.agency,
        name=f"{side.person}.pdf",
        kind="pdf",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        kept_at=NOW,
        kept_by=by,
        removed_at=datetime.now(UTC) if gone else None,
        removed_by=by if gone else None,
    )
    disk.write(row.pk, content)
    return row


def _office(side: Side) -> None:
    agency, admin = side.agency, side.users["administrator"]
    contract = Contract.objects.create(
        agency=agency, funder=f"County {side.canary}", name="Ours", starts_on=date(2026, 1, 1)
    )
    secret = f"secret-{side.canary}"
    invitation = Invitation.objects.create(
        agency=agency,
        email=f"new@{side.canary.lower()}.example",
        name=f"New {side.canary}",
        roles=["billing"],
        link_hash=sha256(secret.encode()).hexdigest(),
        invited_by=admin,
        invited_at=NOW,
        expires_at=NOW + timedelta(days=4000),
    )
    batch, row = _a_sheet(side, "chosen")
    for route, status in (("import_undo", "done"), ("import_redo", "undone")):
        side.other_ids[route] = {"batch_id": _a_sheet(side, status)[0].pk}
    side.ids |= {
        "contract_id": contract.pk,
        "user_id": side.users["stranger"].pk,
        "invitation_id": invitation.pk,
        "batch_id": batch.pk,
        "row_id": row.pk,
        "secret": secret,
    }


def _a_sheet(side: Side, status: str) -> tuple[ImportBatch, ImportRow]:
    batch = ImportBatch.objects.create(
        agency=side.agency,
        kind="referrals",
        filename=f"{side.canary}.csv",
        header_row=1,
        header=["Name", "County"],
        columns={"name": 0, "county": 1},
        day=TODAY,
        status=status,
        undone_at=NOW if status == "undone" else None,
        row_count=1,
        chosen_at=NOW,
        chosen_by=side.users["administrator"],
    )
    ImportFile.objects.create(agency=side.agency, batch=batch, content=b"-", sha256=side.canary)
    row = ImportRow.objects.create(
        agency=side.agency,
        batch=batch,
        number=2,
        cells=[f"Row {side.canary}", "Dunn"],
        fingerprint=f"{side.canary} {status}",
        status="to_sort_out",
        why="no_name",
        problems=[{"kind": "no_name", "text": "There is no name.", "facts": {}}],
    )
    return batch, row


def kwargs_of(side: Side, route: str, wanted: set[str]) -> dict[str, Any]:
    """What stands in the address of a route for this agency's own row."""
    return {key: {**side.ids, **side.other_ids.get(route, {})}[key] for key in wanted}


def absent(kwargs: dict[str, Any]) -> dict[str, Any]:
    """The same address with ids that nobody ever made."""
    return {k: new_id() if isinstance(v, UUID) else v for k, v in kwargs.items()}
