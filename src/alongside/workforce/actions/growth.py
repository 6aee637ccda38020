"""Competencies, sign-offs, how someone began, and what is taken out of here."""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from alongside.audit.actions import record
from alongside.core.actor import Actor
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.refusal import STALE, Refused, ensure
from alongside.files.actions import Checked, keep_file, keeps_files, put_back_file, remove_file
from alongside.practice.growth.codes import CompetencyWord, Whose
from alongside.tenancy.hidden import free_id
from alongside.workforce.models import CompetencyView, SignOff, Supporter
from alongside.workforce.queries.growth import (
    growing,
    relation_to,
    sign_offs_of,
    view_with_file,
    views_of,
)
from alongside.workforce.rules import growth as rules
from alongside.workforce.rules.growth import Beginning, NewView


@keeps_files
@transaction.atomic
def say_view(
    supporter_id: UUID,
    new: NewView,
    *,
    by: Actor,
    at: datetime,
    view_id: UUID | None = None,
    file: Checked | None = None,
) -> CompetencyView:
    """One's own view from now on; the one before stays readable. A ``view_id`` made by the form
    makes five clicks one view."""
    supporter = growing(by).get(pk=supporter_id)
    ensure(rules.why_not_view(relation_to(by, supporter), new))
    pk = view_id or new_id()
    there = CompetencyView.objects.filter(pk=pk).first()
    if there is not None and (there.supporter_id, there.competency) == (
        supporter.pk,
        new.competency,
    ):
        return there
    CompetencyView.objects.filter(
        supporter=supporter, competency=new.competency, whose=new.whose.value, replaced_at=None
    ).update(replaced_at=at)
    view = CompetencyView.objects.create(
        pk=free_id(CompetencyView, pk),
        agency_id=supporter.agency_id,
        supporter=supporter,
        competency=new.competency,
        whose=new.whose.value,
        word=new.word.value,
        words=new.words.strip(),
        file=keep_file(file, by=by, at=at) if file else None,
        said_at=at,
        said_by_id=by.id,
    )
    record(by=by, at=at, verb="competency.said", target=f"CompetencyView/{view.pk}")
    return view


@transaction.atomic
def remove_view_file(supporter_id: UUID, view_id: UUID, *, by: Actor, at: datetime) -> None:
    """Who said it takes its file away; the words stay."""
    view = view_with_file(by, supporter_id=supporter_id, view_id=view_id)
    _ensure_own_view(view, by, supporter_id)
    if view.file is None:
        raise Refused(STALE)
    remove_file(view.file, by=by, at=at)
    record(by=by, at=at, verb="competency.file-removed", target=f"CompetencyView/{view_id}")


@transaction.atomic
def put_back_view_file(supporter_id: UUID, view_id: UUID, *, by: Actor, at: datetime) -> None:
    view = view_with_file(by, supporter_id=supporter_id, view_id=view_id, removed=True)
    _ensure_own_view(view, by, supporter_id)
    if view.file is None:
        raise Refused(STALE)
    put_back_file(view.file, by=by, at=at)
    record(by=by, at=at, verb="competency.file-put-back", target=f"CompetencyView/{view_id}")


def _ensure_own_view(view: CompetencyView, by: Actor, supporter_id: UUID) -> None:
    relation = relation_to(by, growing(by).get(pk=supporter_id))
    said = NewView(view.competency, Whose(view.whose), CompetencyWord(view.word))
    ensure(rules.why_not_view(relation, said))


@transaction.atomic
def sign_off(
    supporter_id: UUID, competency: str, *, words: str = "", by: Actor, at: datetime
) -> SignOff:
    """The supervisor's word, with the day. Twice is once."""
    supporter = growing(by).get(pk=supporter_id)
    views = views_of(by, supporter_id=supporter_id, competency=competency)
    looked = views.filter(whose=Whose.SUPERVISOR.value, replaced_at=None).exists()
    ensure(rules.why_not_sign_off(relation_to(by, supporter), looked=looked))
    signed = sign_offs_of(by, supporter_id=supporter_id, competency=competency)
    there = signed.filter(taken_back_at=None).first()
    if there is not None:
        return there
    row = SignOff.objects.create(
        agency_id=supporter.agency_id,
        supporter=supporter,
        competency=competency,
        on=local_date(at, by.time_zone),
        words=words.strip(),
        signed_at=at,
        signed_by_id=by.id,
    )
    record(by=by, at=at, verb="competency.signed-off", target=f"SignOff/{row.pk}")
    return row


@transaction.atomic
def take_back_sign_off(supporter_id: UUID, competency: str, *, by: Actor, at: datetime) -> None:
    supporter = growing(by).get(pk=supporter_id)
    ensure(rules.why_not_supervise(relation_to(by, supporter)))
    rows = SignOff.objects.filter(supporter=supporter, competency=competency, taken_back_at=None)
    found = rows.first()
    if found is None or not rows.update(taken_back_at=at):
        raise Refused(STALE)
    record(by=by, at=at, verb="competency.sign-off-taken-back", target=f"SignOff/{found.pk}")


@transaction.atomic
def set_beginning(supporter_id: UUID, new: Beginning, *, by: Actor, at: datetime) -> None:
    """When someone began here, and with how much experience: orientation hours hang on it."""
    supporter = growing(by).get(pk=supporter_id)
    today = local_date(at, by.time_zone)
    ensure(rules.why_not_set_beginning(relation_to(by, supporter), new, today=today))
    Supporter.objects.filter(pk=supporter_id).update(**asdict(new))
    record(by=by, at=at, verb="supporter.beginning-set", target=f"Supporter/{supporter_id}")


@transaction.atomic
def take_out(supporter_id: UUID, *, part: str, by: Actor, at: datetime) -> Supporter:
    """A sheet of someone's growth leaves the program: whose, and which part, is on record."""
    supporter = growing(by).get(pk=supporter_id)
    record(
        by=by,
        at=at,
        verb="growth.exported",
        target=f"Supporter/{supporter_id}",
        detail={"part": part},
    )
    return supporter
