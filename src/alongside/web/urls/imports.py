from django.urls import path

from alongside.web.views import import_rows, imports

urlpatterns = [
    path("imports/", imports.imports, name="imports"),
    path("imports/sort-out/", import_rows.sort_out, name="import_sort_out"),
    path("imports/sort-out/again/", import_rows.again, name="import_again"),
    path("imports/same-person/", import_rows.same_person, name="same_person"),
    path("imports/same-person/<uuid:proposal_id>/", import_rows.decide, name="same_person_decide"),
    path(
        "imports/same-person/<uuid:proposal_id>/reopen/",
        import_rows.reopen,
        name="same_person_reopen",
    ),
    path("imports/rows/<uuid:row_id>/", import_rows.row, name="import_row"),
    path("imports/rows/<uuid:row_id>/skip/", import_rows.skip, name="import_row_skip"),
    path("imports/rows/<uuid:row_id>/take-up/", import_rows.take_up, name="import_row_take_up"),
    path("imports/<uuid:batch_id>/", imports.batch, name="import_batch"),
    path("imports/<uuid:batch_id>/columns/", imports.columns, name="import_columns"),
    path("imports/<uuid:batch_id>/begin/", imports.begin, name="import_begin"),
    path("imports/<uuid:batch_id>/step/", imports.step, name="import_step"),
    path("imports/<uuid:batch_id>/stop/", imports.stop, name="import_stop"),
    path("imports/<uuid:batch_id>/put-away/", imports.put_away, name="import_put_away"),
    path("imports/<uuid:batch_id>/take-out/", imports.take_out, name="import_take_out"),
    path("imports/<uuid:batch_id>/undo/", imports.undo, name="import_undo"),
    path("imports/<uuid:batch_id>/redo/", imports.redo, name="import_redo"),
    path("imports/<uuid:batch_id>/offers/", import_rows.offers, name="import_offers"),
]
