from django.urls import URLPattern, path

from alongside.web.views import accounting, breach, disclosures, part_two

OF = "people/<uuid:participant_id>/"
TOLD = "told/<uuid:disclosure_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{OF}told/", disclosures.disclosures, name="disclosures"),
    path(f"{OF}told/new/", disclosures.disclosure_new, name="disclosure_new"),
    path(f"{OF}accounting/", accounting.accounting, name="accounting"),
    path(f"{OF}accounting/paper/", accounting.accounting_paper, name="accounting_paper"),
    path(f"{OF}accounting/sheet/", accounting.accounting_sheet, name="accounting_sheet"),
    path(TOLD, disclosures.disclosure, name="disclosure"),
    path(f"{TOLD}paper/", disclosures.disclosure_paper, name="disclosure_paper"),
    path(f"{TOLD}withdraw/", disclosures.disclosure_withdraw, name="disclosure_withdraw"),
    path(f"{TOLD}restore/", disclosures.disclosure_restore, name="disclosure_restore"),
    path("agency/part-two/", part_two.part_two, name="part_two"),
    path("agency/part-two/<uuid:contract_id>/", part_two.part_two_program, name="part_two_program"),
    path("seen-or-received/", breach.breach, name="breach"),
    path("seen-or-received/find/", breach.breach_find, name="breach_find"),
    path("seen-or-received/sheet/", breach.breach_sheet, name="breach_sheet"),
]
