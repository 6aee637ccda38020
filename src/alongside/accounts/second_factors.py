"""The secrets of second factors, sealed as the text that the sign-in library keeps for us.

It hands over a text and knows no row, so a secret is bound to its kind and not to its owner. What
was kept before was sealed with the secret key of the app; it opens, and a rotation seals it anew.
"""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils.encoding import force_bytes

from alongside.accounts.sealed import ring
from alongside.core.sealing import CannotOpen, key_of

_BY_RING = "ring:"
_CONTEXT = "mfa_authenticator.data"


def seal_secret(text: str) -> str:
    return _written(ring().seal_field(text, context=_CONTEXT))


def open_secret(kept: str) -> str:
    """Raises ``CannotOpen``, also where the key is lost."""
    if kept.startswith(_BY_RING):
        return ring().open_field(_read(kept), context=_CONTEXT)
    try:
        return _before().decrypt(kept.encode()).decode()
    except InvalidToken as error:
        raise CannotOpen from error


def secret_anew(kept: str) -> str:
    """The same, sealed with the current key of the installation; raises ``CannotOpen``."""
    return kept if key_of_secret(kept) == ring().current else seal_secret(open_secret(kept))


def key_of_secret(kept: str) -> str | None:
    """The fingerprint of the key of the installation; nothing for what was kept before."""
    return key_of(_read(kept)) if kept.startswith(_BY_RING) else None


def _written(sealed: bytes) -> str:
    return _BY_RING + base64.urlsafe_b64encode(sealed).decode()


def _read(kept: str) -> bytes:
    """Nothing sealed is no secret: an empty one would open for whoever knows that it is empty."""
    try:
        sealed = base64.urlsafe_b64decode(kept.removeprefix(_BY_RING))
    except ValueError as error:
        raise CannotOpen from error
    if not sealed:
        raise CannotOpen
    return sealed


def _before() -> MultiFernet:
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_key(secret)) for secret in secrets])


def _key(secret: str | bytes) -> bytes:
    digest = hashlib.sha256(b"alongside.second-factor:" + force_bytes(secret)).digest()
    return base64.urlsafe_b64encode(digest)
