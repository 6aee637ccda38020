"""An agency's public page, open to anyone."""

from django.utils import timezone

from alongside.accounts.models import PublicAddress, PublicPage
from alongside.accounts.rules.public_page import slug_of


def with_a_public_page(side):
    side.ids["slug"] = slug_of(side.agency.name)
    if PublicAddress.objects.filter(agency=side.agency).exists():
        return  # an agency has one page, however many people of it stand here
    page = PublicPage.objects.create(
        agency=side.agency,
        number=1,
        peer_run="We lived it",
        set_at=timezone.now(),
        set_by=side.users["administrator"],
    )
    PublicAddress.objects.create(agency=side.agency, slug=side.ids["slug"], page=page)
