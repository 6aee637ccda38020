"""The public page of the invented agency, and somebody who asks for support there."""

from uuid import UUID

from alongside.accounts import actions
from alongside.accounts.queries import agency_of, stranger
from alongside.accounts.rules.public_page import PublicWords, slug_of
from alongside.demo.chance import Clock
from alongside.demo.team import Team
from alongside.exchange.actions.arriving import ask_for_support
from alongside.referrals.actions.asking import ask_apart
from alongside.referrals.rules.asking import AskedWords

WORDS = PublicWords(
    peer_run=(
        "All of us who work here have been there: with alcohol or drugs, with our minds, with "
        "courts, with losing our kids and getting them back. Four of five people on our board "
        "have, too. Nobody here looks down on you."
    ),
    welcome="Come as you are. The coffee is on, Monday to Friday, nine to five.",
    what_we_do=(
        "We meet where it suits you: at the library, on a walk, at the courthouse before a "
        "hearing. We help with forms, rides, a room, a first day at work."
    ),
)
WREN = AskedWords(
    called="Wren",
    phone="715-555-0117",
    phone_note="Messages: only “please call back”.",
    county="Dunn",
    wish="Somebody who knows what it is like to start over. Evenings are best.",
)
SOL = AskedWords(
    called="Sol",
    reach_by="My sister Ann at the bakery on Main Street",
    phone_note="Leave no message.",
    county="Dunn",
    wish="I would like to talk to someone who has been there.",
)
ADS = AskedWords(called="Best prices", phone="000", wish="Buy now! Best prices for your website!")
APART = [UUID(f"b3a8e1f0-0000-7000-8000-0000000000d{n}") for n in (2, 3)]
MADE = UUID("b3a8e1f0-0000-7000-8000-0000000000d1")


def open_it(team: Team, clock: Clock) -> None:
    by = team.staff["administrator"].actor
    agency = agency_of(by)
    written = actions.write_public_page(
        WORDS, slug=slug_of(agency.name), found=False, seen=0, by=by, at=clock.ago(40, 10)
    )
    actions.publish_public_page(written.number, by=by, at=clock.ago(40, 11))
    ask_for_support(MADE, WREN, by=stranger(agency), at=clock.ago(1, 19))
    for key, words, hour in zip(APART, (SOL, ADS), (20, 21), strict=True):
        ask_apart(key, words, by=stranger(agency), at=clock.ago(1, hour))
