"""The pages for people who come in from outside, one list of addresses per area."""

from importlib import import_module

app_name = "portal"
AREAS = (
    "session",
    "referrals",
    "updates",
    "mine",
    "mine_record",
    "mine_plan",
    "mine_signing",
    "door",
    "mine_required",
    "mine_checkin",
)
urlpatterns = [
    pattern
    for area in AREAS
    for pattern in import_module(f"alongside.portal.urls.{area}").urlpatterns
]
