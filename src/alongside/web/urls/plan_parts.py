from django.urls import path

from alongside.web.views import plan_parts

PLAN = "people/<uuid:participant_id>/plan/"
PART = f"{PLAN}parts/<uuid:part_id>/"

urlpatterns = [
    path(f"{PLAN}new/<slug:kind>/", plan_parts.part_new, name="part_new"),
    path(
        f"{PLAN}goals/<uuid:goal_id>/new/<slug:kind>/",
        plan_parts.part_new_for_goal,
        name="part_new_for_goal",
    ),
    path(f"{PLAN}taken-back/", plan_parts.parts_taken_back, name="parts_taken_back"),
    path(PART, plan_parts.part_change, name="part_change"),
    path(f"{PART}new/<slug:kind>/", plan_parts.part_new_under, name="part_new_under"),
    path(f"{PART}settle/", plan_parts.part_settle, name="part_settle"),
    path(f"{PART}done/", plan_parts.part_done, name="part_done"),
    path(f"{PART}reopen/", plan_parts.part_reopen, name="part_reopen"),
    path(f"{PART}take-back/", plan_parts.part_take_back, name="part_take_back"),
    path(f"{PART}bring-back/", plan_parts.part_bring_back, name="part_bring_back"),
]
