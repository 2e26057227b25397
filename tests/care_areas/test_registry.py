"""Care areas are found beside each other, and a mistake in one is told with its file."""

import importlib
import sys

import pytest

from stewardship.care_areas.area import CareAreaError
from stewardship.care_areas.registry import care_areas, strategy
from stewardship.care_areas.vocabulary import DIABETES
from stewardship.people.code_lists import CodeList, CodeListError, CodeRule
from stewardship.people.language import aged, has

OPENING = """\
from stewardship.care_areas.area import CareArea
from stewardship.measures.measure import people, proportion, rate
from stewardship.people.code_lists import CodeList, CodeRule
from stewardship.people.language import EVERYONE, aged, contacts, counted, deaths, has

ASTHMA = CodeList("asthma", "Asthma", "1", (CodeRule("ICD10", "J45"),))
"""
AREA = """
care_area = CareArea(key="{key}", name="{name}", phase={phase}, definition="Everyone.", population=EVERYONE,
                     at_risk=None, outcomes=[{measures}])
"""


@pytest.fixture
def found(tmp_path, monkeypatch):
    """The care areas of a package of these files."""
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    def read(**files):
        folder = tmp_path / "areas_of_a_test"
        folder.mkdir()
        for name, text in {"__init__": "", **files}.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return care_areas(importlib.import_module("areas_of_a_test"))

    yield read
    for name in [name for name in sys.modules if name.startswith("areas_of_a_test")]:
        del sys.modules[name]


def area(name, phase=1, measures="", key=None):
    return OPENING + AREA.format(key=key or name.lower(), name=name, phase=phase, measures=measures)


def told(found, **files):
    with pytest.raises(CareAreaError) as error:
        found(**files)
    return str(error.value)


def test_areas_stand_by_phase_and_name_and_other_files_are_passed_over(found):
    areas = found(
        c=area("Zoster", phase=1), a=area("Asthma", phase=2), b=area("Frailty", phase=1), words="WORD = 1\n"
    )
    assert [each.name for each in areas] == ["Frailty", "Zoster", "Asthma"]


def test_the_areas_of_the_package_itself_can_be_read():
    assert "diabetes" in {each.key for each in care_areas()}


@pytest.mark.parametrize("measures, says", [
    ('proportion("eight care processes", who=EVERYONE, achieved=counted(aged(65)), better="higher")',
     'lungs.py, measure "eight care processes": `achieved` is a number (a count of answers). '
     "Compare it, for example `>= 8`."),
    ('people("all", who=has(ASTHMA) and aged(65), who_in_words="all")',
     "lungs.py, line 9: Write `&` instead of `and`, `|` instead of `or`, `~` instead of `not`, and "
     "`.between(42, 47)` instead of `42 <= … <= 47`: an expression has no answer until it is asked of "
     "people."),
    ('people("All", who=EVERYONE, who_in_words="all"), people("all", who=aged(65), who_in_words="all")',
     "lungs.py, line 8: Lungs: two measures have the same name (all). Rename one."),
    ('rate("deaths", events=deaths(), better="lower")',
     'lungs.py, measure "deaths" has no `numerator_in_words`. '
     "Say what is counted, as it stands in a sentence."),
    ('proportion("old", who=EVERYONE, achieved=aged(65), better="neither", numerator_in_words="aged 65")',
     'lungs.py, measure "old": `numerator_in_words` of a share starts with "people", such as '
     '"people with diabetes", but is "aged 65".'),
])  # fmt: skip
def test_a_mistake_is_told_with_its_file_and_its_measure_or_line(found, measures, says):
    assert told(found, lungs=area("Lungs", measures=measures)) == says


def test_a_mistake_in_a_shared_file_is_told_with_that_file(found):
    lungs = "from areas_of_a_test.vocabulary import OLD\n" + area("Lungs")
    vocabulary = "from stewardship.people.language import aged\n\nOLD = aged(75, 65)\n"
    says = "vocabulary.py, line 3: aged(75, 65) can never be true: put the younger age first, from 0 up."
    assert told(found, lungs=lungs, vocabulary=vocabulary) == says


def test_a_code_list_that_is_not_there_is_told_with_the_file_that_asks_for_it(found):
    vocabulary = "from stewardship.care_areas.vocabulary import CODE_LISTS\n\nX = CODE_LISTS.get('athsma')\n"
    assert told(found, vocabulary=vocabulary).startswith(
        'vocabulary.py, line 3: There is no code list "athsma": write one of acute-stroke, '
    )


def test_two_areas_with_one_key_are_refused(found):
    says = told(found, a=area("Lungs", key="lungs"), b=area("Breathing", key="lungs"))
    assert says == 'Lungs and Breathing both have the key "lungs". Change one.'


