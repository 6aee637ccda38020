from django.urls import path

from alongside.web.views import care_team, episodes, identifiers, participants, plans

PERSON = "people/<uuid:participant_id>/"
GOAL = f"{PERSON}plan/goals/<uuid:goal_id>/"
MEMBER = f"{PERSON}around/<uuid:member_id>/"
NUMBER = f"{PERSON}numbers/<uuid:identifier_id>/"

urlpatterns = [
    path("people/", participants.participants, name="participants"),
    path(PERSON, participants.participant, name="participant"),
    path(f"{PERSON}print/", participants.participant_print, name="participant_print"),
    path(f"{PERSON}facts/", participants.participant_facts, name="participant_facts"),
    path(f"{PERSON}numbers/new/", identifiers.identifier_new, name="identifier_new"),
    path(NUMBER, identifiers.identifier_show, name="identifier_show"),
    path(f"{NUMBER}correct/", identifiers.identifier_correct, name="identifier_correct"),
    path(f"{NUMBER}remove/", identifiers.identifier_remove, name="identifier_remove"),
    path(f"{NUMBER}restore/", identifiers.identifier_restore, name="identifier_restore"),
    path(f"{PERSON}draft/<slug:key>/", participants.draft_keep, name="form_draft"),
    path(f"{PERSON}draft/<slug:key>/drop/", participants.draft_drop, name="form_draft_drop"),
    path(f"{PERSON}around/", care_team.care_team, name="care_team"),
    path(f"{PERSON}around/new/", care_team.member_new, name="member_new"),
    path(MEMBER, care_team.member_change, name="member_change"),
    path(f"{MEMBER}leave/", care_team.member_leave, name="member_leave"),
    path(f"{MEMBER}back/", care_team.member_rejoin, name="member_rejoin"),
    path(f"{PERSON}journey/", episodes.journey, name="journey"),
    path(
        f"{PERSON}journey/<uuid:step_id>/take-back/",
        episodes.journey_take_back,
        name="journey_take_back",
    ),
    path(f"{PERSON}rhythm/", episodes.rhythm, name="rhythm"),
    path(f"{PERSON}ending/", episodes.ending, name="ending"),
    path(f"{PERSON}ending/keep-going/", episodes.keep_going, name="keep_going"),
    path(f"{PERSON}ending/conclude/", episodes.conclude, name="conclude"),
    path(f"{PERSON}back/", episodes.come_back_page, name="come_back"),
    path(f"{PERSON}plan/", plans.plan, name="plan"),
    path(f"{PERSON}plan/print/", plans.plan_print, name="plan_print"),
    path(f"{PERSON}plan/grows-from/", plans.core_words, name="core_words"),
    path(f"{PERSON}plan/goals/new/", plans.goal_new, name="goal_new"),
    path(GOAL, plans.goal_change, name="goal_change"),
    path(f"{GOAL}settle/", plans.goal_settle, name="goal_settle"),
    path(f"{GOAL}reopen/", plans.goal_reopen, name="goal_reopen"),
    path(f"{GOAL}take-back/", plans.goal_take_back, name="goal_take_back"),
    path(f"{GOAL}bring-back/", plans.goal_bring_back, name="goal_bring_back"),
]
