from django.urls import path

from alongside.portal.views import updates

ALL = "sent/<uuid:referral_id>/updates/"
ASKED = "sent/<uuid:referral_id>/asked/<uuid:question_id>/"

urlpatterns = [
    path(ALL, updates.updates, name="told_all"),
    path(f"{ALL}<uuid:update_id>/", updates.update, name="told"),
    path(ASKED, updates.question, name="asked"),
    path(f"{ASKED}back/", updates.question_back, name="asked_back"),
]
