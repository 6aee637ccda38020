"""What a social worker types, page by page."""

from django.urls import reverse

from alongside.core.ids import new_id

TYPED = {
    "way": {"pathway": "family_treatment_court"},
    "who": {"name": "Gia Rivera", "county": "Dunn", "born_on": "1991-04-02", "language": "English"},
    "reach": {
        "phone": "715-555-0134",
        "reach_by": "Text first",
        "phone_note": "Her mother reads it",
    },
    "wants": {"reason": "Wants her kids home", "asked_for": "Someone who has been through it"},
    "agreed": {"knows": "agreed"},
    "dates": {"next_court_on": "2031-03-04", "urgent_words": ""},
    "you": {"role": "County social worker", "organization": "Dunn County", "referrer_phone": "555"},
}


def begin(client):
    """Begin a referral; its id."""
    draft_id = new_id()
    client.post(reverse("portal:begin"), {"draft_id": draft_id})
    return draft_id


def fill_in(client, draft_id, **instead):
    """Every page, sent with Continue; the last answer."""
    answer = None
    for page, typed in TYPED.items():
        body = {**typed, **instead.get(page, {}), "go": "next"}
        answer = client.post(reverse("portal:refer", args=[draft_id, page]), body)
    return answer


def send(client, draft_id):
    return client.post(reverse("portal:send", args=[draft_id]))
