from django.urls import path

from alongside.portal.views import milestones, requirements

ALL = "mine/required/"
ONE = f"{ALL}<uuid:requirement_id>/"
SHOWN = f"{ONE}shown/<uuid:evidence_id>/"
WAY = "mine/milestones/"
MARK = f"{WAY}<uuid:milestone_id>/"
AGAIN = f"{WAY}again/"
RETURN = f"{AGAIN}<uuid:return_id>/"

urlpatterns = [
    path(ALL, requirements.required, name="mine_required"),
    path(f"{ALL}new/", requirements.required_new, name="mine_required_new"),
    path(f"{ALL}print/", requirements.required_print, name="mine_required_print"),
    path(f"{ALL}paper/", requirements.required_paper_pdf, name="mine_required_paper"),
    path(ONE, requirements.requirement, name="mine_requirement"),
    path(f"{ONE}change/", requirements.requirement_change, name="mine_requirement_change"),
    path(f"{ONE}did/", requirements.requirement_did, name="mine_requirement_did"),
    path(f"{ONE}state/", requirements.requirement_state, name="mine_requirement_state"),
    path(f"{ONE}away/", requirements.requirement_away, name="mine_requirement_away"),
    path(f"{ONE}again/", requirements.requirement_again, name="mine_requirement_again"),
    path(f"{ONE}ask/", requirements.requirement_ask, name="mine_requirement_ask"),
    path(
        f"{ONE}asked/<uuid:question_id>/away/",
        requirements.question_away,
        name="mine_question_away",
    ),
    path(
        f"{ONE}asked/<uuid:question_id>/again/",
        requirements.question_again,
        name="mine_question_again",
    ),
    path(SHOWN, requirements.evidence_file, name="mine_evidence_file"),
    path(f"{SHOWN}away/", requirements.evidence_away, name="mine_evidence_away"),
    path(f"{SHOWN}again/", requirements.evidence_again, name="mine_evidence_again"),
    path(WAY, milestones.milestones, name="mine_milestones"),
    path(f"{WAY}new/", milestones.milestone_new, name="mine_milestone_new"),
    path(f"{MARK}change/", milestones.milestone_change, name="mine_milestone_change"),
    path(f"{MARK}seen/", milestones.milestone_seen, name="mine_milestone_seen"),
    path(f"{MARK}away/", milestones.milestone_away, name="mine_milestone_away"),
    path(f"{MARK}again/", milestones.milestone_again, name="mine_milestone_again"),
    path(f"{AGAIN}new/", milestones.return_new, name="mine_return_new"),
    path(f"{RETURN}change/", milestones.return_change, name="mine_return_change"),
    path(f"{RETURN}back/", milestones.return_back, name="mine_return_back"),
    path(f"{RETURN}not-yet/", milestones.return_not_yet, name="mine_return_not_yet"),
    path(f"{RETURN}away/", milestones.return_away, name="mine_return_away"),
    path(f"{RETURN}again/", milestones.return_again, name="mine_return_again"),
]
