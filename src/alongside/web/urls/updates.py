"""What goes to those outside: updates, answers, and the letters that say there is one."""

from django.urls import URLPattern, path

from alongside.web.views import letters

urlpatterns: list[URLPattern] = [
    path("letters/", letters.letters, name="letters"),
    path("letters/<uuid:letter_id>/again/", letters.letter_again, name="letter_again"),
    path("letters/<uuid:letter_id>/away/", letters.letter_away, name="letter_away"),
]