OLD = 'people("Old people", who=aged({age}), who_in_words="old people")'


def test_two_areas_may_share_a_measure_but_not_its_name_alone(found):
    says = told(
        found,
        a=area("Lungs", measures=OLD.format(age=65)),
        b=area("Hearts", measures=OLD.format(age=65)),
        c=area("Bones", measures=OLD.format(age=80)),
    )
    assert says == 'Bones: measure "Old people" means something else in Lungs. Rename one.'


OWN = """\
from stewardship.care_areas.area import CareArea
from stewardship.care_areas.own import code_list
from stewardship.measures.measure import people
from stewardship.people.language import has

GOUT = code_list("gout")
"""


@pytest.fixture
def own(tmp_path):
    """The care areas of a system with these files of its own, and one code list."""
    areas, lists = tmp_path / "care_areas", tmp_path / "code_lists"
    areas.mkdir()
    lists.mkdir()
    (areas / "README.md").write_text("Care areas of your own")
    (lists / "codelists.toml").write_text('[gout]\ntitle = "Gout"\nversion = "1"\n', encoding="utf-8-sig")
    (lists / "gout.csv").write_text("system,code,match,term\nICD10,M10,prefix,Gout\n", encoding="utf-8-sig")

    def read(lists_of=None, **files):
        for name, text in files.items():
            (areas / f"{name}.py").write_text(text, encoding="utf-8")
        for name, text in (lists_of or {}).items():
            (lists / name).write_text(text, encoding="utf-8")
        return care_areas(own=areas, code_lists=lists)

    return read


def gout(population="has(GOUT)", more=""):
    return (
        OWN
        + more
        + AREA.format(key="gout", name="Gout", phase=3, measures="").replace("EVERYONE", population)
    )


def told_of_own(own, *args, **files):
    with pytest.raises((CareAreaError, CodeListError)) as error:
        own(*args, **files)
    return str(error.value)


def test_a_systems_own_area_stands_beside_the_packages(own, tmp_path):
    areas = own(gout=gout())
    assert [area.key for area in areas] == [*(area.key for area in care_areas()), "gout"]
    assert areas[-1].population == has(
        CodeList("gout", "Gout", "1", (CodeRule("ICD10", "M10", "prefix", "Gout"),))
    )
    assert [
        path.name for path in (tmp_path / "care_areas").iterdir() if path.suffix not in (".py", ".md")
    ] == []


def test_a_file_is_read_anew_and_files_may_share_words(own):
    own(gout=gout())
    changed = gout("OLD", more="from own_care_areas.words import OLD\n")
    areas = own(gout=changed, words="from stewardship.people.language import aged\n\nOLD = aged(75)\n")
    assert areas[-1].population == aged(75)
    assert "own_care_areas.words" not in sys.modules


def test_the_packages_code_lists_serve_too(own):
    area = gout("has(code_list('diabetes'))")
    assert own(gout=area)[-1].population == has(DIABETES)


@pytest.mark.parametrize("text, says", [
    (gout("hass(GOUT)"), "gout.py, line 8: Name 'hass' is not defined (NameError)."),
    (gout("has(GOUT"), "gout.py, line 8: "),
    (gout("has(GOUT) and has(GOUT)"), "gout.py, line 8: Write `&` instead of `and`"),
    (OWN.replace('"gout"', '"goot"'), 'gout.py, line 6: There is no code list "goot" among the system\'s own (gout)'),
    ("import gouty\n", "gout.py, line 1: No module named 'gouty' (ModuleNotFoundError)."),
    ("care_area = 3\n", "gout.py: care_area is no CareArea. Write care_area = CareArea(…)."),
])  # fmt: skip
def test_a_mistake_in_an_own_area_is_told_with_file_and_line(own, text, says):
    assert told_of_own(own, gout=text).startswith(says)


@pytest.mark.parametrize("lists, says", [
    ({"gout.csv": "system,code\nICD10,\n"}, "gout.csv, line 2: a line needs a system, a code"),
    ({"codelists.toml": "[gout\n"}, "codelists.toml cannot be read: "),
    ({"codelists.toml": "gout = 1\n"}, "codelists.toml: gout is no table."),
    ({"codelists.toml": '[statin]\ntitle = "Statin"\nversion = "1"\n'},
     'codelists.toml: "statin" is also the name of a code list of the package.'),
])  # fmt: skip
def test_a_mistake_in_an_own_code_list_is_told_with_its_file(own, lists, says):
    assert says in told_of_own(own, lists, gout=gout())


def test_the_strategy_stands_beside_the_areas_and_is_none_of_them():
    assert strategy().key not in {each.key for each in care_areas()}
    assert [measure.id for _, measure in strategy().measures()] == [f"STR{n:02}" for n in range(1, 13)]
