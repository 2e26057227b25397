"""The words in which expressions are written: has, recorded, aged, latest, contacts, counted and the rest."""

from stewardship.people.code_lists import CodeList
from stewardship.people.expressions import (
    Aged,
    Answer,
    Contacts,
    Counted,
    Deaths,
    Events,
    Everyone,
    ExpressionError,
    Has,
    Latest,
    OfSex,
    Prescriptions,
    Procedures,
    Quantity,
    Recorded,
    want_answer,
    want_codes,
    want_codes_or_all,
    want_number,
    want_window,
)
from stewardship.people.periods import EVER, YEAR, Window
from stewardship.records.model import POINTS_OF_DELIVERY, SEXES

EVERYONE = Everyone()


def has(codes: CodeList, within: Window = EVER) -> Answer:
    """A condition in the list has been recorded, ever unless a window is given."""
    return Has(want_codes(codes, "has"), want_window(within, "has"))


def recorded(codes: CodeList, within: Window = YEAR) -> Answer:
    """A reading or finding in the list has been recorded in the window."""
    return Recorded(want_codes(codes, "recorded"), want_window(within, "recorded"))


def aged(at_least: int = 0, at_most: int | None = None) -> Answer:
    """Age in whole years: aged(65) is 65 and over, aged(12, 17) is 12 to 17 with both included."""
    highest = at_least if at_most is None else at_most
    if not isinstance(at_least, int) or not isinstance(highest, int):
        raise ExpressionError(f"aged({at_least!r}, {highest!r}): ages are whole years, such as aged(65).")
    if want_number(at_least, "`aged`") < 0 or want_number(highest, "`aged`") < at_least:
        raise ExpressionError(
            f"aged({at_least}, {highest}) can never be true: put the younger age first, from 0 up."
        )
    return Aged(at_least, at_most)


def of_sex(sex: str) -> Answer:
    """Sex as recorded: female, male or unknown."""
    if sex not in SEXES:
        raise ExpressionError(f'There is no sex "{sex}" in the records: write one of {", ".join(SEXES)}.')
    return OfSex(sex)


def latest(codes: CodeList, within: Window = EVER) -> Quantity:
    """The latest value of a measured quantity, in the unit of its code list."""
    if not want_codes(codes, "latest").unit:
        raise ExpressionError(
            f'latest: the code list "{codes.name}" names no unit, so its values cannot be compared; '
            "give it one in codelists.toml."
        )
    return Latest(codes, want_window(within, "latest"))


def counted(*answers: Answer) -> Quantity:
    """How many of these hold, for example counted(a, b, c) >= 2."""
    return Counted(tuple(want_answer(answer, "`counted`") for answer in answers))


def contacts(
    *,
    point_of_delivery: str | tuple[str, ...] = (),
    specialty: tuple[str, ...] = (),
    diagnosis: CodeList | None = None,
    primary: bool = True,
) -> Events:
    """Contacts and stays; with a diagnosis, those whose primary (primary=False: any) one is in the list."""
    points = (point_of_delivery,) if isinstance(point_of_delivery, str) else tuple(point_of_delivery)
    for point in points:
        if point not in POINTS_OF_DELIVERY:
            raise ExpressionError(
                f'There is no point of delivery "{point}": write one of {", ".join(POINTS_OF_DELIVERY)}.'
            )
    if isinstance(specialty, str):
        raise ExpressionError(f'`specialty` is a list of codes: write specialty=("{specialty}",).')
    return Contacts(
        points, tuple(specialty), want_codes_or_all(diagnosis, "contacts"), primary and diagnosis is not None
    )


ADMISSIONS = (
    "emergency_admission",
    "planned_admission",
    "day_case",
    "regular_attender",
    "maternity_admission",
    "other_admission",
    "unclassified_admission",
)


def admitted(
    diagnosis: CodeList, within: Window = YEAR, point_of_delivery: tuple[str, ...] = ADMISSIONS
) -> Answer:
    """Has been in hospital with a diagnosis in the list, in any position."""
    return contacts(point_of_delivery=point_of_delivery, diagnosis=diagnosis, primary=False).any(within)


def procedures(codes: CodeList) -> Events:
    """Procedures in the list."""
    return Procedures(want_codes(codes, "procedures"))


def prescriptions(codes: CodeList | None = None) -> Events:
    """Items issued, of the list or of any kind."""
    return Prescriptions(want_codes_or_all(codes, "prescriptions"))


def deaths(codes: CodeList | None = None) -> Events:
    """Deaths, with the underlying cause in the list or from any cause."""
    return Deaths(want_codes_or_all(codes, "deaths"))
