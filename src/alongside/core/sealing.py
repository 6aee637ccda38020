"""Text that only its owner reads: sealed with a key of theirs, which a key of the installation
wraps (AES-256-GCM). Pure: keys come in as bytes, nothing is read from anywhere.

Each sealed text and each wrapped key is bound to its context (whose it is, which row, which field):
taken to another row or another person it does not open. Wrapping again with a newer key of the
installation leaves the sealed texts as they are.
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
_NONCE = 12
_BLOCK = 512  # bytes; the length of what is sealed tells little about the text


class CannotOpen(Exception):
    """The key is another one, the context is another one, or a byte was changed."""


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

    def new_key(self, *, context: str) -> Wrapped:
        """A fresh key for one owner."""
        return self.wrap(AESGCM.generate_key(8 * KEY_BYTES), context=context)

    def wrap(self, key: bytes, *, context: str) -> Wrapped:
        return Wrapped(seal(self._keys[self.current], key, context=context), self.current)

    def unwrap(self, wrapped: Wrapped, *, context: str) -> bytes:
        """Raises ``CannotOpen``, also where the installation lost the key that closed it."""
        key = self._keys.get(wrapped.by)
        if key is None:
            raise CannotOpen
        return open_sealed(key, wrapped.sealed, context=context)

    def rewrap(self, wrapped: Wrapped, *, context: str) -> Wrapped:
        """The same key, closed with the current key of the installation."""
        if wrapped.by == self.current:
            return wrapped
        return self.wrap(self.unwrap(wrapped, context=context), context=context)


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
    return base64.urlsafe_b64encode(os.urandom(KEY_BYTES)).decode()


def read_key(written: str) -> bytes:
    """A key as it is written in a file or the environment; raises ``ValueError``."""
    key = base64.urlsafe_b64decode(written.strip())
    fingerprint(key)
    return key
