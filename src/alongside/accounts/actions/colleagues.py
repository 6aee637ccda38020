"""What a colleague may do, whom they answer to, and whether they may come in."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from alongside.accounts import queries, rules
from alongside.accounts.codes import Role
from alongside.accounts.models import RoleGrant, User
from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.refusal import STALE, Refused, ensure


@transaction.atomic
def change_roles(
    user_id: UUID, *, roles: Collection[Role], by: Actor, at: datetime
) -> frozenset[Role]:
    """Give and take roles; they hold from the colleague's next click. Returns the roles given."""
    colleague = queries.colleague_facts(by, user_id=user_id)
    wanted = frozenset(roles)
    ensure(rules.why_not_change_roles(colleague, wanted))
    given, taken = wanted - colleague.roles, colleague.roles - wanted
    if not given and not taken:
        return given
    RoleGrant.objects.filter(user_id=user_id, role__in=[role.value for role in taken]).delete()
    RoleGrant.objects.bulk_create(
        [
            RoleGrant(agency_id=by.agency_id, user_id=user_id, role=role.value)
            for role in sorted(given)
        ]
    )
    record(
        by=by,
        at=at,
        verb="user.roles-changed",
        target=f"User/{user_id}",
        detail={"given": sorted(given), "taken": sorted(taken)},
    )
    # Two administrators may take the role from each other at once: whoever is second is refused.
    if Role.ADMINISTRATOR in taken and not queries.administrators(by).exists():
        ensure(rules.why_not_change_roles(queries.alone(colleague), wanted))
    return given


@transaction.atomic
def set_supervisor(user_id: UUID, *, supervisor_id: UUID | None, by: Actor, at: datetime) -> None:
    """Who supports this colleague in the work, and sees the records of their caseload."""
    user = queries.users_visible_to(by).get(pk=user_id)
    if user.supervisor_id == supervisor_id:
        return
    if supervisor_id is not None:
        ensure(
            rules.why_not_supervise(
                user_id,
                queries.colleague_facts(by, user_id=supervisor_id),
                queries.supervisors(by),
            )
        )
    won = User.objects.filter(pk=user_id, supervisor_id=user.supervisor_id).update(
        supervisor_id=supervisor_id
    )
    if not won:
        raise Refused(STALE)
    record(
        by=by,
        at=at,
        verb="user.supervisor-set",
        target=f"User/{user_id}",
        detail={"supervisor": str(supervisor_id or "")},
    )


@transaction.atomic
def shut_out(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """End every session of this user, now, and let none begin."""
    colleague = queries.colleague_facts(by, user_id=user_id)
    ensure(rules.why_not_shut_out(colleague, by=by.id))
    won = User.objects.filter(pk=user_id, is_active=True).update(
        is_active=False, session_epoch=F("session_epoch") + 1
    )
    if not won:
        raise Refused(STALE)
    record(by=by, at=at, verb="user.shut-out", target=f"User/{user_id}")
    if Role.ADMINISTRATOR in colleague.roles and not queries.administrators(by).exists():
        ensure(rules.why_not_shut_out(queries.alone(colleague), by=by.id))


@transaction.atomic
def let_in(user_id: UUID, *, by: Actor, at: datetime) -> None:
    """The user may sign in again. Sessions from before stay ended."""
    queries.users_visible_to(by).get(pk=user_id)
    if not User.objects.filter(pk=user_id, is_active=False).update(is_active=True):
        raise Refused(STALE)
    record(by=by, at=at, verb="user.let-in", target=f"User/{user_id}")


@transaction.atomic
def end_other_sessions(*, by: Actor, at: datetime) -> None:
    """Every session of the actor ends with its next request; a face keeps the one it stands in."""
    User.objects.filter(pk=by.id).update(session_epoch=F("session_epoch") + 1)
    record(by=by, at=at, verb="user.signed-out-elsewhere", target=f"User/{by.id}")


@transaction.atomic
def sign_in_happened(*, verb: str, by: Actor, at: datetime, how: str = "") -> None:
    """Keep that somebody came in or changed how they come in: ``user.signed-in`` and its kin."""
    detail = {"how": how} if how else {}
    record(by=by, at=at, verb=verb, target=f"User/{by.id}", detail=detail)
