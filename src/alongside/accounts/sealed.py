"""A model field whose text lies sealed in the database: ``SealedTextField``; the same for what JSON
can say, and for bytes.

The attribute of a row is text; the column holds bytes that open with a key of the installation, for
this agency, table, row and field alone. Whatever reads the column in another way (``values()``,
SQL, a dump, a copy of the file) meets closed bytes.
"""

import base64
import json
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.query_utils import DeferredAttribute

from alongside.core.sealing import Ring


def ring() -> Ring:
    """The keys as they are now. Ask anew for each text: a rotation may go on meanwhile."""
    return _ring(tuple(settings.SEALING_KEYS))


@lru_cache(maxsize=8)
def _ring(keys: Sequence[bytes]) -> Ring:
    return Ring(keys)


class Closed(bytes):
    """What a column holds. Shows nothing of itself in logs and errors."""

    def __repr__(self) -> str:
        return "<sealed>"

    __str__ = __repr__


class _Attribute(DeferredAttribute):
    """Opens when it is asked for, and keeps nothing open."""

    @property
    def _sealed(self) -> "SealedTextField":
        return cast("SealedTextField", self.field)

    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = super().__get__(instance, owner)
        if not isinstance(value, bytes):
            return value
        return ring().open_field(value, context=self._sealed.context(instance))

    def __set__(self, instance: Any, value: object) -> None:
        instance.__dict__[self.field.attname] = value


class SealedTextField(models.BinaryField):  # type: ignore[type-arg]
    """Text, sealed. ``''`` stays ``''`` and ``None`` stays ``None``. Reading the attribute raises
    ``core.sealing.CannotOpen`` where the key is lost or the bytes were changed; the row stays.

    Written by ``save``, ``create`` and ``bulk_create``; an ``update()`` does not know the row and
    is refused. No filter finds a text.
    """

    descriptor_class = _Attribute
    # A rotation reads so many rows at once, at most.
    rows_at_once = 1000

    def context(self, instance: Any) -> str:
        return sealed_context(self, agency_id=instance.agency_id, pk=instance.pk)

    def from_db_value(
        self, value: bytes | memoryview | None, _expression: object, _connection: object
    ) -> Closed | None:
        return None if value is None else Closed(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> bytes | None:
        value = model_instance.__dict__.get(self.attname)
        if value is None or isinstance(value, Closed) or value == b"":
            return value
        text = self.as_text(value)
        return Closed(ring().seal_field(text, context=self.context(model_instance)))

    def as_text(self, value: object) -> str:
        if not isinstance(value, str):
            raise TypeError("A sealed field takes text.")
        return value

    def get_db_prep_value(
        self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False
    ) -> Any:
        if isinstance(value, str):
            raise TypeError("A sealed text is written with its row, and nothing finds it.")
        plain = bytes(value) if isinstance(value, Closed) else value
        return super().get_db_prep_value(plain, connection, prepared)

    def value_to_string(self, obj: models.Model) -> str:
        """For a dump: as closed as it lies."""
        return bytes(obj.__dict__.get(self.attname) or b"").hex()


class _JsonAttribute(_Attribute):
    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = DeferredAttribute.__get__(self, instance, owner)
        if not isinstance(value, bytes):
            return value
        text = super().__get__(instance, owner)
        return json.loads(text) if text else None


class SealedJsonField(SealedTextField):
    """What JSON can say, sealed. What was read is read anew each time: assign, do not change."""

    _pyi_private_set_type: Any
    _pyi_private_get_type: Any
    descriptor_class = _JsonAttribute

    def as_text(self, value: object) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


class _BytesAttribute(_Attribute):
    def __get__(self, instance: Any, owner: Any = None) -> Any:
        value = DeferredAttribute.__get__(self, instance, owner)
        if not isinstance(value, Closed):
            return value
        return base64.b64decode(super().__get__(instance, owner))


class SealedBytesField(SealedTextField):
    """Bytes, sealed: a whole file, perhaps."""

    descriptor_class = _BytesAttribute
    rows_at_once = 4

    def as_text(self, value: object) -> str:
        if not isinstance(value, bytes):
            raise TypeError("A sealed field of bytes takes bytes.")
        return base64.b64encode(value).decode()


def sealed_context(field: SealedTextField, *, agency_id: object, pk: object) -> str:
    """What a sealed text is bound to."""
    return f"{field.model._meta.db_table}.{field.column} of {pk} in {agency_id}"


def sealed_fields() -> list[SealedTextField]:
    """Every sealed field there is, for those who look after the keys."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if isinstance(field, SealedTextField)
    ]
