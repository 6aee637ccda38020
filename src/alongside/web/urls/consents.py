from django.urls import path

from alongside.web.views import consent_links, consents, consents_signed

ALL = "people/<uuid:participant_id>/consents/"
ONE = f"{ALL}<uuid:consent_id>/"

urlpatterns = [
    path(ALL, consents.consents, name="consents"),
    path(f"{ALL}new/", consents.consent_new, name="consent_new"),
    path(ONE, consents.consent, name="consent"),
    path(f"{ONE}people/", consents.consent_people, name="consent_people"),
    path(f"{ONE}what/", consents.consent_what, name="consent_what"),
    path(f"{ONE}why/", consents.consent_why, name="consent_why"),
    path(f"{ONE}until/", consents.consent_until, name="consent_until"),
    path(f"{ONE}language/", consents.consent_language, name="consent_language"),
    path(f"{ONE}put-away/", consents.consent_put_away, name="consent_put_away"),
    path(f"{ONE}take-up/", consents.consent_take_up, name="consent_take_up"),
    path(f"{ONE}sign/", consents_signed.consent_sign, name="consent_sign"),
    path(f"{ONE}paper/", consents_signed.consent_paper, name="consent_paper"),
    path(f"{ONE}print/", consents_signed.consent_print, name="consent_print"),
    path(f"{ONE}pdf/", consents_signed.consent_pdf, name="consent_pdf"),
    path(f"{ONE}scan/", consents_signed.consent_scan, name="consent_scan"),
    path(f"{ONE}back/", consents_signed.consent_revoke, name="consent_revoke"),
    path(f"{ONE}ended/", consents_signed.consent_end, name="consent_end"),
    path(f"{ONE}ended/back/", consents_signed.consent_end_back, name="consent_end_back"),
    path(f"{ONE}mistake/", consents_signed.consent_mistake, name="consent_mistake"),
    path(f"{ONE}mistake/back/", consents_signed.consent_mistake_back, name="consent_mistake_back"),
    path(f"{ONE}again/", consents_signed.consent_again, name="consent_again"),
    path("links/", consent_links.links, name="record_links"),
    path("links/<uuid:link_id>/", consent_links.link, name="record_link"),
    path("links/<uuid:link_id>/drop/", consent_links.link_drop, name="record_link_drop"),
    path("people/<uuid:participant_id>/link/", consent_links.link_new, name="record_link_new"),
    path(
        "people/<uuid:participant_id>/link/<uuid:side_id>/back/",
        consent_links.link_back,
        name="record_link_back",
    ),
]
