"""What may be wrong with a row as it was sent."""

from stewardship.records.engine import name_of, quoted
from stewardship.records.extracts.sent import Sent, as_number
from stewardship.records.extracts.shape import Heading
from stewardship.records.extracts.typed import comes_as_text, read_as_kind
from stewardship.records.fields import Kind, SourceColumn, misread
from stewardship.records.row_checks import Fault

_EXPECTED_OF: dict[str, Kind] = {
    "birth": "day", "moment": "day", "event": "sent", "code": "code", "time": "integer",
}  # fmt: skip


def faults_of(sent: Sent, people: str) -> list[Fault]:
    """What may be wrong with a row as it was sent, the first first; SQL over `probed_rows`."""
    faults = [Fault("fault IS NOT NULL", "fault_column", "fault")] if sent.faults else []
    for heading in sent.found:
        if heading is sent.person:
            faults += _of_person(heading, people)
        elif heading.kind != "person":  # another number that is none leaves the row as it is: see `others_of`
            faults += _of_value(sent, heading)
    return faults


def others_of(sent: Sent) -> list[Heading]:
    """The headings of the file, but for the one of its person, that hold a person's number."""
    return [each for each in sent.found if each.kind == "person" and each is not sent.person]


def _of_person(heading: Heading, people: str) -> list[Fault]:
    told, given = quoted(heading.name), name_of(heading.name + " text")
    text, empty = f"coalesce({given}, '')", quoted(f"{heading.name} is empty")
    known = f"{given} IN (SELECT written FROM {people} WHERE person_id IS NULL)"
    wrong = misread(SourceColumn(heading.name, "identity", identifying=True), text)
    fault = Fault(known, told, f"CASE WHEN trim({text}) = '' THEN {empty} ELSE {wrong} END")
    return [Fault(f"{given} IS NULL", told, empty), fault]


def _of_value(sent: Sent, heading: Heading) -> list[Fault]:
    told, faults = quoted(heading.name), []
    if comes_as_text(sent, heading):
        kind = _EXPECTED_OF.get(heading.kind, heading.kind)
        column = SourceColumn(heading.name, kind, identifying=heading.kind == "birth")  # type: ignore[arg-type]
        text = f"coalesce({name_of(heading.name + ' text')}, '')"
        faults.append(Fault(name_of(heading.name + " misread"), told, misread(column, text)))
    if heading.needed:
        listed = f"{heading.name} is not one of: {', '.join(heading.values)}"
        reason = listed if heading.values else f"{heading.name} is empty"
        missing = (
            name_of(heading.name + " missing")
            if as_number(sent, heading)
            else f"{name_of(heading.name)} IS NULL"
        )
        faults.append(Fault(missing, told, quoted(reason)))
    return faults


def probes(sent: Sent) -> list[str]:
    """SQL columns that `faults_of` looks at beside the typed row: of texts, and of those that could not be read."""
    columns = []
    for heading in sent.found:
        if heading.needed and as_number(sent, heading):
            columns.append(f"({sent.at(heading)} IS NULL) AS {name_of(heading.name + ' missing')}")
        if heading.kind == "person" or comes_as_text(sent, heading):
            columns.append(f"{sent.text(heading)} AS {name_of(heading.name + ' text')}")
        if heading.kind != "person" and comes_as_text(sent, heading):
            value = read_as_kind(sent, heading)
            columns.append(
                f"({sent.text(heading)} IS NOT NULL AND {value} IS NULL) AS {name_of(heading.name + ' misread')}"
            )
    return columns
