from django.urls import path

from alongside.portal.views import devices, session

urlpatterns = [
    path("link/<str:secret>/", session.link, name="link"),
    path("language/", session.language, name="language"),
    path("still-here/", session.still_here, name="still_here"),
    path("second-step/", session.second_step, name="second_step"),
    path("devices/", devices.devices, name="referrer_devices"),
    path("devices/out/", devices.devices_out, name="referrer_devices_out"),
]
