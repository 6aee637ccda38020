"""Writing a supporter's own preparation: sealed before it reaches the database, gone when removed.

The log says that a private worksheet was begun or removed, and nothing else about it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Count

from alongside.accounts.actions.resealing import Step
from alongside.accounts.queries import users_visible_to
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import Refusal, Refused, ensure
from alongside.core.sealing import CannotOpen, Ring, Wrapped, seal_text
from alongside.core.words import gettext_noop as _
from alongside.plans.models import PrivateKey, PrivateWorksheet
from alongside.plans.queries import private, tools
from alongside.plans.rules import worksheets as rules
from alongside.practice.worksheets import Answers, words_lost
from alongside.tenancy.hidden import free_id

NO_KEY = Refusal(
    "no-key",
    _("The key of your private worksheets does not open here. Ask who runs Alongside for you."),
)


@dataclass(frozen=True)
class SavedPrivately:
    row: PrivateWorksheet
    conflict: bool = False


@transaction.atomic
def save_private_worksheet(
    private_id: UUID,
    answers: Answers,
    *,
    tool: str,
    seen: datetime | None,
    by: Actor,
    at: datetime,
) -> SavedPrivately:
    """Seal and keep. For an id that is another person's a new one is taken. Raises ``DoesNotExist``
    for a sheet that this window saw and that was removed: what comes late brings nothing back."""
    row = private.private_worksheets(by).filter(pk=private_id).first()
    if row is None and seen is not None:
        raise PrivateWorksheet.DoesNotExist
    if row is None:
        return SavedPrivately(_begin(private_id, answers, tool, by=by, at=at))
    key = _key(by, at=at)
    before, _other = private.opened(by, [row])[0]
    conflict = seen != row.saved_at and words_lost(before, answers)
    if conflict:
        row.other = _sealed(key, before, by, row, "other")
    row.sealed, row.saved_at = _sealed(key, answers, by, row, "answers"), at
    row.save(update_fields=["sealed", "other", "saved_at"])
    return SavedPrivately(row, conflict)


def _begin(
    private_id: UUID, answers: Answers, tool: str, *, by: Actor, at: datetime
) -> PrivateWorksheet:
    definition = tools.definition_of(by, key=tool)
    ensure(None if definition.private else rules.NOT_PRIVATE)
    ensure(rules.WITHDRAWN if tools.is_withdrawn(by, key=tool) else None)
    row = PrivateWorksheet(
        pk=free_id(PrivateWorksheet, private_id),
        agency_id=by.agency_id,
        owner_id=by.id,
        tool=definition.key,
        tool_version=definition.version,
        begun_at=at,
        saved_at=at,
    )
    row.sealed = _sealed(_key(by, at=at), answers, by, row, "answers")
    row.save(force_insert=True)
    record(by=by, at=at, verb="private-worksheet.begun", target=f"PrivateWorksheet/{row.pk}")
    return row


@transaction.atomic
def remove_private_worksheet(private_id: UUID, *, by: Actor, at: datetime) -> None:
    """Gone: the row is deleted, with what another window had saved. There is no way back."""
    row = private.private_worksheets(by).get(pk=private_id)
    row.delete()
    record(by=by, at=at, verb="private-worksheet.removed", target=f"PrivateWorksheet/{private_id}")


@transaction.atomic
def remove_all_private_worksheets(*, by: Actor, at: datetime) -> None:
    """All of one's own, and the key: what lies in a backup opens no more."""
    private.private_worksheets(by).delete()
    PrivateKey.objects.filter(user_id=by.id).delete()
    record(by=by, at=at, verb="private-worksheet.all-removed", target=f"User/{by.id}")


@transaction.atomic
def destroy_private_worksheets(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """Someone left for good: their key is destroyed, and nobody reads what they sealed, ever.

    Whether there was anything is told to nobody.
    """
    user = users_visible_to(by).get(pk=user_id)
    ensure(rules.why_not_destroy(by, still_here=user.is_active))
    PrivateWorksheet.objects.filter(agency_id=by.agency_id, owner_id=user_id).delete()
    PrivateKey.objects.filter(agency_id=by.agency_id, user_id=user_id).delete()
    record(by=by, at=at, verb="private-worksheet.key-destroyed", target=f"User/{user_id}")


class PrivateKeys:
    """The keys of all colleagues, as a place where sealed things lie: see ``resealing.Place``."""

    def keys(self, agency_id: UUID) -> Mapping[str, int]:
        rows = PrivateKey.objects.filter(agency_id=agency_id).values_list("wrapped_by")
        return dict(rows.annotate(Count("pk")).order_by())

    @transaction.atomic
    def step(self, agency_id: UUID, *, after: UUID | None, limit: int) -> Step:
        """Close keys anew with the current key of the installation; what a colleague sealed with
        theirs stays as it is."""
        ring, done, closed = Ring(settings.SEALING_KEYS), 0, 0
        older = PrivateKey.objects.filter(agency_id=agency_id).exclude(wrapped_by=ring.current)
        rows = list(older.filter(pk__gt=after or UUID(int=0)).order_by("pk")[:limit])
        for row in rows:
            old = Wrapped(bytes(row.wrapped), row.wrapped_by)
            try:
                new = ring.rewrap(old, context=private.key_context_of(row.user_id))
            except CannotOpen:
                closed += 1
                continue
            same = PrivateKey.objects.filter(pk=row.pk, wrapped_by=old.by)
            done += same.update(wrapped=new.sealed, wrapped_by=new.by)
        return Step(done, closed, rows[-1].pk if len(rows) == limit else None)


def _key(by: Actor, *, at: datetime) -> bytes:
    """The key of ``by``, made with their first private worksheet."""
    ring, context = Ring(settings.SEALING_KEYS), private.key_context(by)
    if not PrivateKey.objects.filter(user_id=by.id).exists():
        new = ring.new_key(context=context)
        PrivateKey.objects.create(
            agency_id=by.agency_id,
            user_id=by.id,
            wrapped=new.sealed,
            wrapped_by=new.by,
            made_at=at,
        )
    found = private.private_key(by)
    if found is None:
        raise Refused(NO_KEY)
    return found


def _sealed(key: bytes, answers: Answers, by: Actor, row: PrivateWorksheet, field: str) -> bytes:
    text = json.dumps(answers, ensure_ascii=False)
    return seal_text(key, text, context=private.context(by, row, field))
