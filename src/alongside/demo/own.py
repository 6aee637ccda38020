"""What people of the invented agency answered from their own pages, and what is kept apart of some
notes: one that waits for a look, one agreed to, one opened, one with a question."""

from collections.abc import Sequence
from uuid import UUID

from alongside.accounts.codes import Role
from alongside.accounts.queries import actor_for
from alongside.core.actor import Actor
from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Team, Walker
from alongside.encounters import actions, queries
from alongside.encounters.actions import own
from alongside.encounters.codes import AppointmentStatus, KeptStatus, Wish
from alongside.encounters.models import Encounter
from alongside.encounters.queries.own import own_appointments, own_notes
from alongside.encounters.rules.kept import NewKept
from alongside.people.models import Participant

S = KeptStatus
# Each: what, reason, why; what the privacy officer said to it, and with which words.
PARTS: tuple[tuple[NewKept, KeptStatus | None, str], ...] = (
    (
        NewKept(
            "A cousin who came along told me about her own stay at the hospital.",
            "about_another",
            "It is the cousin's story. She did not know that it would be written down.",
        ),
        S.AGREED,
        "",
    ),
    (
        NewKept(
            "He said that someone at home reads every message on the phone, and gets loud.",
            "safety",
            "If the one at home reads this, it could end badly.",
        ),
        None,
        "",
    ),
    (
        NewKept(
            "The county asked in writing that the hearing's date is not told before the letter.",
            "law",
            "The letter of the court from October says so.",
        ),
        S.ASKED,
        "Until which day does the letter ask for that?",
    ),
    (
        NewKept(
            "I was more worried than I showed when the talk turned to last winter.",
            "safety",
            "I was not sure how it would be read.",
        ),
        S.OPENED,
        "These are your own worries, said kindly. I think the two of you can read them together.",
    ),
)
# What each of them answers, and says about the next time, if anything.
ANSWERS: tuple[tuple[tuple[str, ...], str], ...] = (
    (
        (
            "I had not thought that this was a good day. Reading it now, it was.",
            "It was my neighbor who drove us, not my brother. The rest is right.",
        ),
        "The bus does not go that early. After 11 would be good.",
    ),
    (("That is how I remember it, too. Thank you for the part about the phone call.",), ""),
)


def speak(lives: Sequence[Life], clock: Clock, first: Walker, people: Team) -> None:
    officer = people.staff[Role.PRIVACY_OFFICER.value].actor
    mine = [life for life in lives if life.who is first]
    for life, (new, to, words) in zip(mine, PARTS, strict=False):
        _keep(life, clock, first.actor, officer, new, to, words)
    _answer([life.participant_id for life in mine], clock)


def _keep(
    life: Life,
    clock: Clock,
    by: Actor,
    officer: Actor,
    new: NewKept,
    to: KeptStatus | None,
    words: str,
) -> None:
    note = _newest(by, life)
    if note is None:
        return
    at = clock.ago(4, 17)
    part_id = Dice("kept", str(life.participant_id)).id_at(at)
    actions.keep_apart(part_id, note.pk, new, by=by, at=at)
    if to is not None:
        actions.look_at_kept(part_id, to, words=words, by=officer, at=clock.ago(2, 10))


def _newest(by: Actor, life: Life) -> Encounter | None:
    notes = queries.timeline(by, participant_id=life.participant_id, limit=10)
    own_ones = (n for n in notes if n.author_id == by.id and n.kind == "contact" and n.what_we_did)
    return next((n for n in own_ones if n.status in ("signed", "amended")), None)


def _answer(ids: Sequence[UUID], clock: Clock) -> None:
    """Whoever of them comes in by themselves answers the newest notes, and asks for another day."""
    people = Participant.objects.filter(pk__in=ids).exclude(user=None).order_by("pk")
    for person, (said, wish) in zip(people, ANSWERS, strict=False):
        by = actor_for(person.user) if person.user is not None else None
        if by is None:
            continue
        notes = list(own_notes(by).filter(kind="contact")[1:3])
        for days, (note, words) in enumerate(zip(notes, said, strict=False)):
            at = clock.ago(1 + days, 19.5)
            made = Dice("answer", str(note.pk)).id_at(at)
            name = person.first_name if days else ""
            own.answer_note(made, note.pk, words=words, signed_name=name, by=by, at=at)
        at = clock.ago(0, 7.5)
        planned = own_appointments(by).filter(
            status=AppointmentStatus.PLANNED, starts_at__gt=clock.ago(-1, 0)
        )
        coming = planned.order_by("starts_at").first()
        if coming is not None and wish:
            own.wish_about(coming.pk, Wish.OTHER_TIME.value, wish, by=by, at=at)
