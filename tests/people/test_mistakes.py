"""Mistakes in a care area are told in one plain sentence or two to whoever wrote it."""

import re
from pathlib import Path

import pytest

from stewardship.people.code_lists import CodeListError, CodeListFolder
from stewardship.people.expressions import ExpressionError
from support.language_cases import CASES, NAMES, expression, read

MISTAKES = read("mistakes")["mistake"]


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake["written"])
def test_a_mistake_is_told_in_these_words(mistake):
    with pytest.raises(ExpressionError) as told:
        expression(mistake["written"])
    assert str(told.value) == mistake["says"]


def test_every_name_of_the_language_has_a_case_or_a_mistake():
    written = " ".join([case.expression for case in CASES] + [mistake["written"] for mistake in MISTAKES])
    assert [name for name in NAMES if not re.search(rf"\b{name}\b", written)] == []


def folder_of_lists(path: Path, toml: str, lines: str = "") -> CodeListFolder:
    (path / "codelists.toml").write_text(toml, encoding="utf-8")
    if lines:
        (path / "asthma.csv").write_text("system,code,term,match\n" + lines, encoding="utf-8")
    return CodeListFolder(path)


GIVEN = '[asthma]\ntitle = "Asthma"\nversion = "2026-01-01"\n'
LINE_WORDS = "a line needs a system, a code, and a match of exact, prefix or range."


@pytest.mark.parametrize("lines, says", [
    ("ICD10,J45,Asthma,begins\n", f"asthma.csv, line 2: {LINE_WORDS}"),
    ("ICD10,J45,Asthma,prefix\n,J46,Status,exact\n", f"asthma.csv, line 3: {LINE_WORDS}"),
    ("ICD10,,Asthma,exact\n", f"asthma.csv, line 2: {LINE_WORDS}"),
    ("ICD10,J45,Asthma,range\n",
     'asthma.csv, line 2: "J45" is no range. Write the first and the last code, such as E10-E14.'),
    ("ICD10,J46-J45,Asthma,range\n",
     'asthma.csv, line 2: "J46-J45" is no range. Write the first and the last code, such as E10-E14.'),
    ("", "codelists.toml names asthma, but there is no asthma.csv beside it. Add the file."),
])  # fmt: skip
def test_a_bad_line_of_a_code_list_is_told_with_its_file_and_line(tmp_path, lines, says):
    with pytest.raises(CodeListError) as told:
        folder_of_lists(tmp_path, GIVEN, lines).get("asthma")
    assert str(told.value) == says


def test_a_code_list_that_is_not_there_is_told_with_those_that_are(tmp_path):
    lists = folder_of_lists(tmp_path, GIVEN + '[copd]\ntitle = "COPD"\nversion = "1"\n')
    with pytest.raises(CodeListError) as told:
        lists.get("athsma")
    assert str(told.value) == 'There is no code list "athsma": write one of asthma, copd.'


def test_a_code_list_without_a_version_is_refused(tmp_path):
    with pytest.raises(CodeListError) as told:
        folder_of_lists(tmp_path, '[asthma]\ntitle = "Asthma"\n', "ICD10,J45,Asthma,prefix\n").get("asthma")
    assert str(told.value) == "codelists.toml, [asthma]: it has no version. Give it one."


def test_a_code_list_carries_what_its_files_say(tmp_path):
    asthma = folder_of_lists(tmp_path, GIVEN, "ICD10,J45,Asthma,prefix\nSNOMED,195967001,Asthma,\n").get(
        "asthma"
    )
    assert (asthma.title, asthma.version, asthma.unit) == ("Asthma", "2026-01-01", "")
    assert asthma.covers("ICD10", "J459")
    assert asthma.covers("SNOMED", "195967001")


def test_the_hash_of_a_code_list_tells_codes_and_unit_apart_but_not_order_or_terms(tmp_path):
    def hash_of(name: str, lines: str, unit: str = "") -> str:
        folder = tmp_path / name
        folder.mkdir()
        return folder_of_lists(folder, GIVEN + f'unit = "{unit}"\n', lines).get("asthma").hash

    usual = hash_of("usual", "ICD10,J45,Asthma,prefix\nICD10,J46,Status,exact\n")
    assert hash_of("turned", "ICD10,J46,Status asthmaticus,exact\nICD10,J45,,prefix\n") == usual
    assert hash_of("narrower", "ICD10,J45,Asthma,exact\nICD10,J46,Status,exact\n") != usual
    assert hash_of("in a unit", "ICD10,J45,Asthma,prefix\nICD10,J46,Status,exact\n", "%") != usual
