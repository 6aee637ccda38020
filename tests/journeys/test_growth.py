"""A supporter on a phone writes down a training with a photo of the paper; what is left follows."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from alongside.workforce.models import Learning
from tests.factories import CredentialFactory, SupporterFactory
from tests.files import samples

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.practice("PEER-1")
def test_a_training_with_its_paper_on_a_phone(page, sign_in, axe, agency):
    kai = SupporterFactory(agency=agency, name="Kai Berg")
    today = timezone.localdate()
    CredentialFactory(
        supporter=kai,
        certified_on=today - timedelta(days=640),
        expires_on=today + timedelta(days=90),
    )
    sign_in(page, kai.user)
    page.goto("/")
    page.get_by_role("link", name=re.compile("Certified peer specialist")).click()
    axe(page)
    page.get_by_role("link", name="Add a training").click()
    page.get_by_label("What it was about").fill("Ethics for peers")
    page.get_by_label("Hours", exact=True).fill("3.5")
    paper = page.get_by_label("The paper you got")
    paper.set_input_files({"name": "p.pdf", "mimeType": "application/pdf", "buffer": b"<html>"})
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The file was not kept.")).to_be_visible()
    expect(page.get_by_label("What it was about")).to_have_value("Ethics for peers")
    axe(page)
    photo = {"name": "paper.jpg", "mimeType": "image/jpeg", "buffer": samples.jpeg(tells=True)}
    paper.set_input_files(photo)
    page.get_by_role("button", name="Keep").click()
    expect(page.get_by_text("The training is kept.")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="The paper: Ethics for peers").click()
    assert download.value.suggested_filename == "certificate.jpg"
    page.goto("/me/growth/")
    expect(page.get_by_text("3.5 of 20 hours; 16.5 to go")).to_be_visible()
    assert Learning.objects.get().minutes == 210
