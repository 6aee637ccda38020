"""The staff pages, one list of addresses per area."""

from importlib import import_module

app_name = "web"
AREAS = (
    "today",
    "encounters",
    "arrays",
    "participants",
    "doors",
    "plan_versions",
    "plan_parts",
    "consents",
    "worksheets",
    "checkins",
    "referrals",
    "supporters",
    "growth",
    "team",
    "imports",
    "talks",
    "emergencies",
    "disclosures",
    "retention",
    "agency",
    "updates",
    "measures",
    "requirements",
    "milestones",
    "kept",
)
urlpatterns = [
    pattern for area in AREAS for pattern in import_module(f"alongside.web.urls.{area}").urlpatterns
]
