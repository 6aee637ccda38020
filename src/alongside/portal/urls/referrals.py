from django.urls import path

from alongside.portal.views import drafts, home, sent

DRAFT, SENT = "begun/<uuid:draft_id>/", "sent/<uuid:referral_id>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("begin/", drafts.begin, name="begin"),
    path(f"{DRAFT}page/<slug:page>/", drafts.page, name="refer"),
    path(f"{DRAFT}check/", drafts.check, name="check"),
    path(f"{DRAFT}send/", drafts.send, name="send"),
    path(f"{DRAFT}away/", drafts.put_away, name="put_away"),
    path(f"{DRAFT}back/", drafts.take_up, name="take_up"),
    path(SENT, sent.sent, name="sent"),
    path(f"{SENT}shared/", sent.shared, name="shared"),
    path(f"{SENT}add/", sent.add, name="add"),
    path(f"{SENT}take-back/", sent.take_back, name="take_back"),
]
