from django.urls import URLPattern, path

from alongside.web.views import checkins, instruments, outcomes

PERSON = "people/<uuid:participant_id>/"
OF = f"{PERSON}check-in/"
ONE = f"{OF}<uuid:check_in_id>/"
OWN = "agency/instruments/"
LOADED = f"{OWN}<uuid:instrument_id>/"
RHYTHM = f"{OWN}rhythm/<uuid:rhythm_id>/"

urlpatterns: list[URLPattern] = [
    path("check-ins/", outcomes.offered, name="check_ins_offered"),
    path(f"{PERSON}outcomes/", outcomes.outcomes, name="outcomes"),
    path(f"{PERSON}outcomes/file/", outcomes.outcomes_file, name="outcomes_file"),
    path(f"{OF}new/", checkins.check_in_new, name="check_in_new"),
    path(ONE, checkins.check_in, name="check_in"),
    path(f"{ONE}write/<int:number>/", checkins.check_in_write, name="check_in_write"),
    path(f"{ONE}save/<int:number>/", checkins.check_in_save, name="check_in_save"),
    path(f"{ONE}end/", checkins.check_in_end, name="check_in_end"),
    path(f"{ONE}away/", checkins.check_in_away, name="check_in_away"),
    path(f"{ONE}back/", checkins.check_in_back, name="check_in_back"),
    path(f"{ONE}again/", checkins.check_in_again, name="check_in_again"),
    path(f"{ONE}file/", checkins.check_in_file, name="check_in_file"),
    path(OWN, instruments.instruments, name="instruments"),
    path(f"{OWN}new/", instruments.instrument_load, name="instrument_load"),
    path(f"{OWN}rhythm/", instruments.rhythm_set, name="rhythm_set"),
    path(f"{RHYTHM}back/", instruments.rhythm_back, name="rhythm_back"),
    path(f"{RHYTHM}again/", instruments.rhythm_again, name="rhythm_again"),
    path(LOADED, instruments.instrument, name="instrument"),
    path(f"{LOADED}take/", instruments.instrument_take, name="instrument_take"),
    path(f"{LOADED}withdraw/", instruments.instrument_withdraw, name="instrument_withdraw"),
    path(f"{LOADED}restore/", instruments.instrument_restore, name="instrument_restore"),
]
