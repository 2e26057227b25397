"""The checks that look across rows, one declaration each. What a single row may hold, `records.row_checks` says.

Thresholds are this project's own first judgement where no source is named; a system sets its own.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from stewardship.records.quality.counts import CheckCard, CheckCount
from stewardship.records.quality.denominators import lists_of_practices, residents_of_places
from stewardship.records.quality.gathered import (
    DAYS_AFTER_DEATH,
    DAYS_IN_TWO_PRACTICES,
    DAYS_UNTIL_CODED,
    EVENT_DAY,
    CouldNotRunError,
    Gathered,
    Row,
)
from stewardship.records.quality.months import months_short_of_rows

EVENTS = tuple(EVENT_DAY)
OF_PEOPLE = ("address", "registration", "death")
CODED = ("condition", "activity_code")
Count = Callable[[Gathered, str], list[CheckCount]]
BySource = Mapping[str, tuple[int, int]]


@dataclass(frozen=True)
class Check:
    """A check: its card, the canonical tables it looks at one by one, and how it counts in one of them."""

    card: CheckCard
    tables: tuple[str, ...]
    count: Count


def _each_source(key: str, of: Callable[[Gathered, str], BySource], note: str = "") -> Count:
    def count(gathered: Gathered, table: str) -> list[CheckCount]:
        return [
            CheckCount(key, table, source, faulty, examined, note=note)
            for source, (faulty, examined) in sorted(of(gathered, table).items())
        ]

    return count


def _of_events(faulty: str, examined: str = "rows", less: str = "") -> Callable[[Gathered, str], BySource]:
    """By source: two of the counts that one pass over an event table gives."""

    def of(gathered: Gathered, table: str) -> BySource:
        return _added(gathered.events(table), faulty, examined, less)

    return of


def _added(rows: Iterable[Row], faulty: str, examined: str, less: str = "") -> BySource:
    found: dict[str, tuple[int, int]] = {}
    for row in rows:
        so_far = found.get(row["source"], (0, 0))
        looked_at = row[examined] - (row[less] if less else 0)
        found[row["source"]] = (so_far[0] + row[faulty], so_far[1] + looked_at)
    return found


def _strangers(gathered: Gathered, table: str) -> BySource:
    return _of_events("strangers")(gathered, table) if table in EVENTS else gathered.strangers(table)


def _after_death(gathered: Gathered, table: str) -> list[CheckCount]:
    if "death" not in gathered.records.present:
        raise CouldNotRunError("no deaths have been sent")
    note = f"up to {DAYS_AFTER_DEATH[table]} days after the death are allowed"
    return _each_source("after-death", _of_events("after_death", less="strangers"), note)(gathered, table)


def _unknown_practices(gathered: Gathered, table: str) -> BySource:
    known = {row["code"] for row in gathered.places.organisation.to_pylist() if row["role"] == "practice"}
    if not known:
        raise CouldNotRunError("no practices have been supplied")
    named = [row for row in gathered.registered if row["practice"] is not None]
    return _added([{**row, "unknown": row["people"] * (row["practice"] not in known)} for row in named],
                  "unknown", "people")  # fmt: skip


def _unknown_small_areas(gathered: Gathered, table: str) -> BySource:
    known = gathered.places.small_areas
    if not known:
        raise CouldNotRunError("no small areas have been supplied")
    named = [row for row in gathered.homes if row["small_area"] is not None]
    return _added([{**row, "unknown": row["people"] * (row["small_area"] not in known)} for row in named],
                  "unknown", "people")  # fmt: skip


def _without(column: str, rows: Callable[[Gathered], list[Row]]) -> Callable[[Gathered, str], BySource]:
    def of(gathered: Gathered, table: str) -> BySource:
        found = [{**row, "lacking": row["people"] * (row[column] is None)} for row in rows(gathered)]
        return _added(found, "lacking", "people")

    return of


def _uncosted(gathered: Gathered, table: str) -> list[CheckCount]:
    return [
        CheckCount("costs", table, source, 0, 0, note="this source sends no costs with its activity")
        if without == rows
        else CheckCount("costs", table, source, without, rows)
        for source, (without, rows) in sorted(_of_events("uncosted")(gathered, table).items())
    ]


def _coverage(gathered: Gathered, table: str) -> list[CheckCount]:
    closed: dict[str, date] = {
        row["code"]: row["end"] for row in gathered.places.organisation.to_pylist() if row["end"]
    }
    rows = [(row["source"], row["provider"], row["month"], row["rows"]) for row in gathered.events(table)]
    return months_short_of_rows(table, rows, gathered.as_of, closed)


CHECKS: tuple[Check, ...] = (
    Check(
        CheckCard("keys", "Rows whose key another row has", 0.0,
                  "a key names one row",
                  "Send each row once; where a feed sends corrections, send only the last."),
        ("person", *OF_PEOPLE, *EVENTS),
        _each_source("keys", lambda gathered, table: gathered.repeated(table)),
    ),
    Check(
        CheckCard("nobody", "Rows of people who are not in the records", 0.001,
                  "a feed is cut at one moment, so people and events agree but for a slip",
                  "Send people and events of the same day, under the same identifier."),
        (*OF_PEOPLE, *EVENTS),
        _each_source("nobody", _strangers),
    ),
    Check(
        CheckCard("no-activity", "Diagnoses and procedures whose activity is not there", 0.01,
                  "few activities are set aside",
                  "Send every activity that a diagnosis or procedure names."),
        ("activity_code",),
        _each_source("no-activity", lambda gathered, table: gathered.without_activity),
    ),
    Check(
        CheckCard("practices", "People registered with a practice that is not among the organisations", 0.01,
                  "practices open and close between two lists of organisations",
                  "Supply today's list of practices, or correct the practice's code in the feed."),
        ("registration",),
        _each_source("practices", _unknown_practices),
    ),
    Check(
        CheckCard("small-areas", "People whose home lies in a small area that is not known here", 0.05,
                  "some people on the lists live beyond the system's border",
                  "Supply the look-up of small areas in the edition that the feed uses.",
                  bears_on="figures by home and by deprivation"),
        ("address",),
        _each_source("small-areas", _unknown_small_areas),
    ),
    Check(
        CheckCard("before-birth", "Rows dated before the person was born", 0.001,
                  "a slip of a date is rare; more is a wrong match or a default date",
                  "Ask the sender which is right, the date of birth or the date of the event."),
        EVENTS,
        _each_source("before-birth", _of_events("before_birth", less="strangers")),
    ),
    Check(
        CheckCard("after-death", "Rows dated after the person's death", 0.001,
                  "letters, claims and codes follow a death by up to 28 days, readings by 2; more is a wrong "
                  "match or a default date",
                  "Ask the sender which is right, the date of death or the date of the event."),
        EVENTS,
        _after_death,
    ),
    Check(
        CheckCard("two-practices", f"People registered with two practices for over {DAYS_IN_TWO_PRACTICES} days", 0.01,
                  "a practice is told within a month that a patient has left",
                  "Ask practices to end the registration of patients who have left."),
        ("registration",),
        _each_source("two-practices", lambda gathered, table: gathered.in_two_practices),
    ),
    Check(
        CheckCard("other-sex", "Diagnoses that the recorded sex cannot have", 0.001,
                  "a few people have changed what is recorded as their sex; more is a wrong match or a shifted column",
                  "Look at how sex is sent, and whether a mother's diagnoses are sent under her child."),
        CODED,
        _each_source("other-sex", _of_events("of_other_sex", "of_one_sex")),
    ),
    Check(
        CheckCard("filler", "ICD-10 codes that end in the filler X", 0.001,
                  "code lists name codes without it",
                  "Leave out the X that fills the fourth place of a code of three characters."),
        CODED,
        _each_source("filler", _of_events("filled", "icd")),
    ),
    Check(
        CheckCard("grown-babies", "Well babies (treatment function 424) over two years old", 0.001,
                  "the treatment function is of the newborn",
                  "Ask the provider for the treatment function."),
        ("activity",),
        _each_source("grown-babies", _of_events("grown_babies", "babies")),
    ),
    Check(
        CheckCard("coverage", "Rows short of the provider's usual month", 0.5,
                  "a month under half of the usual one has not been sent whole",
                  "Ask the provider to send the month again."),
        EVENTS,
        _coverage,
    ),
    Check(
        CheckCard("diagnoses", f"Hospital stays without a diagnosis, {DAYS_UNTIL_CODED} days after their end", 0.05,
                  "stays are coded within six to eight weeks of their end",
                  "Ask the provider for the coded extract: it is sent again after the freeze.",
                  bears_on="figures of stays for a diagnosis"),
        ("activity_code",),
        _each_source("diagnoses", lambda gathered, table: gathered.without_diagnosis),
    ),
    Check(
        CheckCard("costs", "Activity without a cost", 0.1,
                  "costs that came with less than nine in ten add up to too little",
                  "Send a cost with every activity, and say how it is known.",
                  bears_on="figures of cost"),
        ("activity",),
        _uncosted,
    ),
    Check(
        CheckCard("residents", "People registered here, more or fewer than its residents", 0.1,
                  "England's lists held 63.7 million people where 57.7 million lived (mid-2023), a tenth more",
                  "Ask which practices have not sent, and supply populations of the same year."),
        ("registration",),
        lambda gathered, table: residents_of_places(gathered),
    ),
    Check(
        CheckCard("practice-lists", "People registered with a practice, more or fewer than its published list", 0.05,
                  "lists are published monthly, and a list changes by a few per cent a year",
                  "Ask the practice for a whole extract."),
        ("registration",),
        lambda gathered, table: lists_of_practices(gathered),
    ),
    Check(
        CheckCard("ethnicity", "People whose ethnic group is not known", 0.1,
                  "of more, nobody can say that they are like the others",
                  "Ask practices to record ethnic group, and join it from hospital records.",
                  bears_on="figures by ethnic group"),
        ("person",),
        _each_source("ethnicity", lambda g, t: _added(g.people, "no_ethnic_group", "people")),
    ),
    Check(
        CheckCard("sex", "People whose sex is not known", 0.01,
                  "sex is recorded at registration",
                  "Look at how sex is sent.",
                  bears_on="figures by sex"),
        ("person",),
        _each_source("sex", lambda g, t: _added(g.people, "no_sex", "people")),
    ),
    Check(
        CheckCard("homes", "Registered people without a home in a small area", 0.05,
                  "of more, places and fifths of deprivation would miss people",
                  "Send each person's small area, or the postcode to find it by.",
                  bears_on="figures by home and by deprivation"),
        ("registration",),
        _each_source("homes", _without("small_area", lambda g: g.homes)),
    ),
    Check(
        CheckCard("registered", "Registered people whose practice is not told", 0.02,
                  "whoever is registered is registered with a practice",
                  "Send the code of the practice with each registration.",
                  bears_on="figures by practice, network and alliance"),
        ("registration",),
        _each_source("registered", _without("practice", lambda g: g.registered)),
    ),
)  # fmt: skip
