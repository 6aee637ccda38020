from django.urls import path

from alongside.portal.views import door, me, sign_in

SIGN_IN, ME = "mine/sign-in/", "mine/me/"

urlpatterns = [
    path("come-in/<str:secret>/", door.own_link, name="own_link"),
    path(SIGN_IN, sign_in.sign_in, name="mine_sign_in"),
    path(f"{SIGN_IN}name/", sign_in.name, name="mine_sign_in_name"),
    path(f"{SIGN_IN}phone/", sign_in.phone, name="mine_phone"),
    path(f"{SIGN_IN}out/", sign_in.out, name="mine_devices_out"),
    path(f"{SIGN_IN}close/", sign_in.close, name="mine_close"),
    path(ME, me.me, name="mine_me"),
    path(f"{ME}facts/", me.facts, name="mine_facts"),
    path(f"{ME}places/", me.places, name="mine_places"),
    path(f"{ME}reach/", me.reach, name="mine_reach"),
    path("mine/about-support/", me.about_support, name="mine_about_support"),
]
