"""Consents of the invented agency: most people let their referrer hear a little, some let more be
told or took it back, and two people who belong together said so."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from io import BytesIO
from uuid import UUID

from PIL import Image

from alongside.consents import actions, queries
from alongside.consents.actions import links
from alongside.consents.codes import RevokedHow, SignedHow
from alongside.consents.queries.links import sides_of
from alongside.consents.rules import (
    Begin,
    NewRecipient,
    Revoking,
    Signing,
    Until,
    What,
    Why,
    steps,
)
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.files.actions import Sent, check_file
from alongside.practice.consents import (
    Category,
    ConsentKind,
    Ending,
    Purpose,
    RecipientKind,
    code_of,
    kind_of,
    version_on,
)
from alongside.referrals.queries.desk import referrals_of

C, K = Category, ConsentKind
LITTLE = frozenset({C.RECEIVED, C.FIRST_CONTACT, C.MATCHED, C.ONGOING})
COURT = LITTLE | {C.ATTENDANCE, C.REQUIRED, C.WORDS}
SISTER = NewRecipient("Carrie Engen", organization="Sister")
CLINIC = NewRecipient("Red Cedar clinic", organization="Menomonie", covered=True)
A_YEAR = timedelta(days=365)
EVERY, CHANGED_THEIR_MIND = 2, 5


def consent(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    """In the order of time for each person; the first supporter's people have the most to show."""
    dice = Dice("consents")
    walked = [life for life in lives if life.walk is not None and life.walk.ended is None]
    for n, life in enumerate(walked):
        if life.who is first or n % EVERY == 0:
            _for_the_referrer(life, clock, dice, n)
    mine = [life for life in walked if life.who is first]
    _for_care(mine[0], clock, dice)
    _half_written(mine[1], clock, dice)
    _on_paper(mine[4], clock, dice)
    _belong_together(mine[2], mine[3], clock, dice)
    _not_yet(mine[4], mine[5], clock, dice)


def _for_the_referrer(life: Life, clock: Clock, dice: Dice, n: int) -> None:
    if life.who is None or life.walk is None:
        return
    by, at = life.who.actor, clock.ago(max(life.walk.began - 1, 1), 15.5)
    sent = referrals_of(by, participant_id=life.participant_id).first()
    if sent is None or sent.referrer is None:
        return
    who = sent.referrer
    people = [NewRecipient(who.name, organization=who.organization, referrer_id=who.pk)]
    if n % CHANGED_THEIR_MIND == 0:
        people.append(SISTER)
    what = What(COURT if n % EVERY == 0 else LITTLE)
    why = Why(Purpose.COURT_OR_COUNTY)
    until = Until(Ending.DATE, on=local_date(at, by.time_zone) + A_YEAR)
    row = _written(life, K.GENERAL, people, what, why, until, at=at, dice=dice)
    _sign(row, life, at=at)
    if n % CHANGED_THEIR_MIND == 0:
        out = queries.consents_visible_to(by).get(pk=row).recipients.get(name=SISTER.name)
        revoking = Revoking(RevokedHow.ALOUD, "Not her, not now.")
        back = max(at, clock.ago(4, 11))
        actions.revoke_consent(row, revoking, recipient_id=out.pk, by=by, at=back)


def _for_care(life: Life, clock: Clock, dice: Dice) -> None:
    """One yes for care, payment and running the program."""
    if life.who is None:
        return
    at = clock.ago(9, 14.25)
    kind = kind_of(version_on(clock.today).code, K.TPO)
    words = kind.class_words if kind is not None else ""
    people = [NewRecipient(words, RecipientKind.CLASS, covered=True), CLINIC]
    what, why = What(frozenset({C.WHOLE_RECORD})), Why(Purpose.TPO)
    row = _written(life, K.TPO, people, what, why, Until(Ending.NONE), at=at, dice=dice)
    _sign(row, life, at=at)


