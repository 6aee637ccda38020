from django.urls import path

from alongside.portal.views import home

urlpatterns = [
    path("", home.home, name="home"),
]
