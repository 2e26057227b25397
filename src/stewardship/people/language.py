"""The words in which expressions are written: has, recorded, aged, latest, contacts, counted and the rest."""

from stewardship.people.answers import Aged, Everyone, Has, InFifth, InGroup, OfEthnicGroup, OfSex, Recorded
from stewardship.people.code_lists import CodeList
from stewardship.people.events import ANY, Contacts, Deaths, Limits, Prescriptions, Procedures, Traits
from stewardship.people.expressions import (
    Answer,
    Counted,
    Events,
    ExpressionError,
    Latest,
    Points,
    Quantity,
    Weighted,
    want_answer,
    want_codes,
    want_codes_or_all,
    want_number,
    want_window,
)
from stewardship.people.periods import EVER, YEAR, Window
from stewardship.records.model import ATTENDANCES, CHARACTERISTICS, ETHNIC_GROUPS, POINTS_OF_DELIVERY, SEXES
from stewardship.rules.scores.score import Score

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


def of_ethnic_group(*groups: str) -> Answer:
    """Of one of these ethnic groups, as recorded: Asian, Black, Mixed, White, Other or Not known."""
    return OfEthnicGroup(_known(groups, ETHNIC_GROUPS, "ethnic group"))


def in_fifth(*fifths: int) -> Answer:
    """The home lies in one of these fifths of deprivation in the country, 1 the most deprived; without a home: no."""
    if not fifths or not all(fifth in range(1, 6) and not isinstance(fifth, bool) for fifth in fifths):
        raise ExpressionError(f"in_fifth{fifths!r}: write one or more of 1 to 5, 1 the most deprived.")
    return InFifth(tuple(fifths))


def in_group(*characteristics: str) -> Answer:
    """One of these characteristics is recorded, and holds on the date."""
    return InGroup(_known(characteristics, CHARACTERISTICS, "characteristic"))


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


def weighted(*parts: tuple[Answer, int]) -> Quantity:
    """The points of those that hold, for example weighted((a, 3), (b, 1)) >= 3."""
    for answer, points in parts:
        want_answer(answer, "`weighted`")
        if isinstance(points, bool) or not isinstance(points, int) or points < 0:
            raise ExpressionError(f"`weighted` wants whole points from 0 up, but was given {points!r}.")
    return Weighted(tuple(parts))


def points(score: Score, within: Window = EVER, of: Events | None = None) -> Quantity:
    """The points of a score: its codes among conditions recorded, or diagnoses of contacts, or items issued."""
    if not isinstance(score, Score):
        raise ExpressionError(f"`points` wants a score, but was given {score!r}.")
    if of is not None and not isinstance(of, Contacts | Prescriptions):
        raise ExpressionError(
            "`points`: `of` is contacts(…) or prescriptions(); without it, recorded conditions."
        )
    if (isinstance(of, Contacts) and of.diagnosis) or (isinstance(of, Prescriptions) and of.codes):
        raise ExpressionError("`points`: leave the codes to the score, and name no list in `of`.")
    return Points(score, want_window(within, "points"), of)


def contacts(
    *,
    point_of_delivery: str | tuple[str, ...] = (),
    specialty: tuple[str, ...] = (),
    diagnosis: CodeList | None = None,
    primary: bool = True,
    attendance: str = "",
    department: tuple[str, ...] = (),
    urgency: tuple[str, ...] = (),
    nights: Limits = ANY,
    minutes: Limits = ANY,
) -> Contacts:
    """Contacts and stays; with a diagnosis, those whose primary (primary=False: any) one is in the list.

    attendance: first or follow-up. department: types of emergency department. urgency: as sent. nights: from the first
    day to the last; minutes: from arrival to departure; both ends included, None for no limit. What a limit is asked of
    and is not known of a contact leaves it out.
    """
    given = (point_of_delivery,) if isinstance(point_of_delivery, str) else tuple(point_of_delivery)
    for name, codes in (("specialty", specialty), ("department", department), ("urgency", urgency)):
        if isinstance(codes, str):
            raise ExpressionError(f'`{name}` is a list of codes: write {name}=("{codes}",).')
    if attendance:
        _known((attendance,), ATTENDANCES, "attendance")
    traits = Traits(
        attendance, tuple(department), tuple(urgency), _limits(nights, "nights"), _limits(minutes, "minutes")
    )
    places = _known(given, tuple(POINTS_OF_DELIVERY), "point of delivery") if given else ()
    asked = want_codes_or_all(diagnosis, "contacts")
    return Contacts(places, tuple(specialty), asked, primary and diagnosis is not None, traits)


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


def deaths(codes: CodeList | None = None, place: tuple[str, ...] = ()) -> Events:
    """Deaths, with the underlying cause in the list or from any cause; place: kinds of place, as sent."""
    if isinstance(place, str):
        raise ExpressionError(f'`place` is a list: write place=("{place}",).')
    return Deaths(want_codes_or_all(codes, "deaths"), tuple(place))


def _known(given: tuple[str, ...], known: tuple[str, ...], what: str) -> tuple[str, ...]:
    for each in given:
        if each not in known:
            raise ExpressionError(f'There is no {what} "{each}": write one of {", ".join(known)}.')
    if not given:
        raise ExpressionError(f"Name a {what}: one of {', '.join(known)}.")
    return tuple(given)


def _limits(limits: Limits, name: str) -> Limits:
    least, most = limits if isinstance(limits, tuple) and len(limits) == 2 else ("", "")
    if not all(each is None or (isinstance(each, int) and each >= 0) for each in (least, most)):
        raise ExpressionError(
            f"`{name}` is the least and the most, such as (0, 240) or (720, None), not {limits!r}."
        )
    if isinstance(least, int) and isinstance(most, int) and least > most:
        raise ExpressionError(f"`{name}`: {limits!r} can never be true: put the smaller number first.")
    return limits
