"""Numbers and addresses of the first supporter's people: invented, sealed, one corrected."""

from collections.abc import Sequence

from alongside.demo.chance import Clock, Dice
from alongside.demo.life import Life
from alongside.demo.team import Walker
from alongside.people.actions.identifiers import correct_identifier, keep_identifier
from alongside.people.codes import IdentifierKind as K

# Whose (by place in the caseload), how many days ago, what, what it is called, and what it says.
KEPT = (
    (0, 60, K.MEDICAID, "", "9900000017"),
    (0, 60, K.HOME, "", "418 Lantern Street, Apt 2\nMenomonie, WI 54751"),
    (0, 41, K.OTHER, "Court file", "2026-JC-0000"),
    (1, 33, K.MAILING, "", "c/o Aunt, PO Box 0\nMenomonie, WI 54751"),
)
MOVED = (12, "Blue Door House, room 5\nMenomonie, WI 54751")


def write_down(lives: Sequence[Life], clock: Clock, first: Walker) -> None:
    mine, dice = [life for life in lives if life.who is first], Dice("numbers")
    for hour, (whose, ago, kind, label, value) in enumerate(KEPT, start=9):
        at = clock.ago(ago, hour)
        row = keep_identifier(
            mine[whose].participant_id,
            kind=kind,
            label=label,
            value=value,
            identifier_id=dice.id_at(at),
            by=first.actor,
            at=at,
        )
        if kind is K.HOME:
            days, now = MOVED
            then = clock.ago(days, hour)
            correct_identifier(row.pk, label="", value=now, by=first.actor, at=then)
