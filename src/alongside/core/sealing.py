"""Sealed text (AES-256-GCM). Pure: keys come in as bytes, nothing is read from anywhere.

What one colleague alone reads is sealed with a key of theirs, which a key of the installation
wraps. What the record needs to read, but the database must not tell, is sealed with a key of the
installation itself, whose name stands in front (``Ring.seal_field``).

Each sealed text and each wrapped key is bound to its context (whose it is, which row, which field):
taken to another row or another person it does not open. Wrapping again with a newer key of the
installation leaves the texts that are sealed with a colleague's key as they are.
"""

import base64
import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
_FORM = b"\x01"  # how what follows was made
_FIELD = b"\x02"  # the same, with the name of the key of the installation in front
_NONCE = 12
_NAME = 8  # bytes of a fingerprint
_BLOCK = 512  # bytes; the length of what is sealed tells little about the text
_SHORT_BLOCK = 128  # for numbers and addresses


class CannotOpen(Exception):
    """The key is another one, the context is another one, or a byte was changed."""


class KeyMissing(CannotOpen):
    """The key that sealed it is not here. ``key`` is its fingerprint."""

    def __init__(self, key: str) -> None:
        super().__init__(f"key {key} is missing")
        self.key = key


@dataclass(frozen=True)
class Wrapped:
    """A key, closed with the key of the installation that ``by`` names."""

    sealed: bytes
    by: str


class Ring:
    """The keys of the installation: the first closes, all of them open."""

    def __init__(self, keys: Iterable[bytes]) -> None:
        self._keys = {fingerprint(key): key for key in keys}
        if not self._keys:
            raise ValueError("A ring needs at least one key.")
        self.current = next(iter(self._keys))
        self.names = tuple(self._keys)

    def new_key(self, *, context: str) -> Wrapped:
        """A fresh key for one owner."""
        return self.wrap(AESGCM.generate_key(8 * KEY_BYTES), context=context)

    def wrap(self, key: bytes, *, context: str) -> Wrapped:
        return Wrapped(seal(self._keys[self.current], key, context=context), self.current)

    def unwrap(self, wrapped: Wrapped, *, context: str) -> bytes:
        """Raises ``CannotOpen``, also where the installation lost the key that closed it."""
        return open_sealed(self._key(wrapped.by), wrapped.sealed, context=context)

    def rewrap(self, wrapped: Wrapped, *, context: str) -> Wrapped:
        """The same key, closed with the current key of the installation."""
        if wrapped.by == self.current:
            return wrapped
        return self.wrap(self.unwrap(wrapped, context=context), context=context)

    def seal_field(self, text: str, *, context: str) -> bytes:
        """``text`` for a column: opens for this row and field alone. Nothing stays nothing."""
        if not text:
            return b""
        plain = text.encode() + b"\x80"
        plain += bytes(-len(plain) % _SHORT_BLOCK)
        key = self._keys[self.current]
        return _FIELD + bytes.fromhex(self.current) + seal(key, plain, context=context)

    def open_field(self, sealed: bytes, *, context: str) -> str:
        """Raises ``CannotOpen``, and ``KeyMissing`` where the ring has no such key."""
        if not sealed:
            return ""
        key = self._key(key_of(sealed))
        plain = open_sealed(key, sealed[1 + _NAME :], context=context)
        return plain[: plain.rindex(b"\x80")].decode()

    def reseal_field(self, sealed: bytes, *, context: str) -> bytes:
        """The same text, sealed with the current key of the installation."""
        if not sealed or key_of(sealed) == self.current:
            return sealed
        return self.seal_field(self.open_field(sealed, context=context), context=context)

    def _key(self, name: str) -> bytes:
        if name not in self._keys:
            raise KeyMissing(name)
        return self._keys[name]


def key_of(sealed: bytes) -> str:
    """The fingerprint of the key that sealed a field; raises ``CannotOpen``."""
    if sealed[:1] != _FIELD or len(sealed) <= 1 + _NAME:
        raise CannotOpen
    return sealed[1 : 1 + _NAME].hex()


def sealed_with(key: str) -> bytes:
    """How every field begins that the key with this fingerprint sealed."""
    return _FIELD + bytes.fromhex(key)


def seal(key: bytes, plain: bytes, *, context: str) -> bytes:
    """``plain``, readable only with ``key`` and for ``context``. Never the same bytes twice."""
    nonce = os.urandom(_NONCE)
    return _FORM + nonce + AESGCM(key).encrypt(nonce, plain, context.encode())


def open_sealed(key: bytes, sealed: bytes, *, context: str) -> bytes:
    """What was sealed. Raises ``CannotOpen``."""
    if sealed[:1] != _FORM:
        raise CannotOpen
    nonce, rest = sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :]
    try:
        return AESGCM(key).decrypt(nonce, rest, context.encode())
    except (InvalidTag, ValueError) as error:
        raise CannotOpen from error


def seal_text(key: bytes, text: str, *, context: str) -> bytes:
    """As ``seal``; spaces fill the text up, so that its length stays untold to some degree."""
    plain = text.encode()
    return seal(key, plain + b" " * (-len(plain) % _BLOCK), context=context)


def open_text(key: bytes, sealed: bytes, *, context: str) -> str:
    return open_sealed(key, sealed, context=context).decode().rstrip(" ")


def fingerprint(key: bytes) -> str:
    """Which key it is, without telling it: 16 hex digits."""
    if len(key) != KEY_BYTES:
        raise ValueError(f"A key has {KEY_BYTES} bytes.")
    return hashlib.sha256(b"alongside key" + key).hexdigest()[:16]


def new_written_key() -> str:
    return write_key(os.urandom(KEY_BYTES))


def write_key(key: bytes) -> str:
    return base64.urlsafe_b64encode(key).decode()


def read_key(written: str) -> bytes:
    """A key as it is written in a file or the environment; raises ``ValueError``."""
    key = base64.urlsafe_b64decode(written.strip())
    fingerprint(key)
    return key
