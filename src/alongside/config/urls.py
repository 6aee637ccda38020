from django.urls import include, path

from alongside.web.access import absent

urlpatterns = [
    # The address one signs in with is the administrator's to change.
    path("account/email/", absent),
    path("account/sessions/", absent),
    path("account/", include("allauth.urls")),
    path("portal/", include("alongside.portal.urls")),
    path("about/", include("alongside.portal.urls.about")),
    path("", include("alongside.web.urls")),
]
