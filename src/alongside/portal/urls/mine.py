from django.urls import path

from alongside.portal.views import helping, mine, typed

MINE = "mine/"
TYPED = f"{MINE}typed/<slug:key>/"

urlpatterns = [
    path(MINE, mine.home, name="mine"),
    path(f"{MINE}more/", mine.more, name="mine_more"),
    path(f"{MINE}help/", helping.help_now, name="mine_help"),
    path(TYPED, typed.own_typed, name="own_typed"),
    path(f"{TYPED}away/", typed.own_typed_away, name="own_typed_away"),
    path(f"{TYPED}back/", typed.own_typed_back, name="own_typed_back"),
    path("exit/", mine.leave, name="exit"),
]
