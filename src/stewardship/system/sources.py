"""Reading the sources of a system out of its settings, and how each names people."""

from pathlib import Path
from typing import cast, get_args

from stewardship.system.section import Section
from stewardship.system.settings import NHS_NUMBERS, Identifier, IdentifierKind, SourceKind, SourceSettings

COLUMNS = {
    "nhs number": "person_source_value",
    "pseudonym": "person_id",
}  # where OMOP keeps them, if nothing is said
IN_EXTRACTS = "NHSNumber"  # where a partner's own files keep them


def sources(top: Section) -> tuple[SourceSettings, ...]:
    """The sources, in the order they are believed in."""
    sections = top.each("source")
    if not sections and "source" not in top.values:
        top.wrong("source", "no source is named. Add a table [[source]] for each partner's feed.")
    found = tuple(_source(section) for section in sections)
    for number, (section, source) in enumerate(zip(sections, found, strict=True)):
        if source.key and source.key in [other.key for other in found[:number]]:
            section.wrong("key", f'two sources have the key "{source.key}". Give one of them another.')
        if source.folder != section.folder and _resolved(source) in map(_resolved, found[:number]):
            section.wrong(
                "folder", "another source has this folder too. Correct one, or take one source away."
            )
    return found


def _resolved(source: SourceSettings) -> Path:
    """Where a source stands, however its folder is written; as it is written, where no file can have that name."""
    try:
        return source.folder.resolve()
    except (OSError, ValueError, RuntimeError):
        return source.folder


def _source(section: Section) -> SourceSettings:
    key, reader = section.key_name("key"), section.choice("reader", ("omop", "extracts"), "omop")
    source = SourceSettings(
        key=key,
        reader=cast("object", reader),  # type: ignore[arg-type]
        folder=section.path("folder", is_there=Path.exists),
        kind=cast(SourceKind, section.choice("kind", get_args(SourceKind))),
        identifier=identifier(section, IN_EXTRACTS if reader == "extracts" else ""),
        future_days=section.whole("future_days", 31, 0, 36_500),
        unlinked_at_most=section.share("unlinked_at_most", 0.0),
    )
    section.end()
    return source


def identifier(around: Section, usual: str = "") -> Identifier:
    """How the source or list of that table names people. usual: the column that holds it where none is named; as in
    OMOP if empty."""
    section = around.inner("identifier")
    if section is None:
        if "identifier" not in around.values:
            around.wrong(
                "identifier",
                'identifier is missing. Add identifier = { kind = "nhs number" }, or a pseudonym and its namespace.',
            )
        return Identifier("pseudonym", "", "")
    kind = cast(IdentifierKind, section.choice("kind", get_args(IdentifierKind)))
    namespace = section.text("namespace", NHS_NUMBERS if kind == "nhs number" else None)
    if (kind == "nhs number") != (namespace == NHS_NUMBERS) and kind and namespace:
        section.wrong(
            "namespace",
            f'NHS numbers, and nothing else, have the namespace "{NHS_NUMBERS}". '
            + ("Leave namespace out." if kind == "nhs number" else "Choose another name."),
        )
    named = Identifier(kind, namespace, section.text("column", usual or COLUMNS.get(kind, "person_id")))
    section.end()
    return named
