from django.urls import URLPattern, path

from alongside.web.views import disposals, held, keeping, rights

OF = "people/<uuid:participant_id>/"
ASKED = f"{OF}rights/<uuid:request_id>/"
DUE = "records/due/<uuid:participant_id>/"
GONE = "records/gone/<uuid:disposal_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF}rights/", rights.rights, name="rights"),
    path(f"{OF}rights/ask/", rights.right_ask, name="right_ask"),
    path(ASKED, rights.right, name="right"),
    path(f"{ASKED}answer/", rights.right_answer, name="right_answer"),
    path(f"{ASKED}end/", rights.right_end, name="right_end"),
    path(f"{ASKED}longer/", rights.right_longer, name="right_longer"),
    path(f"{ASKED}statement/", rights.right_statement, name="right_statement"),
    path(f"{ASKED}statement/back/", rights.right_statement_back, name="right_statement_back"),
    path(f"{ASKED}withdraw/", rights.right_withdraw, name="right_withdraw"),
    path(f"{ASKED}again/", rights.right_again, name="right_again"),
    path(f"{ASKED}print/", rights.right_print, name="right_print"),
    path(f"{OF}held/", held.held, name="held"),
    path(f"{OF}held/print/", held.held_print, name="held_print"),
    path(f"{OF}held/copy/", held.held_copy, name="held_copy"),
    path(f"{OF}hold/", keeping.hold, name="hold"),
    path("holds/", keeping.holds, name="holds"),
    path("holds/<uuid:hold_id>/lift/", keeping.hold_lift, name="hold_lift"),
    path("records/", keeping.records, name="records"),
    path("records/kept/", keeping.kept, name="records_kept"),
    path("records/asked/", keeping.asked, name="records_asked"),
    path("records/asked/sheet/", keeping.asked_sheet, name="records_asked_sheet"),
    path("records/due/", disposals.due, name="records_due"),
    path(DUE, disposals.due_record, name="record_due"),
    path(f"{DUE}propose/", disposals.propose, name="disposal_propose"),
    path("records/gone/", disposals.disposals, name="disposals"),
    path("records/gone/sheet/", disposals.sheet_of, name="disposals_sheet"),
    path(GONE, disposals.disposal, name="disposal"),
    path(f"{GONE}confirm/", disposals.confirm, name="disposal_confirm"),
    path(f"{GONE}back/", disposals.take_back, name="disposal_back"),
    path(f"{GONE}files/", disposals.finish, name="disposal_finish"),
]
