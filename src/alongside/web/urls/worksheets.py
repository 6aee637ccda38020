from django.urls import URLPattern, path

from alongside.web.views import agency_tools, private_worksheets, tools, worksheets

OF = "people/<uuid:participant_id>/worksheets/"
SHEET = f"{OF}<uuid:worksheet_id>/"
MINE = "tools/mine/"
OWN = "agency/worksheets/"

urlpatterns: list[URLPattern] = [
    path("tools/", tools.tools, name="tools"),
    path(MINE, private_worksheets.private_worksheets, name="private_worksheets"),
    path(
        f"{MINE}remove/", private_worksheets.private_remove_all, name="private_worksheet_remove_all"
    ),
    path(f"{MINE}new/<slug:tool>/", private_worksheets.private_new, name="private_worksheet_new"),
    path(f"{MINE}<uuid:private_id>/", private_worksheets.private_write, name="private_worksheet"),
    path(
        f"{MINE}<uuid:private_id>/save/",
        private_worksheets.private_save,
        name="private_worksheet_save",
    ),
    path(
        f"{MINE}<uuid:private_id>/print/",
        private_worksheets.private_print,
        name="private_worksheet_print",
    ),
    path(
        f"{MINE}<uuid:private_id>/remove/",
        private_worksheets.private_remove,
        name="private_worksheet_remove",
    ),
    path(
        "colleagues/<uuid:user_id>/destroy/",
        private_worksheets.private_destroy,
        name="private_destroy",
    ),
    path("tools/<slug:tool>/", tools.tool, name="tool"),
    path("tools/<slug:tool>/print/", tools.tool_print, name="tool_print"),
    path(OF, worksheets.worksheets, name="worksheets"),
    path(f"{OF}new/<slug:tool>/", worksheets.worksheet_new, name="worksheet_new"),
    path(f"{OF}take-along/", worksheets.worksheets_export, name="worksheets_export"),
    path(SHEET, worksheets.worksheet, name="worksheet"),
    path(f"{SHEET}write/", worksheets.worksheet_write, name="worksheet_write"),
    path(f"{SHEET}save/", worksheets.worksheet_save, name="worksheet_save"),
    path(f"{SHEET}put-away/", worksheets.worksheet_put_away, name="worksheet_put_away"),
    path(f"{SHEET}take-up/", worksheets.worksheet_take_up, name="worksheet_take_up"),
    path(f"{SHEET}print/", worksheets.worksheet_print, name="worksheet_print"),
    path(f"{SHEET}copy/", worksheets.worksheet_copy, name="worksheet_copy"),
    path(
        f"{SHEET}earlier/<uuid:earlier_id>/", worksheets.worksheet_earlier, name="worksheet_earlier"
    ),
    path(f"{SHEET}take-back/", worksheets.worksheet_take_back, name="worksheet_take_back"),
    path(f"{SHEET}put-back/", worksheets.worksheet_put_back, name="worksheet_put_back"),
    path(OWN, agency_tools.agency_tools, name="agency_tools"),
    path(f"{OWN}new/", agency_tools.agency_tool_new, name="agency_tool_new"),
    path(f"{OWN}look/", agency_tools.agency_tool_look, name="agency_tool_look"),
    path(f"{OWN}upload/", agency_tools.agency_tool_upload, name="agency_tool_upload"),
    path(f"{OWN}<uuid:tool_id>/", agency_tools.agency_tool, name="agency_tool"),
    path(f"{OWN}<uuid:tool_id>/take/", agency_tools.agency_tool_take, name="agency_tool_take"),
    path(
        f"{OWN}<uuid:tool_id>/withdraw/",
        agency_tools.agency_tool_withdraw,
        name="agency_tool_withdraw",
    ),
    path(
        f"{OWN}<uuid:tool_id>/restore/",
        agency_tools.agency_tool_restore,
        name="agency_tool_restore",
    ),
]
