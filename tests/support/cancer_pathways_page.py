"""The page of timed cancer pathways; `cd tests && python -m support.cancer_pathways_page` writes it anew."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from stewardship.rules.cancer.timed.case_finding import case_finding_steps
from stewardship.rules.cancer.timed.configured import configured
from stewardship.rules.cancer.timed.escalation import levels, triggers
from stewardship.rules.cancer.timed.filter_tests import filter_tests
from stewardship.rules.cancer.timed.fit import thresholds
from stewardship.rules.cancer.timed.milestones import (
    Milestone,
    TimedPathway,
    owner_words,
    timed_pathways,
    verb_owner,
    verb_words,
)
from stewardship.rules.cancer.timed.reviews import review_kinds
from stewardship.rules.cancer.timed.teledermatology import outcomes
from stewardship.rules.cancer.timed.working_days import bank_holidays
from stewardship.rules.cancer.timed.worklists import Worklist, worklists
from support import cancer_pathways_words as words

PAGE = Path(__file__).parents[2] / "docs" / "cancer-pathways.md"
NONE = "–"


def page() -> str:
    """The whole page as Markdown."""
    parts = [
        words.OPENING, _codes(), words.STATES, *map(_pathway, timed_pathways().values()), _every(), _worklists(),
        _escalation(), _teledermatology(), _fit(), _filter_tests(), _reviews(), _case_finding(), _holidays(),
        words.NOT_VERIFIED,
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _codes() -> str:
    told = configured("milestones")["codes"]
    return _table(("code", "milestone"), ((code, said) for code, said in told.items()))


def _pathway(pathway: TimedPathway) -> str:
    names = [name.lower() for name in (timed_pathways()[pathway.part_of].name,)] if pathway.part_of else []
    part = f"\n\nBesides what follows it has the milestones of the {names[0]} pathway." if names else ""
    types = ", ".join(pathway.referral_types)
    taken = f" Referral type {types}." if types else ""
    by_code = f" Diagnoses beginning with {', '.join(pathway.diagnoses)}." if pathway.diagnoses else ""
    head = f"### {pathway.name}\n\nKey `{pathway.key}`.{taken}{by_code} Source: {pathway.source}.{part}"
    return f"{head}\n\n{_milestones(pathway.rows)}"


def _every() -> str:
    told = configured("milestones")["pathways"]["every"]
    own = [
        (row["code"], row["words"], _window(row.get("earliest", row["day"]), row["day"]))
        for row in told["milestones"]
    ]
    table = _table(("code", "milestone", "target day"), own)
    return f"### {told['name']}\n\nSource: {told['source']}.\n\n{table}"


def _milestones(rows: Iterable[Milestone]) -> str:
    ordered = sorted(rows, key=lambda row: (row.order, row.day))
    heads = (
        "code",
        "counts when",
        "milestone",
        "target day",
        "needed",
        "first step, and who owes it",
        "in force",
    )
    return _table(heads, (_milestone(row) for row in ordered))


def _milestone(row: Milestone) -> tuple[str, ...]:
    needed = f"only where {row.only_where}" if row.only_where else "always" if row.mandatory else "yes"
    owner = owner_words(verb_owner(row.verb) or row.owner)
    step = NONE if row.code == "REF" else f"{verb_words(row.verb)}: {row.step} ({owner})"
    until = f" to {row.until}" if row.until else ""
    return (
        row.code,
        row.at,
        row.words,
        _window(row.earliest, row.day),
        needed,
        step,
        f"from {row.since}{until}",
    )


def _window(earliest: int, day: int) -> str:
    return str(day) if earliest == day else f"{earliest} to {day}"


def _worklists() -> str:
    rows = ((one.name, one.words, _limits(one), f"`{one.key}`") for one in worklists())
    return words.WORKLISTS + _table(("worklist", "who is on it", "shown", "key"), rows)


def _limits(one: Worklist) -> str:
    limits = one.limits
    if "until_day" in limits:
        first = limits["until_day"] - limits["days_before"]
        return f"from day {first}" if one.key == "transfers-due" else f"days {first} to {limits['until_day']}"
    if "after_day" in limits:
        return f"from day {limits['after_day'] + 1}"
    days = next(iter(limits.values()), None)
    return f"after {days} days" if days is not None else NONE


def _escalation() -> str:
    why: dict[int, list[str]] = {}
    for trigger in triggers():
        why.setdefault(trigger.level, []).append(trigger.words)
    rows = (
        (str(level.level), "; ".join(why.get(level.level, ["Normal tracking"])), level.to, level.answer)
        for level in levels()
    )
    return words.ESCALATION + _table(("level", "when", "to", "answer"), rows)


def _teledermatology() -> str:
    rows = (
        (
            one.code,
            one.words,
            one.next_step,
            owner_words(one.owner),
            f"stops once told, reason {one.tells}" if one.tells else "runs",
        )
        for one in outcomes().values()
    )
    return words.TELEDERMATOLOGY + _table(("code", "outcome", "next step", "who", "28-day clock"), rows)


def _fit() -> str:
    limits = (
        (
            one.purpose,
            f"{one.at_least} and over",
            f"from {one.since}{f' to {one.until}' if one.until else ''}",
            one.source,
        )
        for one in thresholds()
    )
    told: Mapping[str, Any] = configured("fit")
    table = _table(("purpose", "raised, micrograms per gram", "in force", "source"), limits)
    do = _table(("a result that is", "what to do"), told["do"].items())
    net, without = told["safety_net"], ", ".join(told["without"]["findings"])
    after = (
        f"A FIT is not waited for with: {without}. Who is referred with a result below the threshold is looked at "
        f"again in {net['from_weeks']} to {net['until_weeks']} weeks."
    )
    return f"{words.FIT}{table}\n\n{do}\n\n{after}"


def _filter_tests() -> str:
    sexes = {"1": "men", "2": "women", "": "everyone"}
    return words.FILTER_TESTS + _table(
        ("test", "of", "code"), ((t.words, sexes[t.sex], f"`{t.code}`") for t in filter_tests())
    )


def _reviews() -> str:
    rows = (
        (one.name, one.words, f"day {one.due_from}", f"day {one.day}", f"day {one.ends}")
        for one in review_kinds()
    )
    return words.REVIEWS + _table(("review", "what", "due from", "late after", "asked for until"), rows)


def _case_finding() -> str:
    told: Mapping[str, Any] = configured("case_finding")
    rule, raised = told["eligible"][0], told["raised"][0]
    eligible = (
        f"Invited are men of {rule['lowest_age']} to {rule['highest_age']}, and from {rule['lowest_age_with_risk']} "
        f"with one of: {', '.join(rule['risks'].values())}. A PSA is raised from {raised['at_least']:g} ng/mL on, or "
        "above the limit of the age:"
    )
    ages = _table(
        ("age", "above, ng/mL"),
        (
            (f"{row['lowest_age']} to {row['highest_age']}", f"{row['above']:g}")
            for row in raised["above_by_age"]
        ),
    )
    wait = "; ".join(f"{row['days']} days after {row['words']}" for row in told["put_off"].values())
    steps = _table(
        ("step", "who owes it", "counted as"),
        ((step.words, step.owner_in_words, step.counted or NONE) for step in case_finding_steps()),
    )
    return f"{words.CASE_FINDING}{eligible}\n\n{ages}\n\nA PSA waits: {wait}.\n\n{steps}"


def _holidays() -> str:
    by_year: dict[int, list[str]] = {}
    for day, name in bank_holidays().items():
        by_year.setdefault(day.year, []).append(f"{day.day} {day:%B} ({name})")
    return words.HOLIDAYS + _table(
        ("year", "bank holidays"), ((str(year), ", ".join(days)) for year, days in by_year.items())
    )


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', ' ') for cell in line)} |" for line in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
