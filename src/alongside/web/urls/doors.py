from django.urls import path

from alongside.web.views import doors

DOOR = "people/<uuid:participant_id>/own-page/"

urlpatterns = [
    path(DOOR, doors.own_door, name="own_door"),
    path(f"{DOOR}link/", doors.link, name="own_link_new"),
    path(f"{DOOR}link/back/", doors.link_back, name="own_link_back"),
    path(f"{DOOR}close/", doors.close, name="own_door_close"),
    path(f"{DOOR}open/", doors.open_again, name="own_door_open"),
    path("people/<uuid:participant_id>/reach/", doors.reach, name="participant_reach"),
]
