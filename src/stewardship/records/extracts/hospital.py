"""What hospitals send: episodes of admitted care, outpatient appointments, attendances at emergency departments.

Headings are those of extracts of the Secondary Uses Service; other names are those of Hospital Episode Statistics.
Source: NHS Data Dictionary, Commissioning Data Sets 020, 120 to 200 and Emergency Care Data Set; HES data dictionary.
"""

from collections.abc import Callable

from stewardship.records.extracts import words
from stewardship.records.extracts.own_numbers import hashed, of_a_code
from stewardship.records.extracts.shape import (
    Counted,
    FileKind,
    Fills,
    Heading,
    code,
    day,
    moment,
    names_of,
    number,
    numbered,
    own_number,
    whole,
)  # fmt: skip
from stewardship.records.extracts.typed import one_of

_OF = ("hospital", "linked")
# ADMISSION METHOD CODE (HOSPITAL PROVIDER SPELL), NHS Data Dictionary.
ELECTIVE = ("11", "12", "13")
EMERGENCY = ("21", "22", "23", "24", "25", "28", "2A", "2B", "2C", "2D")
MATERNITY = ("31", "32", "82", "83")
TRANSFER = ("81", "84", "89")
_ATTENDED = ("5", "6")
# FIRST ATTENDANCE CODE, NHS Data Dictionary: face to face and by telephone or telemedicine; 5 is no attendance, and
# 9 of Hospital Episode Statistics is not known.
_FIRST, _FOLLOW_UP, _NEITHER = ("1", "3"), ("2", "4"), ("5", "9")

_BIRTH = Heading("DateOfBirth", "birth", aliases=("MYDOB", "DOB"), becomes="date of birth")
_ETHNIC = words.ethnic_category("EthnicGroup", "EthnicCategory", "ETHNOS")
_PROVIDER = code("OrganisationCodeProvider", "PROCODET", "PROCODE5", "PROCODE3", becomes="provider")
_FUNCTION = code("TreatmentFunctionCode", "TRETSPEF", becomes="specialty")
_COST = whole("CostPence", becomes="cost in pence, as actual")
_SPECIALTY = "CASE WHEN regexp_full_match(TreatmentFunctionCode, '[0-9]{3}') THEN TreatmentFunctionCode END"
_BASIS = "CASE WHEN CostPence IS NOT NULL THEN 'actual' END"

_DIAGNOSES = numbered("DiagnosisICD", 24, "DIAG_4", "DIAG", becomes="diagnosis, ICD-10")
_PROCEDURES = numbered("ProcedureOPCS", 24, "OPERTN_4", "OPERTN", becomes="procedure, OPCS-4")


def _list_of(names: tuple[str, ...], read: Callable[[str], str]) -> str:
    return f"[{', '.join(read(name) for name in names)}]"


_BY_NUMBER = hashed("spell", "OrganisationCodeProvider", "HospitalProviderSpellNumber")
_BY_ADMISSION = hashed(
    "stay", "person_id::VARCHAR", "OrganisationCodeProvider", "StartDateHospitalProviderSpell::VARCHAR"
)

