"""What records may lack, worded: each sentence for the page, and for whoever can send what is missing."""

from collections.abc import Iterable

from stewardship.measures.controlled import CAUTION_UNDER
from stewardship.measures.disclosure import control_counts
from stewardship.measures.lacks import Effort, Lack
from stewardship.people.code_lists import CodeList
from stewardship.people.said import in_sentence
from stewardship.records.model import TABLES
from stewardship.records.opened import CodeUse

SENT = {
    "condition": "conditions",
    "observation": "readings and tests",
    "medication": "prescriptions",
    "activity": "contacts and stays",
    "activity_code": "diagnoses and procedures of contacts",
    "death": "deaths",
    "characteristic": "characteristics of people",
    "pathway_event": "cancer pathways",
}
_SYSTEMS = {"ICD10": "ICD-10", "OPCS4": "OPCS-4", "SNOMED": "SNOMED CT"}


def rows_of(table: str) -> str:
    """Which rows a table would have to have, for the sender's own technician."""
    return f"Rows of {table}: {TABLES[table].grain[0].lower()}{TABLES[table].grain[1:]}"


def unsent(table: str) -> Lack:
    """Nobody sent any row of a table."""
    sent = SENT[table]
    return Lack(f"no {sent} have been sent", f"Sending {sent}", Effort.TABLE, rows_of(table), table)


def without_column(table: str, column: str, words: str, what: str) -> Lack:
    """A column of a table came empty with most of some rows. words: what it holds; what: which rows."""
    reason = f"{words} did not come with most {what}"
    return Lack(reason, f"Sending {words} with {what}", Effort.COLUMN, f"Column {column} of {table}.", table)


def without_codes(codes: CodeList, table: str) -> Lack:
    """None of a list's codes stands in a table."""
    title = in_sentence(codes.title)
    return Lack(
        f"no record of {title} was found in the {SENT[table]} sent",
        f"Sending records of {title} with {SENT[table]}",
        Effort.CODES,
        f"None of the codes of the list {codes.name} ({codes.version}) stands in {table}.",
        table,
    )


def in_other_systems(codes: CodeList, table: str, uses: Iterable[CodeUse]) -> list[Lack]:
    """No code of the systems that a list is written in stands in a table: then none of it could have been found."""
    systems = dict.fromkeys(rule.system for rule in codes.rules)
    if any(use.system in systems for use in uses):
        return []
    named = " or ".join(_SYSTEMS.get(system, system) for system in systems)
    return [
        Lack(
            f"no {named} codes were found in the {SENT[table]} sent, and only these tell of {in_sentence(codes.title)}",
            f"Sending {named} codes with {SENT[table]}",
            Effort.CODES,
            f"The list {codes.name} ({codes.version}) holds no code of another system.",
            table,
        )
    ]


def without_cost(rows: int, costed: int, what: str, table: str) -> list[Lack]:
    """Costs that came with less than nine in ten would add up to far too little."""
    if 10 * costed >= 9 * rows and costed:
        return []
    share = f"{100 * costed // rows}%" if rows >= CAUTION_UNDER else "some"
    few = f"costs came with only {share} of {what}" if costed else ""
    return [
        Lack(
            few or f"no costs have been sent with {what}",
            f"Sending costs with {'all ' if few else ''}{what}",
            Effort.COLUMN,
            f"Column cost_pence of {table}.",
            table,
        )
    ]


def about(count: int) -> str:
    """A number of rows as it may be published."""
    controlled = control_counts([count])
    return f"{int(controlled.value[0]):,}" if controlled.shown[0] else "a few"


def without_unit(codes: CodeList, found: list[CodeUse]) -> list[Lack]:
    """No value of a list came in its unit. found: the uses of its codes."""
    if any(use.unit == codes.unit and use.valued for use in found):
        return []
    title = in_sentence(codes.title)
    unlabelled = sum(use.valued for use in found if not use.unit)
    if unlabelled:
        reason = (
            f"{about(unlabelled)} results of {title} came without a unit, "
            f"so their values cannot be compared (wanted: {codes.unit})"
        )
        unlock, what = f"Sending units with {title} results", f"wanted: {codes.unit}"
    else:
        reason = f"no value of {title} was sent in {codes.unit}"
        unlock, what = f"Sending values of {title}", f"wanted: {codes.unit}"
    what = f"Columns value and unit of observation; {what}."
    return [Lack(reason, unlock, Effort.COLUMN, what, "observation")]
