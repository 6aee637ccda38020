"""A second, small agency in the same installation. Neither sees anything of the other."""

from alongside.accounts.codes import Role
from alongside.accounts.models import Agency
from alongside.demo.cast import Part, Person, SupporterPart
from alongside.demo.chance import Clock
from alongside.demo.life import Life, Walk
from alongside.demo.stamp import SECOND_ID
from alongside.demo.team import gather, gather_supporters
from alongside.demo.walks import Walking
from alongside.demo.wordbook import Names
from alongside.demo.world import World
from alongside.practice.codes import Pathway, Population

STAFF = (
    Part("administrator", "Opal Rask", "opal.rask@thistle.example", (Role.ADMINISTRATOR,)),
    Part("coordinator", "Ned Farrow", "ned.farrow@thistle.example", (Role.COORDINATOR,)),
)
SUPPORTER = SupporterPart(
    key="lindy",
    name="Lindy Quist",
    languages=("English",),
    counties=("Crawford", "Vernon"),
    gender="woman",
    times="Days",
    room=6,
    load=3,
    supervisor="",
    strengths="Listening.",
    bio="",
    story={"mental_health": ("participants", "")},
    cps={"from": 300, "to": -400, "hours": 7},
    domain="thistle.example",
)
NAMES = (("Alva Reinholt", "she"), ("Buck Sandberg", "he"), ("Cyd Marlowe", "they"))


def move_in(clock: Clock) -> None:
    agency = Agency.objects.create(
        pk=SECOND_ID, name="Thistle Ferry Peers", counties=["Crawford", "Vernon"]
    )
    team = gather(agency, clock, STAFF)
    gather_supporters(agency, team, clock, (SUPPORTER,))
    world = World(agency.pk, team, clock)
    for number, (name, pronoun) in enumerate(NAMES, start=900):
        person = Person(
            number,
            name,
            Names(name.split()[0], pronoun),
            "English",
            "Vernon",
            Pathway.SELF_REFERRAL,
            Population.ADULT_SELF_IDENTIFIED,
            frozenset({"work"}),
            41,
            "I want to talk with someone who has been there.",
        )
        walk = Walk(team.walkers["lindy"], began=60, last=number - 895, every=12)
        Walking(Life(world, person), walk).plan_ahead()
    world.run()
