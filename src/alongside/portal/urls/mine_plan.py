from django.urls import path

from alongside.portal.views.plan import goals, parts

PLAN = "mine/plan/"
GOAL = f"{PLAN}goals/<uuid:goal_id>/"
PART = f"{PLAN}parts/<uuid:part_id>/"

urlpatterns = [
    path(PLAN, goals.own_plan, name="own_plan"),
    path(f"{PLAN}words/", goals.own_core_words, name="own_core_words"),
    path(f"{PLAN}goals/new/", goals.own_goal_new, name="own_goal_new"),
    path(GOAL, goals.own_goal, name="own_goal"),
    path(f"{GOAL}settle/", goals.own_goal_settle, name="own_goal_settle"),
    path(f"{GOAL}reopen/", goals.own_goal_reopen, name="own_goal_reopen"),
    path(f"{GOAL}take-back/", goals.own_goal_take_back, name="own_goal_take_back"),
    path(f"{GOAL}bring-back/", goals.own_goal_bring_back, name="own_goal_bring_back"),
    path(f"{GOAL}new/<slug:kind>/", parts.own_part_for_goal, name="own_part_for_goal"),
    path(f"{PLAN}new/<slug:kind>/", parts.own_part_new, name="own_part_new"),
    path(f"{PLAN}taken-back/", parts.own_taken_back, name="own_taken_back"),
    path(PART, parts.own_part, name="own_part"),
    path(f"{PART}new/<slug:kind>/", parts.own_part_under, name="own_part_under"),
    path(f"{PART}settle/", parts.own_part_settle, name="own_part_settle"),
    path(f"{PART}done/", parts.own_part_done, name="own_part_done"),
    path(f"{PART}reopen/", parts.own_part_reopen, name="own_part_reopen"),
    path(f"{PART}take-back/", parts.own_part_take_back, name="own_part_take_back"),
    path(f"{PART}bring-back/", parts.own_part_bring_back, name="own_part_bring_back"),
]
