"""A summary as a FHIR R4 document: a bundle of type document whose first entry is the composition.

Source: HL7 FHIR R4 (4.0.1), documents. Every reference points to an entry of the same bundle. What is not recorded has
its section all the same, and the section says so. The resources that are used are the same in R4 and in R4B, by whose
models `validated` judges the document before it goes out.
"""

from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any
from uuid import UUID

from stewardship.frailty.exchange import fhir_around as around
from stewardship.frailty.exchange import fhir_resources as of
from stewardship.frailty.exchange.blocks import Block
from stewardship.frailty.exchange.crew import crew_page
from stewardship.frailty.exchange.fhir_parts import (
    Entries,
    Resource,
    coded,
    moment,
    narrative,
    on,
    readable,
    text,
    without_nothing,
)
from stewardship.frailty.exchange.summary import Contact, Summary

TITLE = "Frailty summary"
NOT_HERE = "How to get in is not part of this file: ask the team."
FULL_OF_CARE = {"emptyReason": coded("list-empty-reason", "unavailable")}


@dataclass(frozen=True, repr=False)
class Section:
    """A part of the composition: what people read, and the resources that say it."""

    title: str
    lines: Sequence[str]
    entries: Sequence[Resource] = ()

    def resource(self) -> Resource:
        """As FHIR writes it; without a resource it says why."""
        told = {"title": self.title, "text": narrative(self.lines)}
        return told | ({"entry": list(self.entries)} if self.entries else FULL_OF_CARE)


def document(one: Summary, identifier: UUID) -> Resource:
    """The bundle. identifier: of this document, at random, so that it tells nothing of the person."""
    made, one = Entries(identifier), _readable(one)
    subject = made.add(of.patient(one, made))
    composition = without_nothing(
        resourceType="Composition",
        status="final",
        type=text(TITLE),
        subject=subject,
        date=moment(one.made_at),
        author=[made.practitioner(one.made_by, one.role)],
        title=TITLE,
        confidentiality="R",
        custodian=made.organisation(one.owner) if one.owner else None,
        section=[each.resource() for each in _sections(one, made, subject)],
        text=narrative(_head(one)),
    )
    return {
        "resourceType": "Bundle",
        "identifier": {"system": "urn:ietf:rfc:3986", "value": f"urn:uuid:{identifier}"},
        "type": "document",
        "timestamp": moment(one.made_at),
        "entry": made.after(composition),
    }


def validated(bundle: Resource) -> str:
    """The document as JSON, once the R4B models found nothing wrong with it. Raises ValueError for what is wrong.

    The models take a fifth of a second to load, and are loaded by whoever asks for a document.
    """
    from fhir.resources.R4B.bundle import Bundle

    return str(Bundle.model_validate(bundle).model_dump_json())


def _head(one: Summary) -> list[str]:
    page = crew_page(one)
    return [*page.banners, page.name, *page.facts, *page.wrote]


def _sections(one: Summary, made: Entries, subject: Resource) -> list[Section]:
    page = {block.title: _lines(block) for block in _blocks(one)}
    return [
        Section("What to see at once", _head(one)[: 1 + len(crew_page(one).banners)], around.flags(one, made, subject)),
        Section("Allergies", page["Allergies"], of.allergies(one, made, subject)),
        Section("What matters to me", page["What matters to me"]),
        Section("ReSPECT and resuscitation", _respect(one, page), of.emergency(one, made, subject)),
        Section("Frailty, dementia and the end of life", page["Frailty and conditions"],
                of.conditions(one, made, subject)),
        Section("Scores", [f"{each.title}: {each.said}, version {each.version}, {on(each.on)}, {each.assessor}"
                           for each in one.scores] or ["No score is recorded."], of.scores(one, made, subject)),
        Section("Medicines and services", page["Medicines and services"], of.medicines(one, made, subject)),
        Section("Plan of care, problems and goals", [*page["Plan of care"], *page["Problems and goals"], *_steps(one)],
                of.care(one, made, subject)),
        Section("Where somebody lives", [*page["How to get in"], NOT_HERE]),
        Section("Contacts", [_contact(each) for each in one.contacts] or ["Nobody is recorded."],
                around.contacts(one, made, subject)),
        Section("Sharing", _sharing(one), around.consent(one, made, subject)),
    ]  # fmt: skip


def _blocks(one: Summary) -> tuple[Block, ...]:
    page = crew_page(one)
    return (*page.first, *page.left, *page.right)


def _lines(block: Block) -> list[str]:
    """The lines of the page, without whether there is a key safe: a file is handed on, and stays where it was put."""
    told = (each for each in block.said if each.label != "Key safe")
    return [f"{each.label}: {each.text}" if each.label else each.text for each in told]


def _respect(one: Summary, page: dict[str, list[str]]) -> list[str]:
    gone = [line for form in one.withdrawn for line in of.respect_lines(form)[:2]]
    return [*page["ReSPECT and resuscitation"], *gone]


def _steps(one: Summary) -> list[str]:
    steps = (each for problem in one.problems for goal in problem.goals for each in goal.steps)
    return [f"{each.what}: {each.owner}, by {on(each.due_on)}" for each in steps]


def _contact(one: Contact) -> str:
    return ", ".join(filter(None, (one.kind, one.name, one.relationship, one.phone, one.details)))


def _sharing(one: Summary) -> list[str]:
    said = one.sharing
    if said is None:
        return ["Objects to sharing." if one.objects else "Nothing was said about sharing."]
    what = "Objects to sharing" if said.objects or one.objects else "Agrees to sharing"
    return [", ".join(filter(None, (what, on(said.on), said.basis, said.organisation, said.details)))]


def _readable(value: Any) -> Any:
    """Every text of a summary as FHIR's strings can hold it."""
    if isinstance(value, str):
        return readable(value)
    if isinstance(value, tuple):
        return tuple(_readable(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{each.name: _readable(getattr(value, each.name)) for each in fields(value)})
    return value
