"""Reading updates and questions of referrers: colleagues by sight of the participant; a referrer
only what is theirs, and an update or an answer only while the gate lets it through."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet

from alongside.accounts.codes import Permission, Role
from alongside.accounts.models import User
from alongside.consents.models import ConsentRecipient
from alongside.consents.queries import recipients_in_force
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal
from alongside.core.words import gettext_noop as _
from alongside.encounters.codes import (
    EncounterKind,
    NoteStatus,
    ReferrerQuestionStatus,
    UpdateStatus,
)
from alongside.encounters.models import ReferrerAnswer, ReferrerQuestion, Update
from alongside.encounters.queries.notes import encounters_visible_to
from alongside.encounters.rules.updates import DayFacts, offered
from alongside.people.queries import participants_visible_to
from alongside.practice.codes import GoingAlong
from alongside.practice.consents import Category, Purpose, RecipientKind, why_not_rely
from alongside.practice.disclosure import Leave, proposal
from alongside.referrals.codes import MatchStatus
from alongside.referrals.models import Match, Referrer
from alongside.referrals.queries.referrers import referrer_of, sent_referrals


@dataclass(frozen=True)
class MayHear:
    """Someone whom a consent in force names, and the least that an update may tell them."""

    recipient: ConsentRecipient
    categories: frozenset[Category]
    purpose: Purpose | None
    signed_on: date | None


def who_may_hear(viewer: Actor, *, participant_id: UUID, on: date) -> list[MayHear]:
    """Whom an update may go to: people by name, by a consent that holds on ``on``. A consent for a
    class of people names nobody to write to."""
    found = []
    for recipient, leave in recipients_in_force(viewer, participant_id=participant_id, on=on):
        purpose = leave.consent.purpose
        least = offered(proposal([leave], purpose=purpose, on=on))
        if least and recipient.kind == RecipientKind.PERSON:
            found.append(MayHear(recipient, least, purpose, leave.consent.signed_on))
    return found


def update_days(
    viewer: Actor, *, participant_id: UUID, since: date, until: date
) -> tuple[DayFacts, ...]:
    """The days on which the two met, both ends included, in order: days and what they went to,
    nothing of the notes."""
    rows = (
        encounters_visible_to(viewer)
        .filter(
            participant_id=participant_id,
            kind=EncounterKind.CONTACT,
            on__gte=since,
            on__lte=until,
        )
        .exclude(status=NoteStatus.ENTERED_IN_ERROR)
        .order_by("on", "id")
        .values_list("id", "on", "going_along")
    )
    return tuple(DayFacts(key, on, GoingAlong(along) if along else None) for key, on, along in rows)


def updates_visible_to(viewer: Actor) -> QuerySet[Update]:
    return (
        Update.objects.filter(
            agency_id=viewer.agency_id, participant__in=participants_visible_to(viewer)
        )
        .select_related(
            "participant", "recipient__consent", "sent_by", "begun_by", "disclosure", "corrects"
        )
        .annotate(
            corrected=Exists(
                Update.objects.filter(corrects=OuterRef("pk"), status=UpdateStatus.SENT)
            )
        )
    )


def updates_of(viewer: Actor, *, participant_id: UUID) -> QuerySet[Update]:
    """Every update about one person, the newest first; what was put away is among them."""
    return updates_visible_to(viewer).filter(participant_id=participant_id).order_by("-id")


def why_not_hand_over(update: Update, *, on: date) -> Refusal | None:
    """Why the paper of a sent update may not go out (once more) on ``on``: by the rule of the gate,
    for the one it went to. Call it with an update that your own query has found."""
    if update.disclosure is None or update.disclosure.withdrawn_at is not None:
        return _WITHDRAWN
    recipient, consent = update.recipient, update.recipient.consent
    if recipient.revoked_at is not None or consent.revoked_at is not None:
        return _TAKEN_BACK
    facts = recipient.facts()
    whole = consent.facts((facts,), participant=update.participant.name)
    return why_not_rely(Leave(whole, facts).alone, on=on)


_TAKEN_BACK = Refusal("revoked", _("The consent for this was taken back."))
_WITHDRAWN = Refusal("withdrawn", _("That this was told was taken back."))


def referrers_behind(viewer: Actor, ids: Iterable[UUID | None]) -> dict[UUID, Referrer]:
    """The referrers whom recipients of a consent are, with their way in. One query."""
    wanted = {one for one in ids if one is not None}
    rows = Referrer.objects.filter(agency_id=viewer.agency_id, voided_at=None, pk__in=wanted)
    return {row.pk: row for row in rows.select_related("user")}


def referrer_questions(viewer: Actor, *, participant_id: UUID) -> QuerySet[ReferrerQuestion]:
    """What referrers asked about one person, the newest first."""
    return questions_of_referrers(viewer).filter(referral__participant_id=participant_id)


def questions_of_referrers(viewer: Actor) -> QuerySet[ReferrerQuestion]:
    """What was asked about people in the viewer's sight and not taken back unread."""
    people = participants_visible_to(viewer)
    return (
        _with_answers(
            ReferrerQuestion.objects.filter(
                agency_id=viewer.agency_id,
                referral__voided_at=None,
                referral__participant__in=people,
            )
        )
        .exclude(status=ReferrerQuestionStatus.WITHDRAWN)
        .order_by("-id")
    )


