from django.urls import path

from alongside.portal.views import change, checkins

OF = "mine/check-in/"
ONE = f"{OF}<uuid:check_in_id>/"

urlpatterns = [
    path(OF, checkins.check_ins, name="own_check_ins"),
    path(f"{OF}new/", checkins.check_in_new, name="own_check_in_new"),
    path(ONE, checkins.check_in, name="own_check_in"),
    path(f"{ONE}write/<int:number>/", checkins.check_in_write, name="own_check_in_write"),
    path(f"{ONE}save/<int:number>/", checkins.check_in_save, name="own_check_in_save"),
    path(f"{ONE}end/", checkins.check_in_end, name="own_check_in_end"),
    path(f"{ONE}share/", checkins.check_in_share, name="own_check_in_share"),
    path(f"{ONE}unshare/", checkins.check_in_unshare, name="own_check_in_unshare"),
    path(f"{ONE}away/", checkins.check_in_away, name="own_check_in_away"),
    path(f"{ONE}back/", checkins.check_in_back, name="own_check_in_back"),
    path(f"{ONE}again/", checkins.check_in_again, name="own_check_in_again"),
    path("mine/change/", change.change, name="own_change"),
    path("mine/change/file/", change.change_file, name="own_change_file"),
]
