"""Every read of supporters and of how they grow, viewer first."""

from alongside.workforce.queries.supporters import (
    Experience,
    Profile,
    credential_facts,
    credentials_of,
    own_supporter,
    profile,
    profiles,
    standing,
    supporters_visible_to,
    users_without_profile,
    voided_credentials_of,
)

__all__ = [
    "Experience",
    "Profile",
    "credential_facts",
    "credentials_of",
    "own_supporter",
    "profile",
    "profiles",
    "standing",
    "supporters_visible_to",
    "users_without_profile",
    "voided_credentials_of",
]