def _half_written(life: Life, clock: Clock, dice: Dice) -> None:
    """Begun yesterday on the phone, to be gone on with."""
    if life.who is None:
        return
    by, at = life.who.actor, clock.now - timedelta(hours=21)
    row = actions.draft_consent(
        life.participant_id, Begin(K.GENERAL), by=by, at=at, consent_id=dice.id_at(at)
    )
    landlord = [NewRecipient("Ruth Amundson", organization="Landlord, Second Street")]
    actions.name_recipients(row.pk, landlord, revision=row.revision, by=by, at=at)


def _on_paper(life: Life, clock: Clock, dice: Dice) -> None:
    """Printed, signed by hand at the kitchen table, and a photo of it."""
    by, at = _who(life), clock.ago(5, 17)
    until = Until(Ending.EVENT, event="My CHIPS case is closed")
    what, why = What(frozenset({C.ATTENDANCE})), Why(Purpose.AT_MY_REQUEST)
    row = _written(life, K.GENERAL, [SISTER], what, why, until, at=at, dice=dice)
    facts = queries.facts_of(queries.consents_visible_to(by).get(pk=row))
    text = steps.shown(facts, today=local_date(at, by.time_zone))
    signing = Signing(facts.participant, how=SignedHow.PAPER, seen=code_of(text.hash))
    photo = BytesIO()
    Image.new("RGB", (640, 880), "#f4efe3").save(photo, "PNG")
    paper = check_file(Sent("paper.png", photo.getvalue()))
    actions.sign_consent(row, signing, by=by, at=at, paper=paper)


def _not_yet(one: Life, other: Life, clock: Clock, dice: Dice) -> None:
    """Proposed yesterday: it stands on neither record."""
    at = clock.ago(1, 13)
    links.propose_link(
        one.participant_id, other.participant_id, by=_who(one), at=at, link_id=dice.id_at(at)
    )


def _belong_together(one: Life, other: Life, clock: Clock, dice: Dice) -> None:
    """A brother and a sister, each supported in their own right (MPR-3)."""
    if one.who is None:
        return
    by, at = one.who.actor, clock.ago(6, 16)
    link_id = links.propose_link(
        one.participant_id, other.participant_id, by=by, at=at, link_id=dice.id_at(at)
    )
    for side in sides_of(by, link_id=link_id):
        links.say_yes_to_link(
            side.pk,
            link_id=link_id,
            name=side.participant.name,
            other_is="family, and the one who gets it",
            by=by,
            at=at,
        )


def _written(
    life: Life,
    kind: ConsentKind,
    people: Sequence[NewRecipient],
    what: What,
    why: Why,
    until: Until,
    *,
    at: datetime,
    dice: Dice,
) -> UUID:
    by = _who(life)
    # Whoever reads Spanish reads and signs it in Spanish.
    begin = Begin(kind, language="es" if life.person.language == "Spanish" else "en")
    row = actions.draft_consent(life.participant_id, begin, by=by, at=at, consent_id=dice.id_at(at))
    row = actions.name_recipients(row.pk, people, revision=row.revision, by=by, at=at)
    row = actions.say_what(row.pk, what, revision=row.revision, by=by, at=at)
    row = actions.say_why(row.pk, why, revision=row.revision, by=by, at=at)
    return actions.say_until(row.pk, until, revision=row.revision, by=by, at=at).pk


def _sign(consent_id: UUID, life: Life, *, at: datetime) -> None:
    by = _who(life)
    facts = queries.facts_of(queries.consents_visible_to(by).get(pk=consent_id))
    shown = steps.shown(facts, today=local_date(at, by.time_zone))
    signing = Signing(facts.participant, seen=shown.hash)
    actions.sign_consent(consent_id, signing, by=by, at=at)


def _who(life: Life) -> Actor:
    if life.who is None:
        raise ValueError("Nobody walks with them yet.")
    return life.who.actor
