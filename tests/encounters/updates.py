"""A referrer who comes in, someone they referred, and a consent that names them."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from alongside.accounts.codes import Role
from alongside.accounts.models import User
from alongside.accounts.queries import actor_for
from alongside.consents.models import ConsentRecipient
from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.encounters import actions
from alongside.encounters.actions import NewUpdate
from alongside.encounters.models import Update
from alongside.encounters.queries import composing
from alongside.encounters.queries import updates as queries
from alongside.practice.codes import GoingAlong
from alongside.referrals.models import Referral, ReferralDraft, Referrer
from tests.consents.disclosing import a_consent
from tests.factories import (
    NOW,
    TODAY,
    AgencyFactory,
    EncounterFactory,
    Pair,
    ReferralFactory,
    ReferrerFactory,
    UserFactory,
    a_pair,
)

COVERED = ["ongoing", "attendance", "required", "words"]
SECRET = "Canary: she told me about using again."


@dataclass
class Outside:
    """``worker`` is the referrer's user, ``kim`` their actor."""

    pair: Pair
    referrer: Referrer
    worker: User
    referral: Referral
    draft: ReferralDraft
    recipient: ConsentRecipient | None
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def by(self) -> Actor:
        return self.pair.actor

    @property
    def kim(self) -> Actor:
        found = actor_for(self.worker)
        assert found is not None
        return found


def outside(
    pair: Pair | None = None, *, categories: list[str] | None = None, **consent: Any
) -> Outside:
    """``categories`` empty: nobody consented to anything."""
    pair = pair or a_pair(AgencyFactory())
    agency = pair.participant.agency
    worker = UserFactory(
        agency=agency, name="Kim Lor", email=f"kim{new_id().hex[-6:]}@county.example",
        roles=[Role.REFERRER],
    )  # fmt: skip
    referrer = ReferrerFactory(
        agency=agency, user=worker, name="Kim Lor", organization="Dunn County DHS"
    )
    referral = ReferralFactory(participant=pair.participant, referrer=referrer)
    draft = ReferralDraft.objects.create(
        agency=agency,
        referrer=referrer,
        author=worker,
        begun_at=NOW,
        saved_at=NOW,
        sent_at=NOW,
        referral=referral,
        reference=new_id().hex[-8:],
    )
    chosen = COVERED if categories is None else categories
    recipient = (
        a_consent(pair, name="Kim Lor", referrer_id=referrer.pk, categories=chosen, **consent)
        if chosen
        else None
    )
    return Outside(pair, referrer, worker, referral, draft, recipient)


def met(there: Outside, days_ago: int, along: GoingAlong | None = None, **more: Any) -> Any:
    return EncounterFactory(
        participant=there.pair.participant,
        supporter=there.pair.supporter,
        on=TODAY - timedelta(days=days_ago),
        going_along=along.value if along else "",
        what_we_did=SECRET,
        **more,
    )


def begun(there: Outside, **changes: Any) -> Update:
    assert there.recipient is not None
    plain = {
        "id": new_id(),
        "recipient_id": there.recipient.pk,
        "since": date(2026, 9, 1),
        "until": TODAY,
    }
    new = NewUpdate(**{**plain, **changes})
    return actions.begin_update(there.pair.participant.pk, new, by=there.by, at=NOW)


def written(there: Outside, update: Update, **changes: Any) -> Update:
    plain = {
        "left_out": [],
        "words": "I have not missed a class.",
        "added": "She was on time each day.",
        "since": update.since,
        "until": update.until,
        "revision": update.revision,
    }
    return actions.write_update(update.pk, **{**plain, **changes}, by=there.by, at=NOW)


def code_of(there: Outside, update: Update) -> str:
    found = queries.updates_visible_to(there.by).get(pk=update.pk)
    return composing.composed(there.by, found, at=NOW).code


def sent(there: Outside, update: Update | None = None) -> Update:
    update = update or written(there, begun(there))
    return actions.send_update(
        update.pk, signed_name="Gia Rivera", read=code_of(there, update), by=there.by, at=NOW
    )
