from django.urls import path

from alongside.portal.views import helping, mine

MINE = "mine/"

urlpatterns = [
    path(MINE, mine.home, name="mine"),
    path(f"{MINE}more/", mine.more, name="mine_more"),
    path(f"{MINE}help/", helping.help_now, name="mine_help"),
    path("exit/", mine.leave, name="exit"),
]