ADMITTED = FileKind(
    "apc", _OF,
    (
        own_number("EpisodeKey", "EPIKEY", needed=False),
        _BIRTH, words.SEX, _ETHNIC,
        number("AgeAtStart", "STARTAGE", becomes="year of birth, where there is no date"),
        _PROVIDER,
        own_number("HospitalProviderSpellNumber", needed=False),
        whole("EpisodeNumber", "EPIORDER", becomes="order of the episodes of a stay"),
        code("PatientClassification", "CLASSPAT", values=("1", "2", "3", "4", "5", "8"),
             becomes="day cases, and regular attenders"),
        code("AdmissionMethodHospitalProviderSpell", "ADMIMETH",
             values=(*ELECTIVE, *EMERGENCY, *MATERNITY, *TRANSFER, "98", "99"), becomes="how the stay began"),
        day("StartDateHospitalProviderSpell", "ADMIDATE", becomes="start"),
        day("DischargeDateFromHospitalProviderSpell", "DISDATE", becomes="end"),
        day("StartDateConsultantEpisode", "EPISTART", needed=True, becomes="day of the episode's codes"),
        day("EndDateConsultantEpisode", "EPIEND"),
        _FUNCTION, _COST, *_DIAGNOSES, *_PROCEDURES,
    ),
    (
        Fills(
            "episode",
            {
                "event_id": "event_id",
                "spell": f"coalesce({_BY_NUMBER}, {_BY_ADMISSION}, event_id)",
                "place": "EpisodeNumber",
                "start": "StartDateConsultantEpisode",
                "admitted": "StartDateHospitalProviderSpell",
                "discharged": "DischargeDateFromHospitalProviderSpell",
                "method": "AdmissionMethodHospitalProviderSpell",
                "classification": "PatientClassification",
                "provider": "OrganisationCodeProvider",
                "specialty": _SPECIALTY,
                "cost_pence": "CostPence",
                "diagnoses": _list_of(names_of(_DIAGNOSES), words.icd10),
                "procedures": _list_of(names_of(_PROCEDURES), words.opcs4),
            },
        ),
        words.demographics("StartDateConsultantEpisode", age="AgeAtStart"),
    ),
    key=("OrganisationCodeProvider", "HospitalProviderSpellNumber", "EpisodeNumber"),
    other_key=("EpisodeKey",),
    seen=("start", "discharged"),
    counted=(
        Counted("Episodes without a primary diagnosis", "DiagnosisICD_01 IS NULL",
                "Their stay counts in no care area by its diagnosis."),
    ),
)  # fmt: skip

_ATTENDANCE = (
    f"CASE WHEN {one_of('FirstAttendance', _FIRST)} THEN 'first' "
    f"WHEN {one_of('FirstAttendance', _FOLLOW_UP)} THEN 'follow-up' END"
)

OUTPATIENT = FileKind(
    "op", _OF,
    (
        own_number("AttendanceIdentifier", "ATTENDKEY", "ATTENDID"),
        _BIRTH, words.SEX, _ETHNIC,
        number("AgeAtAppointment", "APPTAGE", becomes="year of birth, where there is no date"),
        _PROVIDER,
        day("AppointmentDate", "APPTDATE", needed=True, becomes="start and end"),
        code("AttendedOrDidNotAttend", "ATTENDED", needed=True, values=(*_ATTENDED, "2", "3", "4", "7", "0"),
             becomes="appointments that were attended (5, 6) are kept"),
        code("FirstAttendance", "FIRSTATT", values=(*_FIRST, *_FOLLOW_UP, *_NEITHER),
             becomes="attendance: the first (1, 3) or a follow-up (2, 4)"),
        _FUNCTION, _COST, *_PROCEDURES, *_DIAGNOSES[:12],
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'outpatient'",
                "provider": "OrganisationCodeProvider",
                "specialty": _SPECIALTY,
                "start": "AppointmentDate",
                "end": "AppointmentDate",
                "cost_pence": "CostPence",
                "cost_basis": _BASIS,
                "attendance": _ATTENDANCE,
            },
            where=one_of("AttendedOrDidNotAttend", _ATTENDED),
        ),
        Fills(
            "activity_code",
            {
                "event_id": of_a_code(),
                "activity_id": "event_id",
                "kind": "CASE WHEN place <= 12 THEN 'diagnosis' ELSE 'procedure' END",
                "position": "CASE WHEN place <= 12 THEN place ELSE place - 12 END",
                "system": "CASE WHEN place <= 12 THEN 'ICD10' ELSE 'OPCS4' END",
                "code": f"CASE WHEN place <= 12 THEN {words.icd10('each')} ELSE {words.opcs4('each')} END",
                "date": "AppointmentDate",
            },
            where=one_of("AttendedOrDidNotAttend", _ATTENDED),
            each=names_of((*_DIAGNOSES[:12], *_PROCEDURES)),
        ),
        words.demographics("AppointmentDate", age="AgeAtAppointment"),
    ),
    key=("AttendanceIdentifier",),
    apart=4,
    seen=("start",),
    counted=(
        Counted("Appointments that were not attended", f"NOT {one_of('AttendedOrDidNotAttend', _ATTENDED)}",
                "They are no contact."),
    ),
)  # fmt: skip

