"""A hint about the role in a note: one tap puts it away for that note."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from alongside.accounts.codes import Permission
from alongside.encounters import actions
from alongside.encounters.codes import HintAnswerKind
from alongside.people.queries import participants_visible_to
from alongside.practice.role import review
from alongside.web import noteforms
from alongside.web.access import StaffRequest, requires
from alongside.web.views.drafts import keep
from alongside.web.views.encounters import advice_fragment


@require_POST
@requires(Permission.NOTE_WRITE)
def hint_answer(request: StaffRequest, participant_id: UUID) -> HttpResponse:
    """Not helpful. Only what the words hold is answered; without scripts they are kept too."""
    person = participants_visible_to(request.actor).get(pk=participant_id)
    encounter_id = noteforms.uuid_or_none(request.POST.get("encounter_id"))
    if encounter_id is None:
        return redirect("web:log")
    typed = noteforms.note_form(request, person, data=request.POST).so_far("what_we_did")
    for hint in review(typed or ""):
        if hint.phrase == request.POST.get("hint"):
            actions.answer_hint(
                encounter_id,
                person.pk,
                hint.kind,
                hint.phrase,
                HintAnswerKind.NOT_HELPFUL,
                by=request.actor,
                at=timezone.now(),
            )
    if request.htmx:
        return advice_fragment(request, person)
    if keep(request, participant_id) is None:
        return redirect("web:today")
    return redirect("web:draft", encounter_id)
