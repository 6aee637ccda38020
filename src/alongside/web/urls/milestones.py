from django.urls import path

from alongside.web.views import milestones, returns

ALL = "people/<uuid:participant_id>/milestones/"
ONE = f"{ALL}<uuid:milestone_id>/"
BACK = f"{ALL}again/"
RETURN = f"{BACK}<uuid:return_id>/"

urlpatterns = [
    path(ALL, milestones.milestones, name="milestones"),
    path(f"{ALL}new/", milestones.milestone_new, name="milestone_new"),
    path(f"{ONE}correct/", milestones.milestone_correct, name="milestone_correct"),
    path(f"{ONE}take-back/", milestones.milestone_take_back, name="milestone_take_back"),
    path(f"{ONE}put-back/", milestones.milestone_put_back, name="milestone_put_back"),
    path(f"{BACK}new/", returns.return_new, name="return_new"),
    path(f"{RETURN}correct/", returns.return_correct, name="return_correct"),
    path(f"{RETURN}back/", returns.return_back, name="return_back"),
    path(f"{RETURN}not-yet/", returns.return_not_yet, name="return_not_yet"),
    path(f"{RETURN}take-back/", returns.return_take_back, name="return_take_back"),
    path(f"{RETURN}put-back/", returns.return_put_back, name="return_put_back"),
]
