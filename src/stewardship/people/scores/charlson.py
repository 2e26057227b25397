"""The Charlson index as a quantity of the language, from what general practice and hospitals have recorded, ever."""

from stewardship.people.expressions import Answer, Quantity
from stewardship.people.language import admitted, has, weighted
from stewardship.people.periods import EVER
from stewardship.people.scores.codes import group
from stewardship.rules.scores.charlson import CHARLSON, CHARLSON_2011
from stewardship.rules.scores.score import Score


def _held(name: str) -> Answer:
    codes = group(CHARLSON, name)
    return has(codes) | admitted(codes, EVER)


HELD: dict[str, Answer] = {each.name: _held(each.name) for each in CHARLSON.groups}
"""When somebody has each of the seventeen, by its name."""


def _instead(score: Score, name: str) -> Answer:
    """The group is had, and none of its class that counts for more."""
    own = score.group(name)
    answer = HELD[name]
    for other in score.groups:
        if own.of_class and other.of_class == own.of_class and other.points > own.points:
            answer = answer & ~HELD[other.name]
    return answer


def _points(score: Score) -> Quantity:
    return weighted(*((_instead(score, each.name), each.points) for each in score.groups if each.points))


POINTS = _points(CHARLSON)
POINTS_2011 = _points(CHARLSON_2011)
