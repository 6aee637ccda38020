from django.urls import path

from alongside.portal.views.record import notes, people, rights, sheets, take, times, told

NOTE = "mine/notes/<uuid:encounter_id>/"
WORDS = "mine/words/<uuid:words_id>/"
TIME = "mine/times/<uuid:appointment_id>/"
SHEET = "mine/sheets/<uuid:worksheet_id>/"
CONSENT = "mine/consents/<uuid:consent_id>/"

urlpatterns = [
    path("mine/notes/", notes.own_notes, name="own_notes"),
    path(NOTE, notes.own_note, name="own_note"),
    path(WORDS, notes.own_words, name="own_words"),
    path(f"{WORDS}back/", notes.own_words_back, name="own_words_back"),
    path(f"{WORDS}again/", notes.own_words_again, name="own_words_again"),
    path("mine/times/", times.own_times, name="own_times"),
    path(TIME, times.own_time, name="own_time"),
    path(f"{TIME}back/", times.own_time_back, name="own_time_back"),
    path("mine/sheets/", sheets.own_sheets, name="own_sheets"),
    path("mine/sheets/new/<slug:tool>/", sheets.own_sheet_new, name="own_sheet_new"),
    path(SHEET, sheets.own_sheet, name="own_sheet"),
    path(f"{SHEET}write/", sheets.own_sheet_write, name="own_sheet_write"),
    path(f"{SHEET}save/", sheets.own_sheet_save, name="own_sheet_save"),
    path(f"{SHEET}away/", sheets.own_sheet_away, name="own_sheet_away"),
    path(f"{SHEET}up/", sheets.own_sheet_up, name="own_sheet_up"),
    path("mine/people/", people.own_people, name="own_people"),
    path("mine/people/wrong/", people.own_people_wrong, name="own_people_wrong"),
    path("mine/people/wrong/<uuid:request_id>/", people.own_wrong_back, name="own_wrong_back"),
    path("mine/rights/", rights.own_rights, name="own_rights"),
    path("mine/rights/<uuid:request_id>/back/", rights.own_right_back, name="own_right_back"),
    path("mine/consents/", people.own_consents, name="own_consents"),
    path(CONSENT, people.own_consent, name="own_consent"),
    path(f"{CONSENT}print/", people.own_consent_print, name="own_consent_print"),
    path(f"{CONSENT}paper/", people.own_consent_paper, name="own_consent_paper"),
    path(f"{CONSENT}back/", people.own_consent_back, name="own_consent_back"),
    path("mine/told/", told.own_told, name="own_told"),
    path("mine/told/paper/", told.own_told_paper, name="own_told_paper"),
    path("mine/told/updates/", told.own_updates, name="own_updates"),
    path("mine/told/updates/<uuid:update_id>/", told.own_update, name="own_update"),
    path("mine/looked/", take.own_looked, name="own_looked"),
    path("mine/copy/", take.own_copy, name="own_copy"),
    path("mine/copy/take/", take.own_copy_take, name="own_copy_take"),
]
