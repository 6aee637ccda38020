from django.urls import URLPattern, path

from alongside.web.views import appointments, today

APPOINTMENT = "appointments/<uuid:appointment_id>/"

urlpatterns: list[URLPattern] = [
    path("", today.today, name="today"),
    path("calendar/", appointments.calendar, name="calendar"),
    path(
        "people/<uuid:participant_id>/appointments/new/",
        appointments.appointment_new,
        name="appointment_new",
    ),
    path(APPOINTMENT, appointments.appointment, name="appointment"),
    path(f"{APPOINTMENT}change/", appointments.appointment_change, name="appointment_change"),
    path(f"{APPOINTMENT}cancel/", appointments.appointment_cancel, name="appointment_cancel"),
    path(f"{APPOINTMENT}missed/", appointments.appointment_missed, name="appointment_missed"),
    path(f"{APPOINTMENT}again/", appointments.appointment_again, name="appointment_again"),
]
