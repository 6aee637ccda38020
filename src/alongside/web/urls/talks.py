from django.urls import URLPattern, path

from alongside.web.views import hand_offs, help_now

HAND_OFF = "handoffs/<uuid:hand_off_id>/"

urlpatterns: list[URLPattern] = [
    path("help-now/", help_now.help_now, name="help_now"),
    path("help-now/kept/", help_now.kept, name="help_now_kept"),
    path("help-now/worker.js", help_now.worker, name="help_now_worker"),
    path("agency/help-lines/", help_now.help_lines, name="help_lines"),
    path("processes/", help_now.processes, name="processes"),
    path("handoffs/", hand_offs.hand_offs, name="hand_offs"),
    path("handoffs/new/", hand_offs.hand_off_new, name="hand_off_new"),
    path("handoffs/draft/", hand_offs.hand_off_draft, name="hand_off_draft"),
    path(f"{HAND_OFF}draft/drop/", hand_offs.hand_off_draft_drop, name="hand_off_draft_drop"),
    path(HAND_OFF, hand_offs.hand_off, name="hand_off"),
    path(f"{HAND_OFF}correct/", hand_offs.hand_off_correct, name="hand_off_correct"),
    path(f"{HAND_OFF}take-back/", hand_offs.hand_off_take_back, name="hand_off_take_back"),
    path(f"{HAND_OFF}answer/", hand_offs.hand_off_answer, name="hand_off_answer"),
    path(f"{HAND_OFF}add/", hand_offs.hand_off_add, name="hand_off_add"),
    path(f"{HAND_OFF}again/", hand_offs.hand_off_again, name="hand_off_again"),
]
