"""A session as the sign-in pages leave it, made without them."""

import time
from uuid import UUID

from django.test import Client

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def come_in(client: Client, user: object, *, proof_at: float | None = None) -> Client:
    """``client`` in the session of ``user``, who showed just now (or then) who they are."""
    client.force_login(user, backend=BACKEND)
    session = client.session
    at = time.time() if proof_at is None else proof_at
    session["account_authentication_methods"] = [{"method": "password", "at": at}]
    session["account_authentication_methods_user"] = str(getattr(user, "pk", UUID(int=0)))
    session.save()
    return client
