"""What general practices send: who is registered, where they live, and what was recorded, read, issued and booked.

Source: field names of the project's list of data sources, section 1, row "GP extract"; ethnic category and sex as in
the NHS Data Dictionary.
"""

from stewardship.records.extracts import words
from stewardship.records.extracts.shape import (
    THE_PERSON,
    Counted,
    FileKind,
    Fills,
    Heading,
    code,
    day,
    number,
    own_number,
    text,
    whole,
)  # fmt: skip

_OF = ("general practice", "linked")
_BY_ANOTHER = "SupersededBy <> person_id"  # whose own number stands there has no other

PATIENTS = FileKind(
    "patients", _OF,
    (
        Heading("DateOfBirth", "birth", needed=True, becomes="date of birth"),
        words.SEX,
        words.ethnic_category("EthnicCategory"),
        Heading("SupersededBy", "person", becomes="the number that took the place of this one: records of both are "
                "those of the newer"),
    ),
    (
        words.demographics(ethnic="EthnicCategory", where=f"SupersededBy IS NULL OR NOT ({_BY_ANOTHER})"),
        Fills("superseded", {"newer": "SupersededBy"}, where=_BY_ANOTHER),
        Fills("same_person", {"newer": "SupersededBy"}, where=_BY_ANOTHER, even_aside=True),
    ),
    key=(THE_PERSON,),
)  # fmt: skip

REGISTRATIONS = FileKind(
    "registrations", _OF,
    (
        code("PracticeCode", needed=True, unknown=("V81997", "V81998", "V81999"), becomes="practice"),
        day("RegistrationStartDate", needed=True, becomes="start"),
        day("RegistrationEndDate", becomes="end"),
    ),
    (
        Fills(
            "registration",
            {"practice": "PracticeCode", "start": "RegistrationStartDate", "end": "RegistrationEndDate"},
        ),
    ),
    key=(THE_PERSON, "PracticeCode", "RegistrationStartDate"),
    seen=("start",),
)  # fmt: skip

ADDRESSES = FileKind(
    "addresses", _OF,
    (
        code("LSOA21", "LSOA11", becomes="small area"),
        text("HouseholdPseudonym", becomes="household"),
        code("CareHome", values=("Y", "N"), becomes="not used yet"),
        day("AddressStartDate", needed=True, becomes="start"),
        day("AddressEndDate", becomes="end"),
    ),
    (
        Fills(
            "address",
            {
                "small_area": "LSOA21",
                "household": "HouseholdPseudonym",
                "start": "AddressStartDate",
                "end": "AddressEndDate",
            },
            where="LSOA21 IS NOT NULL",
        ),
    ),
    key=(THE_PERSON, "AddressStartDate"),
    counted=(
        Counted("Homes without a code of a small area", "LSOA21 IS NULL", "They count in no place of residence.",
                fails=True),
    ),
)  # fmt: skip

CHARACTERISTICS = FileKind(
    "characteristics", _OF,
    (
        text("Characteristic", needed=True, becomes="characteristic"),
        day("RecordedDate", needed=True, becomes="start"),
    ),
    (Fills("characteristic", {"characteristic": "Characteristic", "start": "RecordedDate"}),),
    key=(THE_PERSON, "Characteristic", "RecordedDate"),
)  # fmt: skip

PROBLEMS = FileKind(
    "problems", _OF,
    (
        own_number("EventID"),
        code("PracticeCode"),
        code("SNOMEDConceptID", needed=True, becomes="code, of SNOMED CT"),
        day("OnsetDate", becomes="start"),
        day("EndDate", becomes="end"),
        day("RecordedDate", needed=True, becomes="start, where there is no day of onset"),
    ),
    (
        Fills(
            "condition",
            {
                "event_id": "event_id",
                "system": "'SNOMED'",
                "code": "SNOMEDConceptID",
                "start": "coalesce(OnsetDate, RecordedDate)",
                "end": "EndDate",
            },
        ),
    ),
    key=("EventID",),
    seen=("start",),
)  # fmt: skip

READINGS = FileKind(
    "readings", _OF,
    (
        own_number("EventID"),
        code("SNOMEDConceptID", needed=True, becomes="code, of SNOMED CT"),
        day("EventDate", needed=True, becomes="date"),
        number("NumericValue", becomes="value"),
        text("Unit", becomes="unit, as it is spelt here"),
    ),
    (
        Fills(
            "observation",
            {
                "event_id": "event_id",
                "system": "'SNOMED'",
                "code": "SNOMEDConceptID",
                "date": "EventDate",
                "value": words.converted("SNOMEDConceptID", "Unit", "value"),
                "unit": f"CASE WHEN NumericValue IS NOT NULL THEN {words.converted('SNOMEDConceptID', 'Unit', 'unit')} "
                "END",
            },
        ),
    ),
    key=("EventID",),
    seen=("date",),
    counted=(
        Counted("Values brought to the unit used here", words.is_converted("SNOMEDConceptID", "Unit"),
                "For example HbA1c from % to mmol/mol by the IFCC master equation."),
        Counted("Values without a unit", "NumericValue IS NOT NULL AND Unit IS NULL",
                "They count as done; they are not compared."),
    ),
)  # fmt: skip

MEDICATIONS = FileKind(
    "medications", _OF,
    (
        own_number("IssueID"),
        day("IssueDate", needed=True, becomes="date"),
        code("BNFCode", becomes="code, of the BNF"),
        code("DMDCode", becomes="code, of dm+d, where there is no BNF code"),
        number("Quantity", becomes="quantity"),
        whole("NetIngredientCostPence", becomes="cost in pence"),
    ),
    (
        Fills(
            "medication",
            {
                "event_id": "event_id",
                "system": "CASE WHEN BNFCode IS NOT NULL THEN 'BNF' ELSE 'DMD' END",
                "code": "coalesce(BNFCode, DMDCode)",
                "date": "IssueDate",
                "quantity": "Quantity",
                "cost_pence": "NetIngredientCostPence",
            },
        ),
    ),
    key=("IssueID",),
    seen=("date",),
)  # fmt: skip

APPOINTMENTS = FileKind(
    "appointments", _OF,
    (
        own_number("AppointmentID"),
        code("PracticeCode", becomes="provider"),
        day("BookedDate"),
        day("StartDate", needed=True, becomes="start and end"),
        code("Status", needed=True, values=("Attended", "Did not attend", "Cancelled"),
             becomes="appointments that were attended are kept"),
        code("StaffGroup"),
        *words.COST,
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'gp_appointment'",
                "provider": "PracticeCode",
                "start": "StartDate",
                "end": "StartDate",
                **words.costs("estimated"),
            },
            where="Status = 'Attended'",
        ),
    ),
    key=("AppointmentID",),
    apart=6,
    seen=("start",),
    counted=(
        Counted("Appointments that were not attended", "Status <> 'Attended'", "They are no contact."),
    ),
)  # fmt: skip

GENERAL_PRACTICE = (
    PATIENTS, REGISTRATIONS, ADDRESSES, CHARACTERISTICS, PROBLEMS, READINGS, MEDICATIONS, APPOINTMENTS,
)  # fmt: skip
