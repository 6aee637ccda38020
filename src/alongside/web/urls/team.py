from django.urls import URLPattern, path

from alongside.web.views import away, note_questions, readings, team

NOTE = "team/notes/<uuid:encounter_id>/"
AFFIRMATION = "affirmations/<uuid:affirmation_id>/"
QUESTION = "note-questions/<uuid:note_question_id>/"
AWAY = "away/<uuid:away_id>/"

urlpatterns: list[URLPattern] = [
    path("team/", team.team, name="team"),
    path("team/notes/", team.team_notes, name="team_notes"),
    path("team/questions/", team.team_questions, name="team_questions"),
    path("team/agenda/<uuid:supporter_id>/", team.agenda_compose, name="agenda_compose"),
    path(NOTE, readings.team_note, name="team_note"),
    path(f"{NOTE}read/", readings.team_note_read, name="team_note_read"),
    path(f"{NOTE}unread/", readings.team_note_unread, name="team_note_unread"),
    path(f"{NOTE}affirm/", readings.affirm, name="affirm"),
    path(f"{NOTE}ask/", note_questions.note_ask, name="note_ask"),
    path(AFFIRMATION, readings.affirmation, name="affirmation"),
    path(f"{AFFIRMATION}back/", readings.affirmation_back, name="affirmation_back"),
    path(f"{AFFIRMATION}again/", readings.affirmation_again, name="affirmation_again"),
    path(f"{AFFIRMATION}seen/", readings.affirmation_seen, name="affirmation_seen"),
    path(QUESTION, note_questions.note_question, name="note_question"),
    path(f"{QUESTION}close/", note_questions.close, name="note_question_close"),
    path(f"{QUESTION}back/", note_questions.withdraw, name="note_question_back"),
    path(f"{QUESTION}again/", note_questions.reopen, name="note_question_again"),
    path("team/away/", away.away, name="away"),
    path("colleagues/<uuid:user_id>/away/", away.colleague_away, name="colleague_away"),
    path(f"{AWAY}back/", away.away_back, name="away_back"),
    path(f"{AWAY}again/", away.away_again, name="away_again"),
]
