"""Reading how participants come in by themselves, and how they want to be reached."""

from contextlib import suppress
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import QuerySet

from alongside import tenancy
from alongside.accounts.models import User
from alongside.accounts.queries import link_hash
from alongside.core.actor import Actor
from alongside.core.sealing import CannotOpen
from alongside.people.codes import IdentifierKind
from alongside.people.models import ContactWish, OwnLink
from alongside.people.queries import identifiers, own_record, participants_visible_to
from alongside.people.rules.reaching import Reaching


@tenancy.at_the_door()
def own_link_by_secret(secret: str) -> OwnLink | None:
    """The link a secret opens. Whoever holds it is the viewer."""
    found = OwnLink.objects.select_related("agency")
    return found.filter(link_hash=link_hash(secret)).first()


@tenancy.at_the_door()
def name_is_taken(user_name: str, *, but: UUID | None = None) -> bool:
    return User.objects.filter(user_name=user_name).exclude(pk__in=[but]).exists()


def own_links(viewer: Actor, *, participant_id: UUID) -> QuerySet[OwnLink]:
    """Newest first."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return OwnLink.objects.filter(participant__in=people).select_related("made_by").order_by("-id")


def own_account(viewer: Actor, *, participant_id: UUID) -> User | None:
    """The account by which someone comes in, open or closed."""
    person = participants_visible_to(viewer).select_related("user").get(pk=participant_id)
    return person.user


def contact_wish(viewer: Actor, *, participant_id: UUID) -> ContactWish | None:
    """What holds now; ``None`` where they never said."""
    return contact_wishes(viewer, participant_id=participant_id).first()


def contact_wishes(viewer: Actor, *, participant_id: UUID) -> QuerySet[ContactWish]:
    """All that they ever said, newest first."""
    people = participants_visible_to(viewer).filter(pk=participant_id)
    return (
        ContactWish.objects.filter(participant__in=people)
        .select_related("set_by")
        .order_by("-number")
    )


def own_places(viewer: Actor) -> dict[IdentifierKind, str]:
    """Where the viewer lives, and where a letter or an e-mail is safe, opened for whose it is; what
    does not open is left out."""
    person = own_record(viewer)
    found: dict[IdentifierKind, str] = {}
    for row in identifiers(viewer, participant_id=person.pk):
        with suppress(CannotOpen):
            found[IdentifierKind(row.kind)] = str(row.value)
    return found


def has_way_back(viewer: Actor) -> bool:
    """Whether someone who signed in can do so again by themselves."""
    user = User.objects.get(pk=viewer.id, agency_id=viewer.agency_id)
    if user.email or user.has_usable_password():
        return True
    keys = Authenticator.objects.filter(user=user, type=Authenticator.Type.WEBAUTHN)
    return bool(keys.exists())


def reaching_of_account(user: User) -> Reaching | None:
    """How the participant who signs in with this account wants to be reached: asked before a letter
    goes to it. ``None`` for everyone else, and where nothing was said."""
    with tenancy.working_for(user.agency_id):
        row = (
            ContactWish.objects.filter(participant__user_id=user.pk, participant__same_as=None)
            .order_by("-number")
            .first()
        )
    return row.reaching() if row is not None else None
