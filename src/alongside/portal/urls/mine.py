from django.urls import path

from alongside.portal.views import mine

MINE = "mine/"

urlpatterns = [
    path(MINE, mine.home, name="mine"),
    path(f"{MINE}more/", mine.more, name="mine_more"),
    path("exit/", mine.leave, name="exit"),
]
