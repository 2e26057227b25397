"""All that is sent of who people are and what they have, one batch at a time."""

from stewardship.synthetic.deaths import deaths
from stewardship.synthetic.extracts import Extract
from stewardship.synthetic.lives import Health, People, Plan
from stewardship.synthetic.moves import moves_of
from stewardship.synthetic.opt_outs import opt_outs
from stewardship.synthetic.patients import registers
from stewardship.synthetic.places import Places
from stewardship.synthetic.problems import problems
from stewardship.synthetic.twice import registered_twice


def records_of_lives(plan: Plan, places: Places, people: People, health: Health) -> list[Extract]:
    """Patients, registrations, addresses, characteristics, problems, deaths and opt-outs of a batch."""
    twice = registered_twice(plan, places, people)
    moves = moves_of(plan, places, people)
    return [
        *registers(plan, places, people, health, moves, twice),
        problems(plan, places, people, health, twice),
        deaths(plan, people, health),
        opt_outs(plan, people),
    ]
