"""An action, as a page calls it: where the id of its form is taken it is tried once more."""

from collections.abc import Callable
from typing import TypeVar

from django.db import IntegrityError, transaction

from alongside.tenancy import hidden

Made = TypeVar("Made")


def as_a_page(act: Callable[[], Made]) -> Made:
    try:
        with transaction.atomic():
            return act()
    except IntegrityError as failed:
        with hidden.known(failed):
            return act()
