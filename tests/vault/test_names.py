"""A person is found however a name is written, within limits that are told."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from stewardship.vault.names import MOST_PARTS, family_asked, family_kept, given_asked, given_kept, parts

FOUND = [
    # recorded, typed
    ("Smith", "SMITH"),  # capitals
    ("Núñez", "Nunez"),  # accents
    ("Nunez", "Núñez"),
    ("Núñez", unicodedata.normalize("NFD", "Núñez")),  # the same letters, coded otherwise
    ("Müller", "Muller"),
    ("Łukasz", "Lukasz"),
    ("Sørensen", "Sorensen"),
    ("Đặng", "Dang"),
    ("Æthelstan", "Aethelstan"),
    ("Weiß", "Weiss"),
    ("O'Brien", "OBrien"),  # apostrophes of every kind
    ("O’Brien", "O'Brien"),
    ("O Brien", "O'Brien"),
    ("D`Souza", "D'Souza"),
    ("Smith-Jones", "Smith Jones"),  # hyphens and spaces
    ("Smith Jones", "SmithJones"),
    ("Smith–Jones", "Smith-Jones"),
    ("Smith-Jones", "Jones-Smith"),  # order
    ("Smith-Jones", "Jones"),  # one part of a double-barrelled name
    ("Smith-Jones", "smith"),
    ("van der Berg", "Van Der Berg"),
    ("van der Berg", "Vanderberg"),
    ("van der Berg", "Berg"),
    ("de la Cruz", "delacruz"),
    ("McDonald", "MacDonald"),  # Mc and Mac
    ("Macdonald", "Mc Donald"),
    ("Mac Donald", "mcdonald"),
    ("St. John", "St John"),
    ("Smith  ", " Smith"),
    ("Иванов", "ИВАНОВ"),  # another script is found in itself
]

NOT_FOUND = [
    ("Smith", "Smyth"),  # sounds alike
    ("Smith", "Smith-Jones"),  # more than is recorded
    ("Smith-Patel", "Smith-Jones"),
    ("Müller", "Mueller"),  # another way of writing the letter
    ("Иванов", "Ivanov"),  # another script
    ("van der Berg", "van"),  # no name by itself
    ("Mack", "Mck"),
]


@pytest.mark.parametrize("recorded, typed", FOUND)
def test_a_family_name_is_found_as_typed(recorded, typed):
    assert family_kept(recorded) & family_asked(typed)


@pytest.mark.parametrize("recorded, typed", NOT_FOUND)
def test_what_is_told_as_a_limit_is_one(recorded, typed):
    assert not family_kept(recorded) & family_asked(typed)


@pytest.mark.parametrize(
    "recorded, typed, found",
    [
        ("Mary Ann", "Mary", True),
        ("Mary Ann", "ann", True),
        ("Mary Ann", "Mary Jane", True),  # the first is enough: the birth date and family name agree too
        ("Mary Ann", "Ann Mary", True),
        ("Mary-Ann", "Maryann", True),
        ("José", "Jose", True),
        ("William", "Bill", False),  # no nicknames
        ("Mary", "M", False),  # no initials
        ("", "Mary", False),  # a baby without names is found without them
    ],
)
def test_given_names_are_found_by_any_of_them(recorded, typed, found):
    assert bool(given_kept(recorded) & given_asked(typed)) is found


@pytest.mark.parametrize("name", ["", " ", "-", "123", "'’", "..."])
def test_what_has_no_letters_is_no_name(name):
    assert parts(name) == []
    assert family_asked(name) == family_kept(name) == set()


NAMES = st.text(
    st.characters(categories=["Lu", "Ll", "Lo", "Mn", "Zs", "Pd"], include_characters="'’."), max_size=30
)


@given(NAMES)
def test_everybody_is_found_by_what_was_written(name):
    assert family_asked(name) <= family_kept(name)
    assert given_asked(name) <= given_kept(name)


@given(NAMES)
def test_only_letters_are_left(name):
    assert all(part.isalpha() for part in parts(name))
    assert len(parts(name)) <= MOST_PARTS


@given(st.lists(st.from_regex(r"[a-z]{3,8}", fullmatch=True), min_size=1, max_size=3), st.randoms())
def test_neither_order_nor_case_nor_marks_between_matter(words, chance):
    recorded = "-".join(words)
    chance.shuffle(words)
    typed = " ".join(word.capitalize() if chance.random() < 0.5 else word.upper() for word in words)
    assert family_asked(typed) & family_kept(recorded)


@given(st.from_regex(r"[A-Za-z]{1,10}", fullmatch=True), st.sampled_from("\u0301\u0308\u0327\u030a"))
def test_an_accent_changes_nothing(name, accent):
    marked = unicodedata.normalize("NFC", name[0] + accent + name[1:])
    assume(len(name) > 0)
    assert parts(marked) == parts(name)
