"""The small parts that resources of FHIR R4 are made of, and where a resource stands in its bundle.

Source: HL7 FHIR R4 (4.0.1). Concepts are coded in SNOMED CT only where the code lists of this package hold the code;
everywhere else they are text, as the register keeps them.
"""

from collections.abc import Iterable
from datetime import date, datetime
from html import escape
from typing import Any
from uuid import UUID, uuid5

from stewardship.rules.frailty.conditions import DEMENTIA_CODES, FRAILTY_CODES, Severity

Resource = dict[str, Any]

NHS_NUMBER = "https://fhir.nhs.uk/Id/nhs-number"
ODS_CODE = "https://fhir.nhs.uk/Id/ods-organization-code"
SNOMED = "http://snomed.info/sct"
TERMINOLOGY = "http://terminology.hl7.org/CodeSystem"
XHTML = "http://www.w3.org/1999/xhtml"
DEMENTIA = "52448006"


class Entries:
    """The resources of a bundle, in their order, each under an address of its own that tells nothing of the person.

    document: the identifier of the bundle; addresses follow from it, so that the same document is made twice alike.
    """

    def __init__(self, document: UUID) -> None:
        self.document = document
        self._entries: list[Resource] = []
        self._known: dict[tuple[str, str], Resource] = {}

    def address(self, name: str) -> str:
        """The address of something of that name in this document."""
        return f"urn:uuid:{uuid5(self.document, name)}"

    def add(self, resource: Resource) -> Resource:
        """Add a resource; returns the reference to it."""
        address = self.address(f"{resource['resourceType']} {len(self._entries)}")
        self._entries.append({"fullUrl": address, "resource": resource})
        return {"reference": address}

    def practitioner(self, name: str, role: str = "", registration: str = "", phone: str = "") -> Resource:
        """A reference to somebody who works in care, once for each name and role."""
        key = ("practitioner", f"{name} {role} {registration} {phone}")
        if key not in self._known:
            self._known[key] = self.add(
                without_nothing(
                    resourceType="Practitioner",
                    identifier=[{"value": registration}] if registration else None,
                    name=[{"text": name}],
                    telecom=phones(phone),
                    qualification=[{"code": text(role)}] if role else None,
                )
            )
        return self._known[key]

    def organisation(self, code: str) -> Resource:
        """A reference to an organisation by its code."""
        key = ("organisation", code)
        if key not in self._known:
            self._known[key] = self.add(
                {
                    "resourceType": "Organization",
                    "identifier": [{"system": ODS_CODE, "value": code}],
                    "name": code,
                }
            )
        return self._known[key]

    def after(self, composition: Resource) -> list[Resource]:
        """All entries, with the composition as the first."""
        return [{"fullUrl": self.address("Composition"), "resource": composition}, *self._entries]


def without_nothing(**fields: Any) -> Resource:
    """A resource without the elements that are not known: FHIR has no empty ones."""
    return {name: value for name, value in fields.items() if value not in (None, "", [], {})}


def text(words: str) -> Resource:
    """A concept in words; FHIR has no empty ones."""
    return {"text": words or "Not readable"}


def coded(system: str, code: str, words: str = "") -> Resource:
    """A concept of one of FHIR's own lists."""
    return without_nothing(coding=[{"system": f"{TERMINOLOGY}/{system}", "code": code}], text=words)


def condition_code(key: str, degree: str, words: str) -> Resource:
    """What somebody has: coded where the code lists hold the code of just this, else in words."""
    found = ""
    if key == "frailty" and degree in set(Severity):
        found = FRAILTY_CODES[Severity(degree)][0][1]
    elif key == "dementia" and any(code[:2] == ("SNOMED", DEMENTIA) for code in DEMENTIA_CODES):
        found = DEMENTIA
    return without_nothing(coding=[{"system": SNOMED, "code": found}] if found else None, text=words)


def phones(number: str) -> list[Resource]:
    """How to telephone somebody."""
    return [{"system": "phone", "value": number}] if number else []


def notes(*words: str) -> list[Resource]:
    """What else is to be said."""
    return [{"text": each} for each in words if each]


def on(day: date | None) -> str | None:
    """A day as FHIR writes it."""
    return None if day is None else day.isoformat()


def moment(at: datetime) -> str:
    """A moment as FHIR writes it, to the second, with its offset."""
    return at.isoformat(timespec="seconds")


def narrative(lines: Iterable[str]) -> Resource:
    """What people read, a paragraph each. No text is read as markup."""
    said = "".join(f"<p>{escape(line, quote=False)}</p>" for line in lines if line)
    return {"status": "generated", "div": f'<div xmlns="{XHTML}">{said}</div>'}


def readable(words: str) -> str:
    """Without the control characters and odd blanks that FHIR's strings do not know, and without blanks around it."""
    known = ("\n" if letter in "\n\r" else " " if letter.isspace() else letter for letter in words)
    return "".join(letter for letter in known if letter == "\n" or letter.isprintable()).strip()
