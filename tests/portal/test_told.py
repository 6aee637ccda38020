"""What a participant reads of all that others were told about them."""

import pytest
from django.urls import reverse

from alongside.encounters import actions
from alongside.encounters.models import Update
from tests.encounters.updates import begun, outside, sent, written
from tests.factories import NOW


@pytest.fixture
def there(pair):
    return outside(pair)


def read(client, name, *args):
    return client.get(reverse(f"portal:{name}", args=args)).content.decode()


@pytest.mark.practice("PSP-6")
def test_each_update_that_went_out_is_theirs_to_read_word_for_word(mine, there):
    assert "No update went out." in read(mine, "own_updates")
    drafted = written(there, begun(there), words="NOT-YET")
    gone = sent(there)
    listed = read(mine, "own_updates")
    assert (listed.count("Kim Lor"), "Updates that went out" in listed) == (1, True)
    assert reverse("portal:own_updates") in read(mine, "own_told")
    page = read(mine, "own_update", gone.pk)
    told = Update.objects.get(pk=gone.pk)
    words = [line for section in told.text["sections"] for line in section["lines"]]
    words += [told.text["about"], told.text["period"], told.disclosure.travels().words]
    assert [one for one in words if one not in page.replace("&#x27;", "'")] == []
    away = mine.get(reverse("portal:own_update", args=[drafted.pk]))
    assert (away.status_code, "NOT-YET" in listed + page) == (404, False)


def test_an_update_stays_readable_when_it_is_corrected_and_the_yes_is_taken_back(mine, there):
    first = sent(there)
    newer = actions.correct_update(first.pk, by=there.by, at=NOW)
    sent(there, written(there, newer, words="Two classes, not three."))
    assert read(mine, "own_updates").count("a newer one takes its place") == 1
    assert "A newer update takes the place" in read(mine, "own_update", first.pk)
    back = reverse("portal:own_consent_back", args=[there.recipient.consent_id])
    mine.post(back, {"who": "all"})
    assert "I have not missed a class." in read(mine, "own_update", first.pk)
    assert "You took your yes back." in read(mine, "own_update", newer.pk)
