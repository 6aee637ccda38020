from django.urls import URLPattern, path

from alongside.web.views import drafts, encounters, hints, notes

WITH = "log/with/<uuid:participant_id>/"
DRAFT = "log/draft/<uuid:encounter_id>/"
NOTE = "notes/<uuid:encounter_id>/"

urlpatterns: list[URLPattern] = [
    path("log/", encounters.log, name="log"),
    path(WITH, encounters.note_new, name="note_new"),
    path(f"{WITH}advice/", encounters.note_advice, name="note_advice"),
    path(f"{WITH}hint/", hints.hint_answer, name="hint_answer"),
    path(f"{WITH}hints-again/", hints.hints_back, name="hints_back"),
    path(f"{WITH}tried/", encounters.attempt, name="attempt"),
    path("log/tried/<uuid:encounter_id>/undo/", encounters.attempt_undo, name="attempt_undo"),
    path(f"{WITH}save/", drafts.draft_save, name="draft_save"),
    path(f"{WITH}later/", drafts.draft_later, name="draft_later"),
    path(f"{WITH}put-away/", drafts.draft_drop, name="draft_drop"),
    path(DRAFT, drafts.draft, name="draft"),
    path(f"{DRAFT}restore/", drafts.draft_restore, name="draft_restore"),
    path(NOTE, notes.note, name="note"),
    path(f"{NOTE}correct/", notes.note_correct, name="note_correct"),
    path(f"{NOTE}mistake/", notes.note_void, name="note_void"),
    path(f"{NOTE}sign/", notes.note_sign, name="note_sign"),
    path(f"{NOTE}together/", notes.note_together, name="note_together"),
]
