from django.urls import URLPattern, path

from alongside.web.views import emergencies, openings

OPENED = "emergency/<uuid:opening_id>/"
OPENING = "openings/<uuid:opening_id>/"

urlpatterns: list[URLPattern] = [
    path("emergency/", emergencies.emergency, name="emergency"),
    path(OPENED, emergencies.record, name="emergency_record"),
    path(f"{OPENED}go-on/", emergencies.go_on, name="emergency_go_on"),
    path(f"{OPENED}end/", emergencies.end, name="emergency_end"),
    path(f"{OPENED}hand-off/", emergencies.hand_off, name="emergency_hand_off"),
    path("openings/", openings.openings, name="openings"),
    path(OPENING, openings.opening, name="opening"),
    path(f"{OPENING}review/", openings.review, name="opening_review"),
    path(f"{OPENING}answer/", openings.answer, name="opening_answer"),
    path(f"{OPENING}read/", openings.read, name="opening_read"),
]
