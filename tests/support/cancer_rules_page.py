"""The page of the cancer waiting-time rules, made of them; `cd tests && python -m support.cancer_rules_page`."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from stewardship.rules.cancer import codes
from stewardship.rules.cancer.allocation import CASES
from stewardship.rules.cancer.judge import judge
from stewardship.rules.cancer.judgement import Standard
from stewardship.rules.cancer.mistakes import in_words
from stewardship.rules.cancer.standards import IN_FORCE, Threshold
from stewardship.rules.cancer.table import COLUMNS, CONCLUSIONS, case_of, conclusions
from support import cancer_rules_words as words
from support.cancer_worked import Worked
from support.cancer_worked_treated import GROUPS

PAGE = Path(__file__).parents[2] / "docs" / "cancer-waiting-times.md"
NAMES = {
    Standard.FASTER_DIAGNOSIS: "28 days, faster diagnosis",
    Standard.DECISION_TO_TREATMENT: "31 days, decision to treatment",
    Standard.REFERRAL_TO_TREATMENT: "62 days, referral to treatment",
}
HAPPENED = {
    "referral_received": "received",
    "upgrade_date": "upgraded",
    "first_appt_dna_date": "first appointment missed",
    "dna_rebooked_date": "rebooked",
    "first_seen": "seen",
    "fds_end_date": "28 days ended",
    "fds_end_reason": "reason",
    "fds_exclusion_reason": "exclusion reason",
    "dtt_date": "decided",
    "pause_from": "paused from",
    "pause_to": "to",
    "treatment_event_type": "event",
    "treatment_modality": "modality",
    "treatment_start": "treated",
    "icd10": "diagnosis",
    "morphology_flag": "",
    "investigating_org": "investigated by",
    "transfer_date": "transferred",
    "treating_org": "treated by",
    "other_events": "also",
    "snapshot_date": "judged on",
}
LISTS: Mapping[str, Mapping[str, str]] = {
    "Routes": {route.value: name for route, name in codes.ROUTES.items()},
    "Reasons of the end of the 28 days": codes.END_REASONS,
    "Referral types": codes.REFERRAL_TYPES,
    "Treatment events": codes.TREATMENT_EVENTS,
    "Modalities": codes.MODALITIES,
    "Reasons of a pause": codes.PAUSE_REASONS,
    "Reasons of a breach": codes.DELAY_REASONS,
}


def page() -> str:
    """The whole page as Markdown."""
    parts = [
        words.OPENING, words.RULES, _thresholds(), _cases_of_shares(), words.COMMAND, _columns(), words.NOT_KNOWN,
        "## Worked cases\n\nEach is judged by a test, with what is written here.", *map(_group, GROUPS),
        "## Codes", *(_codes(title) for title in LISTS),
    ]  # fmt: skip
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _thresholds() -> str:
    rows = (
        (NAMES[standard], in_words(each.since), f"{each.standard:.0%}", _ambition(each), each.source)
        for standard in Standard
        for each in IN_FORCE.thresholds[standard]
    )
    heads = ("standard", "from", "stands at", "asked for", "source")
    return "## Thresholds by date\n\n" + words.THRESHOLDS.strip() + "\n\n" + _table(heads, rows)


def _ambition(threshold: Threshold) -> str:
    if threshold.ambition is None or threshold.by is None:
        return "nothing else"
    return f"{threshold.ambition:.0%} by {in_words(threshold.by)}"


def _cases_of_shares() -> str:
    heads = (
        "case",
        "62 days met",
        "38 days met",
        "24 days met",
        "investigating: patients / breaches",
        "treating",
    )
    rows = (
        (
            str(case.number), *("yes" if within else "no" for within in in_time),
            *(f"{patients:g} / {breaches:g}" for patients, breaches in (case.investigating, case.treating)),
        )
        for in_time, case in CASES.items()
    )  # fmt: skip
    return "## Two providers\n\n" + words.SHARES.strip() + "\n\n" + _table(heads, rows)


def _columns() -> str:
    return (
        f"Columns that are read: {_named(COLUMNS)}. Others, such as a title, are not looked at.\n\n"
        f"Columns that are written: {_named(CONCLUSIONS)}."
    )


def _named(columns: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in columns)


def _group(title: str) -> str:
    heads = ("case", "what happened", "28 days", "31 days", "62 days", "shared", "waiting", "why")
    return f"### {title}\n\n" + _table(heads, map(_case, GROUPS[title]))


def _case(case: Worked) -> tuple[str, ...]:
    _, pathway, as_of = case_of(case.row())
    judgement = judge(pathway, as_of=as_of)
    found = conclusions(case.title, judgement)
    clocks = (f"{found[name + '_days']} {found[name + '_result']}".strip() for name in ("fds", "d31", "d62"))
    waiting = f"{found['open_days']} {found['backlog_band']} {found['in_headline_backlog']}".strip()
    parts = (judgement.faster_diagnosis, judgement.decision_to_treatment, judgement.referral_to_treatment)
    all_why = [why for each in (*parts, judgement.allocation) for why in each.why]
    by_rule = [why for why in all_why if why.rule in case.rules] or all_why
    reasons = dict.fromkeys(f"{why.words} ({why.rule})" for why in by_rule)
    return (case.title, _happened(case), *clocks, _shared(found), waiting, "; ".join(reasons))


def _shared(found: Mapping[str, str]) -> str:
    if not found["inv_den"]:
        return found["alloc_method"]
    of = (f"{found[each + '_den']} / {found[each + '_breach']}" for each in ("inv", "treat"))
    return f"{found['alloc_method']} {found['scenario']}".strip() + ": " + ", ".join(of)


def _happened(case: Worked) -> str:
    told = [case.happened["route"]]
    told += [
        f"{said} {case.happened[name]}".strip() for name, said in HAPPENED.items() if case.happened.get(name)
    ]
    return ", ".join(told)


def _codes(title: str) -> str:
    rows = ((code, meaning) for code, meaning in LISTS[title].items())
    return f"### {title}\n\n" + _table(("code", "meaning"), rows)


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
