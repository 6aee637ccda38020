from django.urls import path

from alongside.portal.views import change, checkins

OF = "mine/check-in/"
ONE = f"{OF}<uuid:check_in_id>/"

urlpatterns = [
    path(OF, checkins.check_ins, name="check_ins"),
    path(f"{OF}new/", checkins.check_in_new, name="check_in_new"),
    path(ONE, checkins.check_in, name="check_in"),
    path(f"{ONE}write/<int:number>/", checkins.check_in_write, name="check_in_write"),
    path(f"{ONE}save/<int:number>/", checkins.check_in_save, name="check_in_save"),
    path(f"{ONE}end/", checkins.check_in_end, name="check_in_end"),
    path(f"{ONE}share/", checkins.check_in_share, name="check_in_share"),
    path(f"{ONE}unshare/", checkins.check_in_unshare, name="check_in_unshare"),
    path(f"{ONE}away/", checkins.check_in_away, name="check_in_away"),
    path(f"{ONE}back/", checkins.check_in_back, name="check_in_back"),
    path(f"{ONE}again/", checkins.check_in_again, name="check_in_again"),
    path("mine/change/", change.change, name="change"),
    path("mine/change/file/", change.change_file, name="change_file"),
]
