from django.urls import URLPattern, path

from alongside.web.views import plan_papers, plan_signing, plan_update, plan_versions

PLAN = "people/<uuid:participant_id>/plan/"
VERSION = f"{PLAN}versions/<uuid:version_id>/"
SHEET = "people/<uuid:participant_id>/worksheets/<uuid:worksheet_id>/"

urlpatterns: list[URLPattern] = [
    path(f"{PLAN}look/", plan_versions.plan_look, name="plan_look"),
    path(VERSION, plan_versions.plan_version, name="plan_version"),
    path(f"{PLAN}paper/", plan_papers.plan_paper, name="plan_paper"),
    path(f"{VERSION}paper/", plan_papers.version_paper, name="version_paper"),
    path(f"{SHEET}paper/", plan_papers.worksheet_paper, name="worksheet_paper"),
    path(f"{PLAN}offer/", plan_signing.plan_offer, name="plan_offer"),
    path(f"{VERSION}sign/", plan_signing.version_sign, name="version_sign"),
    path(f"{VERSION}answer/", plan_signing.version_answer, name="version_answer"),
    path(f"{VERSION}take-back/", plan_signing.version_take_back, name="version_take_back"),
    path(f"{PLAN}update/", plan_update.plan_update, name="plan_update"),
    path(f"{PLAN}update/<slug:stage>/", plan_update.update_stage, name="plan_update_stage"),
]
