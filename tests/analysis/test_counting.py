"""Counts that an analyst asks for: right by hand, and nothing small given away."""

import pytest

from stewardship.analysis.counting import BY, CHARACTERISTICS, check_by, count_groups
from stewardship.people.expressions import ExpressionError
from stewardship.people.language import EVERYONE, aged, of_sex
from support import tiny_system as tiny
from support.small_records import open_records

AS_OF = tiny.YEARS[-1].end


@pytest.fixture(scope="module")
def records(tmp_path_factory):
    opened = open_records(tmp_path_factory.mktemp("tiny"), tiny.rows())
    yield opened
    opened.engine.close()


def counted(records, who, by="", *, exact=True):
    return {group.name: group.people for group in count_groups(records, who, by, AS_OF, exact=exact)}


def there():
    """The residents of the tiny system who are registered and alive on the last day, drawn again by hand."""
    people = []
    rows = tiny.rows()
    dead = {row["person_id"] for row in rows["death"] if row["date"] <= AS_OF}
    for person in rows["person"]:
        spells = [row for row in rows["registration"] if row["person_id"] == person["person_id"]]
        here = [s for s in spells if s["start"] <= AS_OF and (s.get("end") is None or s["end"] >= AS_OF)]
        if here and person["person_id"] not in dead:
            people.append(person)
    return people


def test_everyone_there_is_counted(records):
    assert counted(records, EVERYONE) == {"everyone": len(there())}


def test_by_sex(records):
    women = sum(person["sex"] == "female" for person in there())
    found = counted(records, EVERYONE, "sex")
    assert found["female"] == women
    assert found["male"] == len(there()) - women
    assert found["unknown"] == 0


def test_an_expression_picks_them(records):
    def age(person):
        born = person["birth_date"]
        return AS_OF.year - born.year - ((AS_OF.month, AS_OF.day) < (born.month, born.day))

    older = [person for person in there() if age(person) >= 65 and person["sex"] == "female"]
    assert counted(records, aged(65) & of_sex("female")) == {"everyone": len(older)}


@pytest.mark.parametrize("by", BY)
def test_the_groups_add_up_to_everyone(records, by):
    found = counted(records, EVERYONE, by)
    assert sum(found.values()) - found["everyone"] == found["everyone"] == len(there())


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("who", [EVERYONE, aged(85), aged(90) & of_sex("male")], ids=["all", "85", "90 male"])
def test_no_count_of_1_to_7_is_shown_nor_told_by_what_is(records, who, by):
    true, shown = counted(records, who, by), counted(records, who, by, exact=False)
    for name, people in shown.items():
        assert people is None or people == 0 == true[name] or (people % 5 == 0 and people >= 10)
    hidden = [name for name in list(true)[1:] if shown[name] is None and true[name]]
    if shown["everyone"] is not None and hidden:  # the hidden ones keep seven values each beside the others
        rest = sum(shown[name] for name in list(true)[1:] if shown[name] is not None)
        away = 2 * sum(1 for name in true if shown[name])
        least, most = shown["everyone"] - rest - away, shown["everyone"] - rest + away
        for _ in hidden:
            low = max(1, least - 7 * (len(hidden) - 1)) if all(true[n] <= 7 for n in hidden) else 1
            high = min(7, most - (len(hidden) - 1)) if all(true[n] <= 7 for n in hidden) else low + 6
            assert high - low + 1 >= 7


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("", ""),
        ("Sex", "sex"),
        ("age-band", "age band"),
        ("local_authority", "local authority"),
        (" Alliance ", "alliance"),
    ],
)
def test_what_to_count_by_is_understood(said, meant):
    assert check_by(said) == meant


def test_what_residents_are_not_told_apart_by_is_refused():
    with pytest.raises(ExpressionError, match="Count by one of: sex, age band"):
        check_by("postcode")
    assert set(CHARACTERISTICS) < set(BY)
