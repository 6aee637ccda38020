from django.urls import URLPattern, path

from alongside.web.views import measures

urlpatterns: list[URLPattern] = [
    path("measures/", measures.measures, name="measures"),
    path("measures/sheet/", measures.measures_sheet, name="measures_sheet"),
    path("measures/paper/", measures.measures_paper, name="measures_paper"),
]
