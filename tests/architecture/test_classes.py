"""Every table has its class of protection; docs/security/data.md says what the class asks for."""

import re

import pytest
from django.apps import apps

from tests.architecture.source import ROOT

PAGE = ROOT / "docs" / "security" / "data.md"
CLASSES = {"record", "sealed", "secret", "colleague", "agency", "proof", "machine"}
ROW = re.compile(r"^\| `(\w+\.\w+)` \| (\w+) \|", re.MULTILINE)


@pytest.mark.asvs("14.1.1")
def test_every_table_has_a_class():
    said = dict(ROW.findall(PAGE.read_text(encoding="utf-8")))
    tables = {f"{model._meta.app_label}.{model.__name__}" for model in apps.get_models()}
    assert (tables ^ set(said), set(said.values()) - CLASSES) == (set(), set())
