"""Typed words that are put away, and brought back: nothing that someone wrote goes by one tap."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from alongside.core.actor import Actor
from alongside.core.ids import new_id
from alongside.people.models import FormDraft

AWAY = "~away"  # no key of a form holds the sign


@transaction.atomic
def put_typed_away(participant_id: UUID, *, form: str, by: Actor) -> bool:
    """The form begins anew. Whether there was something to put away: a second tap finds nothing,
    and leaves alone what the first one put there."""
    mine = _typed_by(by, participant_id)
    if not mine.filter(form=form).exists():
        return False
    mine.filter(form=form + AWAY).delete()
    mine.filter(form=form).update(form=form + AWAY)
    return True


@transaction.atomic
def bring_typed_back(participant_id: UUID, *, form: str, by: Actor) -> None:
    """What was put away stands in the form again; what was typed since is put away in its place."""
    mine = _typed_by(by, participant_id)
    if not mine.filter(form=form + AWAY).exists():
        return
    since = f"{form[:40]}~{new_id().hex}"
    mine.filter(form=form).update(form=since)
    mine.filter(form=form + AWAY).update(form=form)
    mine.filter(form=since).update(form=form + AWAY)


def _typed_by(who: Actor, participant_id: UUID) -> QuerySet[FormDraft]:
    return FormDraft.objects.filter(author_id=who.id, participant_id=participant_id)
