from django.urls import path

from alongside.web.views import supporters

urlpatterns = [
    path("supporters/", supporters.supporters, name="supporters"),
    path("supporters/new/", supporters.new, name="supporter_new"),
    path("supporters/<uuid:supporter_id>/", supporters.supporter, name="supporter"),
    path("supporters/<uuid:supporter_id>/change/", supporters.change, name="supporter_change"),
    path("supporters/<uuid:supporter_id>/link/", supporters.link, name="supporter_link"),
    path(
        "supporters/<uuid:supporter_id>/certificates/new/",
        supporters.credential_new,
        name="credential_new",
    ),
    path(
        "supporters/<uuid:supporter_id>/certificates/<uuid:credential_id>/",
        supporters.credential_correct,
        name="credential_correct",
    ),
    path(
        "supporters/<uuid:supporter_id>/certificates/<uuid:credential_id>/void/",
        supporters.credential_void,
        name="credential_void",
    ),
    path(
        "supporters/<uuid:supporter_id>/certificates/<uuid:credential_id>/restore/",
        supporters.credential_restore,
        name="credential_restore",
    ),
    path("me/profile/", supporters.my_profile, name="my_profile"),
]
