"""Instruments an agency loads itself, and how often each is offered. Looked at before use."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from alongside.accounts.codes import Permission
from alongside.accounts.queries import contracts_visible_to
from alongside.core.clock import local_date
from alongside.core.ids import new_id
from alongside.core.leaving import Leaving, leaves
from alongside.core.refusal import Refused
from alongside.outcomes.actions import instruments as actions
from alongside.outcomes.queries import instruments as queries
from alongside.outcomes.queries.rhythm import rhythms
from alongside.practice.instruments import BrokenInstrument, filling
from alongside.practice.instruments.fhir import read
from alongside.practice.instruments.fhir_text import LARGEST
from alongside.practice.rules import rules_on
from alongside.web.access import StaffRequest, requires
from alongside.web.forms.instruments import LoadForm, RhythmForm
from alongside.web.templatetags.words import say
from alongside.web.views.shared import refuse

MANAGES = Permission.AGENCY_MANAGE


@require_GET
@requires(MANAGES)
def instruments(request: StaffRequest) -> HttpResponse:
    return _overview(request, _rhythm_form(request))


def _overview(request: StaffRequest, form: RhythmForm) -> HttpResponse:
    titles = queries.titles(request.actor)
    today = local_date(timezone.now(), request.actor.time_zone)
    page = {
        "nav": "more",
        "ours": [one for one in queries.in_use(request.actor) if one.source],
        "loaded": [
            {"row": row, "title": titles.get(str(row.pk), "")}
            for row in queries.agency_instruments(request.actor)
        ],
        "rhythms": [
            {"row": row, "title": titles.get(row.instrument, "")} for row in rhythms(request.actor)
        ],
        "every": rules_on(today).check_in_every_days,
        "form": form,
    }
    status = 422 if form.is_bound else 200
    return render(request, "web/instruments/instruments.html", page, status=status)


def _rhythm_form(request: StaffRequest) -> RhythmForm:
    contracts = [
        (str(one.pk), f"{one.name} ({one.funder})") for one in contracts_visible_to(request.actor)
    ]
    known = [(one.key, say(one.title)) for one in queries.in_use(request.actor)]
    today = local_date(timezone.now(), request.actor.time_zone)
    initial = {"rhythm_id": new_id(), "starts_on": today, "every_days": 90}
    return RhythmForm(known, contracts, request.POST or None, initial=initial)


@require_POST
@requires(MANAGES)
def rhythm_set(request: StaffRequest) -> HttpResponse:
    form = _rhythm_form(request)
    if not form.is_valid():
        return _overview(request, form)
    given = form.cleaned_data
    rhythm = actions.Rhythm(
        instrument=given["instrument"],
        every_days=given["every_days"],
        starts_on=given["starts_on"],
        contract_id=UUID(given["contract"]) if given["contract"] else None,
    )
    try:
        row = actions.set_rhythm(
            rhythm, rhythm_id=given["rhythm_id"], by=request.actor, at=timezone.now()
        )
    except Refused as refused:
        refuse(form, refused.refusal)
        return _overview(request, form)
    undo = reverse("web:rhythm_back", args=[row.pk])
    messages.success(request, _("Set. What held before stays on record."), extra_tags=undo)
    return redirect("web:instruments")


@require_POST
@requires(MANAGES)
def rhythm_back(request: StaffRequest, rhythm_id: UUID) -> HttpResponse:
    actions.take_rhythm_back(rhythm_id, by=request.actor, at=timezone.now())
    undo = reverse("web:rhythm_again", args=[rhythm_id])
    messages.success(request, _("Taken back. What held before holds again."), extra_tags=undo)
    return redirect("web:instruments")


@require_POST
@requires(MANAGES)
def rhythm_again(request: StaffRequest, rhythm_id: UUID) -> HttpResponse:
    actions.put_rhythm_back(rhythm_id, by=request.actor, at=timezone.now())
    messages.success(request, _("It holds again."))
    return redirect("web:instruments")


@require_http_methods(["GET", "POST"])
@requires(MANAGES)
def instrument_load(request: StaffRequest) -> HttpResponse:
    """A new one: looked at as people will see it, then put in use."""
    form = LoadForm(request.POST or None, request.FILES or None, initial=_blank())
    return _load(request, form)


def _blank() -> dict[str, Any]:
    return {"instrument_id": new_id(), "number": 0}


def _load(request: StaffRequest, form: LoadForm, row: Any = None) -> HttpResponse:
    if not form.is_bound:
        return _show(request, form, row)
    text = _text_of(form)
    if not form.is_valid() or not text:
        if not text and "file" not in form.errors:
            form.add_error("file", _("Choose a file, or paste its text."))
        return _show(request, form, row, status=422)
    try:
        found = read(text)
        if "use" not in request.POST:
            return _show(request, form, row, found=found, text=text)
        given = form.cleaned_data
        kept = actions.load_instrument(
            text,
            may_use=given["may_use"],
            instrument_id=row.pk if row else given["instrument_id"],
            number=given["number"],
            by=request.actor,
            at=timezone.now(),
        )
    except BrokenInstrument as broken:
        place = _("At %(where)s: ") % {"where": broken.where} if broken.where else ""
        form.add_error("file", place + say(broken.say))
    except Refused as refused:
        refuse(form, refused.refusal)
    else:
        messages.success(request, _("In use from now on. What was filled in keeps its wording."))
        return redirect("web:instrument", kept.pk)
    return _show(request, form, row, text=text, status=422)


def _text_of(form: LoadForm) -> str:
    """No more of a file than an instrument can have; the reader says that it is too large."""
    file = form.files.get("file")
    if file is None:
        return str(form.data.get("text", ""))
    raw: bytes = file.read(LARGEST + 1)
    try:
        return raw.decode("utf-8-sig", errors="strict" if len(raw) <= LARGEST else "ignore")
    except UnicodeDecodeError:
        form.add_error("file", _("This is no text file. Choose one with the ending .json."))
        return ""


def _show(
    request: StaffRequest,
    form: LoadForm,
    row: Any,
    *,
    found: Any = None,
    text: str = "",
    status: int = 200,
) -> HttpResponse:
    """The form again, with the text of the file in it, and how it will look."""
    if text:
        given = form.data.dict() if hasattr(form.data, "dict") else dict(form.data)
        errors = form.errors
        form = LoadForm({**given, "text": text})
        form.errors.update(errors)
    page = {
        "nav": "more",
        "form": form,
        "row": row,
        "found": found,
        "pages": _looks(found) if found else (),
        "unused": sorted(found.extra) if found else (),
    }
    return render(request, "web/instruments/load.html", page, status=status)


def _looks(found: Any) -> list[tuple[Any, Any]]:
    return [(page, filling.rows(page, {})) for page in filling.pages(found)]


@require_http_methods(["GET", "POST"])
@requires(MANAGES)
def instrument(request: StaffRequest, instrument_id: UUID) -> HttpResponse:
    """One that is loaded: as it looks, its versions; a new wording is loaded here, too."""
    row = queries.agency_instruments(request.actor).get(pk=instrument_id)
    initial = {"instrument_id": row.pk, "number": row.number}
    form = LoadForm(request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST":
        return _load(request, form, row)
    found = queries.instrument_of(request.actor, key=str(instrument_id))
    page = {
        "nav": "more",
        "row": row,
        "form": form,
        "versions": list(row.versions.all()),
        "found": found,
        "pages": _looks(found),
    }
    return render(request, "web/instruments/instrument.html", page)


@require_GET
@requires(MANAGES)
@leaves(Leaving.NOBODY)
def instrument_take(request: StaffRequest, instrument_id: UUID) -> HttpResponse:
    """The Questionnaire as it was loaded, to keep or to bring in elsewhere."""
    text = queries.version_of(request.actor, key=str(instrument_id)).text
    headers = {"Content-Disposition": 'attachment; filename="questionnaire.json"'}
    return HttpResponse(text, content_type="application/fhir+json", headers=headers)


@require_POST
@requires(MANAGES)
def instrument_withdraw(request: StaffRequest, instrument_id: UUID) -> HttpResponse:
    actions.withdraw_instrument(instrument_id, by=request.actor, at=timezone.now())
    undo = reverse("web:instrument_restore", args=[instrument_id])
    messages.success(request, _("Withdrawn. What was filled in stays."), extra_tags=undo)
    return redirect("web:instruments")


@require_POST
@requires(MANAGES)
def instrument_restore(request: StaffRequest, instrument_id: UUID) -> HttpResponse:
    actions.restore_instrument(instrument_id, by=request.actor, at=timezone.now())
    messages.success(request, _("In use again."))
    return redirect("web:instruments")
