"""Expressions that an analyst types are the same as those a care area declares, and can do nothing else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stewardship.people.expressions import Answer, ExpressionError
from stewardship.people.said import said
from stewardship.people.written import written
from support.language_cases import CASES, NAMES

ANSWERS = [case for case in CASES if isinstance(case.asked, Answer)]


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.title)
def test_what_is_typed_is_what_a_care_area_declares(case):
    assert written(case.expression, NAMES) == case.asked


@pytest.mark.parametrize("case", ANSWERS, ids=lambda case: case.title)
def test_every_expression_has_words(case):
    words = said(case.asked)
    assert words
    assert "(" not in words.replace("(IFCC)", "") or words.count("(") == words.count(")")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("aged(65)", "aged 65 or over"),
        ("aged(12, 17) & of_sex('female')", "aged 12 to 17, and sex recorded as female"),
        ("aged(3, 3)", "aged 3"),
        ("EVERYONE", "every resident"),
        ("has(DIABETES, within=until(12))", "diabetes recorded up to 12 months before the date"),
        ("latest(HBA1C).between(42, 47)", "the latest hba1c is 42 to 47 mmol/mol"),
        ("latest(HBA1C, within=YEAR) > 58", "the latest hba1c in the 12 months up to the date is above 58 mmol/mol"),
        ("latest(HBA1C) < 48", "the latest hba1c is below 48 mmol/mol"),
        ("aged(65) & (has(ASTHMA) | has(DIABETES))",
         "aged 65 or over, and (asthma recorded at any time, or diabetes recorded at any time)"),
        ("contacts(point_of_delivery='emergency_admission').any(months(18))",
         "at least one emergency admission in the 18 months up to the date"),
        ("contacts(point_of_delivery=('day_case', 'outpatient')).count(years(2)) >= 3",
         "the number of day cases or outpatient attendances in the 2 years up to the date is 3 or more"),
        ("contacts().cost() >= 100_000",
         "the cost of contacts or stays in the 12 months up to the date is 100,000 pence or more"),
        ("~deaths(DIABETES).any()",
         "not (at least one death with the underlying cause diabetes in the 12 months up to the date)"),
    ],
)  # fmt: skip
def test_an_expression_is_said_in_plain_words(text, words):
    assert said(written(text, NAMES)) == words


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("has(DIABTES)", "Did you mean DIABETES?"),
        ("has(diabetes)", "Did you mean DIABETES?"),
        ("has(DIABETES) and aged(65)", "Write `&` for and"),
        ("not aged(65)", "Write `~` for not."),
        ("1 < latest(HBA1C) < 3", "Compare two things at a time"),
        ("latest(HBA1C) == 4", "one number `.between(8, 8)`"),
        ("aged", "Write `aged(…)`"),
        ("contacts()", "Ask `.any()`"),
        ("DIABETES & aged(3)", "is a code list"),
        ("~DIABETES", "is a code list"),
        ("latest(HBA1C).cost()", "It can be asked .between(…)."),
        ("aged(1, 2, 3)", "takes from 0 to 2 values"),
        ("aged(64.5)", "ages are whole years"),
        ("has(DIABETES, within=months(2.5))", "whole months"),
        ("has(DIABETES, within=months('a'))", "months"),
        ("EVERYONE()", "takes no brackets"),
        ("", "is no expression"),
        ("aged(65", "is no expression"),
        ("x" * 10_001, "10,000 are the most"),
        ("~" * 5_000 + "aged(3)", "no expression"),
    ],
)
def test_a_mistake_is_told_in_a_sentence(text, told):
    with pytest.raises(ExpressionError) as mistake:
        written(text, NAMES)
    assert told in str(mistake.value)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('true')",
        "aged(65).__class__",
        "has.__globals__",
        "(lambda: 1)()",
        "[x for x in (1,)]",
        "aged(*(1, 2))",
        "aged(**{'at_least': 1})",
        "f'{aged}'",
        "(aged := has)",
        "print(1)",
        "has(DIABETES).within",
        "DIABETES.rules",
        "2 ** 99999",
        "'a' * 9999",
        "open('/etc/hosts')",
        "contacts()[0]",
    ],
)
def test_nothing_but_a_question_can_be_asked(text):
    with pytest.raises(ExpressionError):
        written(text, NAMES)


ALPHABET = [
    "has",
    "(",
    ")",
    "DIABETES",
    "aged",
    "&",
    "|",
    "~",
    "65",
    ",",
    "latest",
    "HBA1C",
    ">=",
    ".",
    "any",
    "'x'",
    " ",
]


@given(st.lists(st.sampled_from(ALPHABET), max_size=14).map("".join) | st.text(max_size=40))
def test_whatever_is_typed_is_an_answer_or_a_sentence(text):
    try:
        assert isinstance(written(text, NAMES), Answer)
    except ExpressionError as mistake:
        assert str(mistake).endswith((".", "?", "!"))