def questions_waiting(viewer: Actor) -> QuerySet[ReferrerQuestion]:
    """Those nobody answered yet, the oldest first; for whoever can answer them."""
    found = questions_of_referrers(viewer).filter(
        status__in=[ReferrerQuestionStatus.OPEN, ReferrerQuestionStatus.SEEN]
    )
    found = found.select_related("referral__participant")
    return found.order_by("id") if viewer.may(Permission.DISCLOSURE_WRITE) else found.none()


def who_asked(viewer: Actor, *, question: ReferrerQuestion) -> Referrer:
    """The referrer whose words a question is, and who reads the answer: the referral itself may
    have been written down for another one since."""
    rows = Referrer.objects.filter(agency_id=viewer.agency_id)
    return rows.get(user_id=question.asked_by_id)


def own_questions_on(viewer: Actor, *, referral_id: UUID) -> QuerySet[ReferrerQuestion]:
    """What a referrer asked about one of their own referrals, the newest first."""
    sent = sent_referrals(viewer).order_by().values("referral_id")
    found = ReferrerQuestion.objects.filter(
        agency_id=viewer.agency_id,
        asked_by_id=viewer.id,
        referral_id=referral_id,
        referral__in=sent,
    )
    return _with_answers(found).order_by("-id")


def own_question(viewer: Actor, *, question_id: UUID) -> ReferrerQuestion:
    sent = sent_referrals(viewer).order_by().values("referral_id")
    found = ReferrerQuestion.objects.filter(
        agency_id=viewer.agency_id, asked_by_id=viewer.id, referral__in=sent
    )
    return _with_answers(found).get(pk=question_id)


def updates_for_referrer(viewer: Actor, *, referral_id: UUID) -> QuerySet[Update]:
    """What was sent to this referrer about the person of one of their referrals, the newest first.
    Whether it may still be read, the gate says at each look."""
    referral = sent_referrals(viewer).order_by().filter(referral_id=referral_id)
    return (
        Update.objects.filter(
            agency_id=viewer.agency_id,
            status=UpdateStatus.SENT,
            participant_id__in=referral.values("referral__participant_id"),
            disclosure__referrer_id=referrer_of(viewer).pk,
        )
        .select_related("disclosure", "recipient")
        .annotate(
            corrected=Exists(
                Update.objects.filter(corrects=OuterRef("pk"), status=UpdateStatus.SENT)
            )
        )
        .order_by("-id")
    )


def _with_answers(found: QuerySet[ReferrerQuestion]) -> QuerySet[ReferrerQuestion]:
    answers = ReferrerAnswer.objects.select_related("answered_by", "disclosure").order_by("number")
    return found.select_related(
        "referral__participant", "referral__referrer", "asked_by", "seen_by"
    ).prefetch_related(Prefetch("answers", answers))


def who_answers(viewer: Actor, *, participant_id: UUID) -> list[str]:
    """Whom a letter tells that the viewer asked: who walks alongside now, else the desk."""
    agency_id = viewer.agency_id
    users = User.objects.filter(agency_id=agency_id, is_active=True)
    walks = Match.objects.filter(
        agency_id=agency_id, participant_id=participant_id, status=MatchStatus.ACCEPTED
    )
    found = list(users.filter(pk__in=walks.values("supporter__user_id")).order_by("id"))
    found = found or list(users.filter(role_grants__role=Role.COORDINATOR).order_by("id"))
    return [user.email for user in found if user.email]
