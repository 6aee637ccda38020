from django.urls import path

from alongside.web.views import evidence, requirements

ALL = "people/<uuid:participant_id>/required/"
ONE = f"{ALL}<uuid:requirement_id>/"
SHOWN = f"{ONE}shown/<uuid:evidence_id>/"
ASKED = f"{ONE}asked/<uuid:question_id>/"

urlpatterns = [
    path(ALL, requirements.required, name="required"),
    path(f"{ALL}new/", requirements.required_new, name="required_new"),
    path(f"{ALL}print/", requirements.required_print, name="required_print"),
    path(f"{ALL}paper/", requirements.required_paper_pdf, name="required_paper"),
    path(f"{ALL}sheet/", requirements.required_sheet, name="required_sheet"),
    path(ONE, requirements.requirement, name="requirement"),
    path(f"{ONE}correct/", requirements.requirement_correct, name="requirement_correct"),
    path(f"{ONE}state/", requirements.requirement_state, name="requirement_state"),
    path(f"{ONE}take-back/", requirements.requirement_take_back, name="requirement_take_back"),
    path(f"{ONE}put-back/", requirements.requirement_put_back, name="requirement_put_back"),
    path(f"{ONE}show/", evidence.requirement_show, name="requirement_show"),
    path(f"{ONE}ask/", evidence.requirement_ask, name="requirement_ask"),
    path(SHOWN, evidence.evidence_file, name="evidence_file"),
    path(f"{SHOWN}take-back/", evidence.evidence_take_back, name="evidence_take_back"),
    path(f"{SHOWN}put-back/", evidence.evidence_put_back, name="evidence_put_back"),
    path(f"{ASKED}answer/", evidence.requirement_answer, name="requirement_answer"),
    path(f"{ASKED}take-back/", evidence.question_take_back, name="question_take_back"),
    path(f"{ASKED}put-back/", evidence.question_put_back, name="question_put_back"),
]
