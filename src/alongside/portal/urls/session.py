from django.urls import path

from alongside.portal.views import session

urlpatterns = [
    path("link/<str:secret>/", session.link, name="link"),
    path("language/", session.language, name="language"),
    path("still-here/", session.still_here, name="still_here"),
    path("second-step/", session.second_step, name="second_step"),
]
