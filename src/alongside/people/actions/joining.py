"""Two records are one person: how they come in, and what they said about how they are reached, go
along to the record that is kept. Part of the caller's action; what is given back undoes it."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db.models import F

from alongside.accounts.actions import outside
from alongside.accounts.actions.letters import put_letters_away
from alongside.accounts.models import User
from alongside.core.actor import Actor
from alongside.people.models import ContactWish, OwnLink, Participant
from alongside.people.rules.reaching import Reaching, more_careful


class Joined(TypedDict, total=False):
    """``followed``, ``closed``: the other's account. ``links``: all that came along; ``open`` of
    them still let somebody in, ``ended`` does no more. ``wishes`` came along, behind ``after``
    others; ``wish`` was put together from both."""

    followed: str
    closed: str
    links: list[str]
    open: str
    ended: str
    wishes: list[str]
    after: int
    wish: str


def join_doors(kept: Participant, other: Participant, *, by: Actor, at: datetime) -> Joined:
    joined = _join_accounts(kept, other)
    _join_links(kept, other, joined, by=by, at=at)
    _join_wishes(kept, other, joined, by=by, at=at)
    return joined


def part_doors(
    kept: Participant, other: Participant, joined: Joined, *, by: Actor, at: datetime
) -> None:
    """They are two people after all: each gets back what came with their row."""
    account = _account_of_other(kept, joined)
    if account is not None:
        Participant.objects.filter(pk=kept.pk).update(user=None)
        Participant.objects.filter(pk=other.pk).update(user=account)
    elif "closed" in joined and str(other.user_id) == joined["closed"]:
        User.objects.filter(pk=joined["closed"]).update(is_active=True)
    OwnLink.objects.filter(pk__in=joined.get("links", []), participant=kept).update(
        participant=other
    )
    if "ended" in joined:
        OwnLink.objects.filter(pk=joined["ended"], expires_at__gt=at).update(taken_back_at=None)
    _part_wishes(kept, other, joined, account, by=by, at=at)


def _join_accounts(kept: Participant, other: Participant) -> Joined:
    """Where both have an account, that of the kept row goes on and the other is closed."""
    if other.user is None:
        return {}
    if kept.user_id is not None:
        if not other.user.is_active:
            return {}
        outside.close_sign_in(other.user.pk)
        return {"closed": str(other.user.pk)}
    Participant.objects.filter(pk=other.pk).update(user=None)
    Participant.objects.filter(pk=kept.pk).update(user=other.user)
    return {"followed": str(other.user.pk)}


def _join_links(
    kept: Participant, other: Participant, joined: Joined, *, by: Actor, at: datetime
) -> None:
    """An open link stays open where nobody comes in yet. Into an account that is in use it lets
    nobody: two rows may turn out to be two people."""
    links = OwnLink.objects.filter(participant=other)
    still = links.filter(used_at=None, taken_back_at=None).first()
    if still is not None:
        first = OwnLink.objects.filter(participant=kept, used_at=None, taken_back_at=None)
        if kept.user_id is not None or first.exists():
            put_letters_away(still.pk, by=by)
            OwnLink.objects.filter(pk=still.pk).update(taken_back_at=at)
            joined["ended"] = str(still.pk)
        else:
            joined["open"] = str(still.pk)
    ids = [str(pk) for pk in links.values_list("pk", flat=True)]
    if ids:
        joined["links"] = ids
        links.update(participant=kept)


def _join_wishes(
    kept: Participant, other: Participant, joined: Joined, *, by: Actor, at: datetime
) -> None:
    theirs = list(ContactWish.objects.filter(participant=other).order_by("number"))
    if not theirs:
        return
    last = ContactWish.objects.filter(participant=kept).order_by("-number").first()
    after = last.number if last is not None else 0
    ContactWish.objects.filter(participant=other).update(
        participant=kept, number=F("number") + after
    )
    joined["wishes"], joined["after"] = [str(row.pk) for row in theirs], after
    if last is None:
        return
    newer, older = sorted((theirs[-1], last), key=lambda row: row.set_at, reverse=True)
    wish = more_careful(newer.reaching(), older.reaching())
    if wish != theirs[-1].reaching():
        joined["wish"] = str(_say(kept.pk, wish, joined=True, by=by, at=at).pk)


def _part_wishes(
    kept: Participant,
    other: Participant,
    joined: Joined,
    account: UUID | None,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What was said since stays with whose account said it. Where the kept row still goes by what
    was put together, what it said before holds again."""
    own = ContactWish.objects.filter(participant=kept)
    moved = own.filter(pk__in=joined.get("wishes", []))
    moved.update(participant=other, number=F("number") - joined.get("after", 0))
    if account is not None:
        for row in own.filter(set_by_id=account).order_by("number"):
            row.participant, row.number = other, _last_number(other.pk) + 1
            row.save(update_fields=["participant", "number"])
    last = own.order_by("-number").first()
    if last is not None and str(last.pk) == joined.get("wish"):
        before = own.filter(number__lte=joined["after"]).order_by("-number").first()
        if before is not None:
            _say(kept.pk, before.reaching(), joined=False, by=by, at=at)


def _account_of_other(kept: Participant, joined: Joined) -> UUID | None:
    """The account by which the other's person comes in now, where it stands with the kept row."""
    if kept.user_id is None:
        return None
    if "followed" in joined:
        return kept.user_id if str(kept.user_id) == joined["followed"] else None
    links = OwnLink.objects.filter(pk__in=[joined["open"]] if "open" in joined else [])
    return kept.user_id if links.filter(used_at__isnull=False).exists() else None


def _say(
    participant_id: UUID, wish: Reaching, *, joined: bool, by: Actor, at: datetime
) -> ContactWish:
    return ContactWish.objects.create(
        agency_id=by.agency_id,
        participant_id=participant_id,
        number=_last_number(participant_id) + 1,
        ways={way.value: may.value for way, may in wish.ways.items()},
        words=wish.words,
        says=wish.says.value,
        quiet_from=wish.quiet_from,
        quiet_until=wish.quiet_until,
        others=wish.others,
        joined=joined,
        set_at=at,
        set_by_id=by.id,
    )


def _last_number(participant_id: UUID) -> int:
    rows = ContactWish.objects.filter(participant_id=participant_id).order_by("-number")
    return rows.values_list("number", flat=True).first() or 0
