"""What was told about the person: one line that counts, one that was taken back."""

from typing import Any

from alongside.consents.models import Disclosure
from tests.factories import NOW


def with_disclosures(side: Any) -> None:
    own = side.users["supporter"]
    told = {
        "agency": side.agency,
        "participant": side.ids["person"],
        "basis": "emergency",
        "name": f"Nurse {side.person}",
        "organization": f"Clinic {side.person}",
        "what": f"Told {side.person}",
        "facts": {"emergency": f"Fell {side.person}", "why_not_asked": "Asleep"},
        "way": "phone",
        "notice": "2024-short",
        "told_at": NOW,
        "last_at": NOW,
        "recorded_at": NOW,
        "by": own,
    }
    gone = {"withdrawn_at": NOW, "withdrawn_by": own, "withdrawn_reason": f"Not {side.person}"}
    side.ids["disclosure_id"] = Disclosure.objects.create(**told).pk
    back = Disclosure.objects.create(**told, **gone)
    side.other_ids["disclosure_restore"] = {"disclosure_id": back.pk}
