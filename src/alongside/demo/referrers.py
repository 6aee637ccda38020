"""Two who refer people: one who comes in by herself, and one whose link is not used yet."""

from datetime import datetime, timedelta
from uuid import UUID

from alongside.accounts.queries import actor_for
from alongside.consents import actions as consents
from alongside.consents import queries
from alongside.consents.rules import Begin, NewRecipient, Signing, Until, What, Why, steps
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.demo.chance import Clock, Dice
from alongside.demo.consents import LITTLE
from alongside.exchange.actions.arriving import send_referral
from alongside.practice.codes import Pathway
from alongside.practice.consents import ConsentKind, Ending, Purpose
from alongside.referrals.actions import referrers, sending
from alongside.referrals.actions.desk import NewReferrer
from alongside.referrals.codes import Knows
from alongside.referrals.models import Referral, ReferralDraft
from alongside.referrals.rules.sending import SentWords

DANA = NewReferrer(
    "Dana Whitcomb",
    "County social worker",
    "Dunn County Human Services",
    "dana.whitcomb@demo.example",
    "715-555-0162",
)
LUIS = NewReferrer(
    "Luis Ferrer", "CCS service facilitator", "Regional CCS", "luis.ferrer@demo.example"
)
TYPED = {
    "pathway": "family_treatment_court",
    "name": "Marlys Engebretson",
    "county": "Dunn",
    "born_on": "1993-08-14",
    "language": "English",
    "phone": "715-555-0119",
    "reach_by": "A text after three, when she is off work",
    "phone_note": "Her son uses this phone too",
    "reason": "She wants her kids home by Christmas, and someone in her corner at court.",
    "asked_for": "A woman who has been through family court herself.",
    "knows": "agreed",
    "urgent_words": "She has to be out of the shelter at the end of the month.",
    "role": DANA.role,
    "organization": DANA.organization,
    "referrer_phone": DANA.phone,
}


def refer(clock: Clock, *, desk: Actor) -> None:
    """Dana sent someone two days ago, added a word, and has begun another referral."""
    dana = _come_in(DANA, desk, clock.ago(9, 11))
    first = _typed(dana, {**TYPED, "next_court_on": clock.day(-12).isoformat()}, clock.ago(2, 10))
    words = SentWords(
        pathway=Pathway.FAMILY_TREATMENT_COURT,
        name=TYPED["name"],
        county=TYPED["county"],
        knows=Knows.AGREED,
        born_on=datetime.fromisoformat(TYPED["born_on"]).date(),
        language=TYPED["language"],
        phone=TYPED["phone"],
        phone_note=TYPED["phone_note"],
        reach_by=TYPED["reach_by"],
        asked_for=TYPED["asked_for"],
        reason=TYPED["reason"],
        next_court_on=clock.day(-12),
        urgent_words=TYPED["urgent_words"],
        role=DANA.role,
        organization=DANA.organization,
        referrer_phone=DANA.phone,
    )
    send_referral(first.pk, words, by=dana, at=clock.ago(2, 10) + timedelta(minutes=3))
    sending.add_to_referral(
        first.pk,
        "She starts a new shift on Monday. Mornings are better from then on.",
        addition_id=Dice("referrers", "added").id_at(clock.ago(1, 9)),
        by=dana,
        at=clock.ago(1, 9),
    )
    _share(first.pk, desk, clock.ago(1, 11))
    _typed(dana, {"pathway": "chips"}, clock.ago(0, 8))
    referrers.give_link(LUIS, by=desk, at=clock.ago(3, 15))


def _come_in(who: NewReferrer, desk: Actor, at: datetime) -> Actor:
    _link, secret = referrers.give_link(who, by=desk, at=at)
    actor = actor_for(referrers.come_in(secret, at=at + timedelta(hours=2)))
    if actor is None:
        raise LookupError(who.name)
    return actor


def _typed(by: Actor, typed: dict[str, str], at: datetime) -> ReferralDraft:
    draft = sending.begin_draft(Dice("referrers").id_at(at), by=by, at=at)
    return sending.save_draft(draft.pk, typed, by=by, at=at)


def _share(referral_id: UUID, desk: Actor, at: datetime) -> None:
    """On the phone with the coordinator the person said yes: Dana may know how it goes."""
    sent = Referral.objects.select_related("referrer", "participant").get(pk=referral_id)
    if sent.referrer is None:
        raise LookupError(referral_id)
    to = NewRecipient(
        sent.referrer.name,
        organization=sent.referrer.organization,
        referrer_id=sent.referrer.pk,
    )
    until = Until(Ending.DATE, on=local_date(at, desk.time_zone) + timedelta(days=180))
    row = consents.draft_consent(
        sent.participant_id,
        Begin(ConsentKind.GENERAL),
        by=desk,
        at=at,
        consent_id=Dice("referrers", "share").id_at(at),
    )
    row = consents.name_recipients(row.pk, [to], revision=row.revision, by=desk, at=at)
    row = consents.say_what(row.pk, What(LITTLE), revision=row.revision, by=desk, at=at)
    why = Why(Purpose.COURT_OR_COUNTY)
    row = consents.say_why(row.pk, why, revision=row.revision, by=desk, at=at)
    row = consents.say_until(row.pk, until, revision=row.revision, by=desk, at=at)
    facts = queries.facts_of(queries.consents_visible_to(desk).get(pk=row.pk))
    shown = steps.shown(facts, today=local_date(at, desk.time_zone))
    signing = Signing(facts.participant, seen=shown.hash)
    consents.sign_consent(row.pk, signing, by=desk, at=at)