_CONCEPTS = numbered("DiagnosisSNOMED", 24, becomes="diagnosis, SNOMED CT")
_LOCAL = numbered("DiagnosisAE", 12, "DIAG2", becomes="diagnosis, accident and emergency codes, as LOCAL")
_LEFT_ON = (
    "coalesce(DepartureDateTime, ArrivalDateTime + coalesce(DepartureTime < ArrivalTime, false)::INTEGER)"
)
_ARRIVED_AT = "coalesce(ArrivalTime, ArrivalDateTime_minute)"
_LEFT_AT = "coalesce(DepartureTime, DepartureDateTime_minute)"
_MINUTES = f"(({_LEFT_ON} - ArrivalDateTime) * {24 * 60} + {_LEFT_AT} - {_ARRIVED_AT})"
# A day alone is often sent as its midnight: both at midnight are two days, not two times.
_TIMED = f"{_ARRIVED_AT} + {_LEFT_AT} > 0"

EMERGENCY_CARE = FileKind(
    "ecds", _OF,
    (
        own_number("AttendanceIdentifier", "AEKEY"),
        _BIRTH, words.SEX, _ETHNIC,
        number("AgeAtArrival", "ARRIVALAGE", becomes="year of birth, where there is no date"),
        _PROVIDER,
        code("DepartmentType", "AEDEPTTYPE", values=("01", "02", "03", "04", "05", "99"), becomes="department"),
        moment("ArrivalDateTime", "ARRIVALDATE", needed=True, becomes="start, and from when minutes are counted"),
        Heading("ArrivalTime", "time", aliases=("ARRIVALTIME",),
                becomes="from when minutes are counted, where the time stands apart"),
        moment("DepartureDateTime", becomes="end, and until when minutes are counted"),
        Heading("DepartureTime", "time", aliases=("DEPTIME",),
                becomes="the same where the time stands apart; the day after where no day is sent and it is earlier"),
        _COST, *_CONCEPTS, *_LOCAL,
    ),
    (
        Fills(
            "activity",
            {
                "activity_id": "event_id",
                "point_of_delivery": "'emergency_department'",
                "provider": "OrganisationCodeProvider",
                "start": "ArrivalDateTime",
                "end": _LEFT_ON,
                "cost_pence": "CostPence",
                "cost_basis": _BASIS,
                "department": "DepartmentType",
                "minutes": f"CASE WHEN {_TIMED} AND {_MINUTES} >= 0 THEN {_MINUTES} END",
            },
        ),
        Fills(
            "activity_code",
            {
                "event_id": of_a_code(),
                "activity_id": "event_id",
                "kind": "'diagnosis'",
                "position": "CASE WHEN place <= 24 THEN place ELSE place - 24 END",
                "system": "CASE WHEN place <= 24 THEN 'SNOMED' ELSE 'LOCAL' END",
                "code": "each",
                "date": "ArrivalDateTime",
            },
            each=names_of((*_CONCEPTS, *_LOCAL)),
        ),
        words.demographics("ArrivalDateTime", age="AgeAtArrival"),
    ),
    key=("AttendanceIdentifier",),
    apart=5,
    seen=("start",),
    also=("ae",),
    counted=(
        Counted("Attendances of which the times of arrival and departure are not both known",
                f"NOT coalesce({_TIMED}, false)", "How long they took is not known."),
        Counted("Attendances whose departure is before their arrival on the same day", f"{_MINUTES} < 0",
                "They are loaded; how long they took is not known."),
    ),
)  # fmt: skip

HOSPITAL = (ADMITTED, OUTPATIENT, EMERGENCY_CARE)
