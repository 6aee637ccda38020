from django.urls import URLPattern, path

from alongside.web.views import agency, audit, demo, first_run, more, public_page, session, users

urlpatterns: list[URLPattern] = [
    path("start/", first_run.start, name="start"),
    path("start/next/", first_run.checklist, name="checklist"),
    path("agency/", agency.agency, name="agency"),
    path("agency/public/", public_page.public_page, name="public_page"),
    path("agency/public/open/", public_page.publish, name="public_page_publish"),
    path("agency/public/close/", public_page.take_back, name="public_page_take_back"),
    path("agency/contracts/", agency.contracts, name="contracts"),
    path("agency/contracts/new/", agency.contract_new, name="contract_new"),
    path("agency/contracts/<uuid:contract_id>/", agency.contract, name="contract"),
    path("agency/contracts/<uuid:contract_id>/end/", agency.contract_end, name="contract_end"),
    path("colleagues/", users.colleagues, name="colleagues"),
    path("colleagues/invite/", users.invite, name="invite"),
    path(
        "colleagues/invitations/<uuid:invitation_id>/again/",
        users.invitation_again,
        name="invitation_again",
    ),
    path(
        "colleagues/invitations/<uuid:invitation_id>/back/",
        users.invitation_back,
        name="invitation_back",
    ),
    path("colleagues/<uuid:user_id>/", users.colleague, name="colleague"),
    path("colleagues/<uuid:user_id>/out/", users.shut_out, name="colleague_out"),
    path("colleagues/<uuid:user_id>/in/", users.let_in, name="colleague_in"),
    path("invitation/<str:secret>/", users.invitation, name="invitation"),
    path("second-step/", session.second_factor, name="second_factor"),
    path("its-you/", session.its_you, name="its_you"),
    path("its-you/go-on/", session.go_on, name="go_on"),
    path("devices/", session.devices, name="devices"),
    path("devices/out/", session.devices_out, name="devices_out"),
    path("session/ping/", session.ping, name="ping"),
    path("signed-out/", session.signed_out, name="signed_out"),
    path("demo/", demo.demo, name="demo"),
    path("more/", more.more, name="more"),
    path("audit/", audit.audit, name="audit"),
    path("audit/export/", audit.audit_export, name="audit_export"),
    path("audit/people/", audit.audit_find, name="audit_find"),
    path(
        "audit/people/<uuid:participant_id>/",
        audit.audit_of_participant,
        name="audit_of_participant",
    ),
]
