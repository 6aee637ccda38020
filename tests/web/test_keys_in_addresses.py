"""A key in an address that nobody was given begins the list anew, and breaks no page."""

import pytest
from django.urls import reverse

from alongside.accounts.codes import Role
from tests.factories import UserFactory, own_account

pytestmark = pytest.mark.django_db
ROW = "00000000-0000-7000-8000-000000000001"
FAR = [f"0001-01-01T00:00:00+14:00~{ROW}", f"9999-12-31T23:59:59-14:00~{ROW}"]


@pytest.mark.parametrize("key", FAR)
def test_a_moment_out_of_reach(key, pair, agency, signed_in):
    gia = signed_in(own_account(pair.participant))
    assert gia.get(reverse("portal:own_times"), {"before": key}).status_code == 200
    roles = [Role.COORDINATOR, Role.PRIVACY_OFFICER, Role.ARRAY_LEAD]
    staff = signed_in(UserFactory(agency=agency, roles=roles))
    for name in ("openings", "hand_offs"):
        assert staff.get(reverse(f"web:{name}"), {"before": key}).status_code == 200
    assert staff.get(reverse("web:arrays"), {"after": key}).status_code == 200
