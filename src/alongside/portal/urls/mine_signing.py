from django.urls import path

from alongside.portal.views import papers, signing

PLAN = "mine/plan/"
VERSION = f"{PLAN}versions/<uuid:version_id>/"

urlpatterns = [
    path(f"{PLAN}sign/", signing.own_sign, name="own_sign"),
    path(f"{PLAN}sign/answer/", signing.own_sign_answer, name="own_sign_answer"),
    path(f"{PLAN}sign/back/", signing.own_sign_back, name="own_sign_back"),
    path(f"{PLAN}ready/", signing.own_ready, name="own_ready"),
    path(f"{PLAN}versions/", signing.own_versions, name="own_versions"),
    path(VERSION, signing.own_version, name="own_version"),
    path(f"{PLAN}paper/", papers.own_plan_paper, name="own_plan_paper"),
    path(f"{VERSION}paper/", papers.own_version_paper, name="own_version_paper"),
    path("mine/sheets/<uuid:worksheet_id>/paper/", papers.own_sheet_paper, name="own_sheet_paper"),
]
