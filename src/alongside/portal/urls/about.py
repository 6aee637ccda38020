"""The agency's public page, at an address of its own that says nothing of who opens it."""

from django.urls import path

from alongside.portal.views import about

app_name = "about"
urlpatterns = [
    path("", about.only, name="about"),
    path("<slug:slug>/", about.page, name="about_page"),
    path("<slug:slug>/preview/", about.preview, name="about_preview"),
    path("<slug:slug>/ask/", about.ask, name="about_ask"),
]
