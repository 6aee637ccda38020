"""A hint about the role in a note: one tap puts it away for that note, another brings it back."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.encounters import actions
from alongside.encounters.codes import HintAnswerKind
from alongside.people.queries import participants_visible_to
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.views.drafts import keep
from alongside.web.views.encounters import advice_fragment


@require_POST
@requires(Permission.NOTE_WRITE)
def hint_answer(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Not helpful. Only what the words hold is answered; without scripts they are kept too."""
    phrase = request.POST.get("hint")
    return _answer(request, participant_id, HintAnswerKind.NOT_HELPFUL, phrase=phrase)


@require_POST
@requires(Permission.NOTE_WRITE)
def hints_back(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Show the hints of one field again."""
    name = request.POST.get("hints_of")
    return _answer(request, participant_id, HintAnswerKind.TAKEN_BACK, name=name)


def _answer(
    request: StaffRequest,
    participant_id: UUID,
    answer: HintAnswerKind,
    *,
    phrase: str | None = None,
    name: str | None = None,
) -> HttpResponse:
    """The hints on one phrase, or all of one field."""
    person = participants_visible_to(request.actor).get(pk=participant_id)
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id"))
    if encounter_id is None:
        return redirect("web:log")
    form = noteforms.note_form(request, person, data=request.POST)
    found = [
        (where, hint)
        for where in noteforms.WRITERS
        for hint in noteforms.found_in(form, where)
        if hint.phrase == phrase or where == name
    ]
    now = timezone.now()
    for _where, hint in found:
        actions.answer_hint(
            encounter_id, person.pk, hint.kind, hint.phrase, answer, by=request.actor, at=now
        )
    if request.htmx:
        return advice_fragment(request, person)
    if keep(request, participant_id) is None:
        return redirect("web:today")
    where = f"#hints-{found[0][0]}" if found else ""
    return redirect(reverse("web:draft", args=[encounter_id]) + where)
