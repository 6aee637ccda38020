"""What goes to those outside, in the world of two agencies: letters, updates, questions."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from alongside.accounts.models import Letter
from alongside.consents.models import ConsentRecipient, Disclosure
from alongside.core.ids import new_id
from alongside.encounters.models import ReferrerAnswer, ReferrerQuestion, Update
from alongside.referrals.models import Referral
from tests.consents.made import a_consent
from tests.factories import NOW, TODAY

if TYPE_CHECKING:
    from tests.security.world import Side

COVERED = ["attendance", "ongoing", "required", "words"]


def with_updates(side: Side) -> None:
    letter = Letter.objects.create(
        agency=side.agency,
        kind="update",
        to=f"kim@{side.canary.lower()}.example",
        status="given-up",
        trouble="address",
        queued_at=NOW,
        queued_by=side.users["supporter"],
    )
    side.ids["letter_id"] = letter.pk
    person, referrer = side.ids["person"], side.ids["referrer_id"]
    to = a_consent(person, referrer_id=referrer, categories=COVERED)
    side.ids["update_id"] = _update(side, person, to).pk
    away = _update(side, person, to, status="put-away")
    told = _told_update(side, person, to)
    side.other_ids |= {
        "update_take_up": {"update_id": away.pk},
        "update_paper": {"update_id": told.pk},
        "update_correct": {"update_id": told.pk},
        "own_update": {"update_id": told.pk},
    }
    _asked(side, Referral.objects.get(participant=person))
    _in_the_portal(side)


def _asked(side: Side, referral: Referral) -> None:
    """Of a person somebody walks with: one just asked, one seen."""
    fresh, seen = _question(side, referral), _question(side, referral, status="seen")
    side.other_ids |= {
        "referrer_question": {"question_id": fresh.pk},
        "referrer_question_seen": {"question_id": fresh.pk},
        "referrer_question_close": {"question_id": seen.pk},
    }


def _in_the_portal(side: Side) -> None:
    """Of the person whom the referrer sent: an update, an answer, a question to take back."""
    referral = Referral.objects.get(pk=side.other_ids["sent"]["referral_id"])
    person, here = referral.participant, {"referral_id": referral.pk}
    to = a_consent(person, referrer_id=referral.referrer_id, categories=COVERED)
    question = _question(side, referral, status="answered")
    ReferrerAnswer.objects.create(
        agency=side.agency,
        question=question,
        number=1,
        kind="told",
        words=f"Answered {side.person}",
        disclosure=_disclosed(side, person, to, what="Answer"),
        answered_at=NOW,
        answered_by=side.users["supporter"],
    )
    side.other_ids |= {
        "told_all": here,
        "told": {**here, "update_id": _told_update(side, person, to).pk},
        "asked": {**here, "question_id": question.pk},
        "asked_back": {**here, "question_id": _question(side, referral).pk},
    }


def _update(side: Side, person: Any, to: ConsentRecipient, **more: Any) -> Update:
    own = side.users["supporter"]
    plain = {
        "since": TODAY - timedelta(days=60),
        "until": TODAY,
        "words": f"Said {side.person}",
        "begun_at": NOW,
        "begun_by": own,
        "saved_at": NOW,
    }
    return Update.objects.create(
        agency=side.agency, participant=person, recipient=to, **{**plain, **more}
    )


def _told_update(side: Side, person: Any, to: ConsentRecipient) -> Update:
    section = {"part": "words", "title": "Words", "lines": [f"Told {side.person}"], "quoted": True}
    return _update(
        side,
        person,
        to,
        status="sent",
        text={
            "to": ["Kim"],
            "from": [side.agency.name],
            "about": person.name,
            "period": "September",
            "sections": [section],
        },
        code="x",
        signed_name=person.name,
        sent_at=NOW,
        sent_by=side.users["supporter"],
        disclosure=_disclosed(side, person, to, what="Update 1"),
    )


def _disclosed(side: Side, person: Any, to: ConsentRecipient, *, what: str) -> Disclosure:
    return Disclosure.objects.create(
        agency=side.agency,
        participant=person,
        basis="consent",
        consent=to.consent,
        recipient=to,
        referrer_id=to.referrer_id,
        name=to.name,
        organization=to.organization,
        categories=["words"],
        what=f"{what} {side.person}",
        purpose=to.consent.purpose,
        way="portal",
        notice="2024-short",
        told_at=NOW,
        last_at=NOW,
        fold=new_id().hex,
        recorded_at=NOW,
        by=side.users["supporter"],
    )


def _question(side: Side, referral: Referral, **more: Any) -> ReferrerQuestion:
    return ReferrerQuestion.objects.create(
        agency=side.agency,
        referral=referral,
        asked_by=side.users["referrer"],
        asked_at=NOW,
        words=f"Asked {side.person}",
        moved_at=NOW,
        **more,
    )
