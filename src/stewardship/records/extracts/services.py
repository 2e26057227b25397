"""What community and mental health services send: referrals, and contacts with people.

Source: field names of the project's list of data sources, section 1, rows "CSDS" and "MHSDS"; attendance codes as in
the NHS Data Dictionary, ATTENDED OR DID NOT ATTEND CODE.
"""

from stewardship.records.extracts import words
from stewardship.records.extracts.own_numbers import number_of
from stewardship.records.extracts.shape import (
    Counted,
    FileKind,
    Fills,
    Heading,
    code,
    day,
    own_number,
    text,
)

ATTENDED = ("5", "6", "Attended")
NOT_ATTENDED = ("0", "2", "3", "4", "7", "Did not attend", "Cancelled")  # 0: it lies ahead


def _referrals(
    partner: str, pathway: str, number: str, days: tuple[str, str], of_pathway: dict[str, Heading]
) -> FileKind:
    """Referrals, each two events at most: it was received, and the person was discharged.

    days: headings of the two days. of_pathway: the heading behind each other column.
    """
    received, discharged = days
    return FileKind(
        "referrals", (partner,),
        (
            own_number(number),
            day(received, needed=True, becomes="date of the event referral_received"),
            day(discharged, becomes="date of the event discharged"),
            *of_pathway.values(),
        ),
        (
            Fills(
                "pathway_event",
                {
                    "pathway_id": "event_id",
                    "kind": f"'{pathway}'",
                    "event": "['referral_received', 'discharged'][place]",
                    "date": "each",
                    **{column: heading.name for column, heading in of_pathway.items()},
                },
                each=days,
            ),
        ),
        key=(number,),
        seen=("date",),
    )  # fmt: skip


def _contacts(
    partner: str,
    point_of_delivery: str,
    referral: str,
    *,
    on: Heading,
    service: Heading,
    medium: Heading,
    status: str,
) -> FileKind:
    """Contacts; those that were not attended are counted, and are no activity."""
    return FileKind(
        "contacts", (partner,),
        (
            own_number("CareContactID"),
            Heading(referral, "event", becomes="the pathway it belongs to"),
            on,
            service,
            medium,
            code(status, needed=True, values=(*ATTENDED, *NOT_ATTENDED), becomes="attended only"),
            code("OrganisationCodeProvider", becomes="provider"),
            *words.COST,
        ),
        (
            Fills(
                "activity",
                {
                    "activity_id": "event_id",
                    "point_of_delivery": f"'{point_of_delivery}'",
                    "provider": "OrganisationCodeProvider",
                    "specialty": service.name,
                    "start": on.name,
                    "end": on.name,
                    **words.costs("actual"),
                    "pathway_id": number_of("referrals", referral),
                    "medium": medium.name,
                },
                where=f"{status} IN {ATTENDED}",
            ),
        ),
        key=("CareContactID",),
        seen=("start",),
        counted=(
            Counted("Contacts that were not attended", f"{status} NOT IN {ATTENDED}", "They are no contact."),
        ),
    )  # fmt: skip


COMMUNITY = (
    _referrals(
        "community", "community", "ReferralID", ("ReferralReceivedDate", "ServiceDischargeDate"),
        {
            "service": text("ServiceType", becomes="service"),
            "source_of_referral": text("SourceOfReferral", becomes="source of referral"),
        },
    ),
    _contacts(
        "community", "community", "ReferralID",
        on=day("CareContactDate", needed=True, becomes="start and end"),
        service=text("ServiceType", becomes="specialty"),
        medium=text("ConsultationMedium", becomes="medium"),
        status="AttendanceStatus",
    ),
)  # fmt: skip

MENTAL_HEALTH = (
    _referrals(
        "mental health", "mental_health", "UniqServReqID", ("ReferralRequestReceivedDate", "ServDischDate"),
        {
            "service": text("ServTeamTypeRefToMH", becomes="service"),
            "source_of_referral": text("SourceOfReferralMH", becomes="source of referral"),
            "reason": text("PrimReasonReferralMH", becomes="reason"),
        },
    ),
    _contacts(
        "mental health", "mental_health", "UniqServReqID",
        on=day("CareContDate", needed=True, becomes="start and end"),
        service=text("ServTeamTypeRefToMH", becomes="specialty"),
        medium=text("ConsMechanismMH", becomes="medium"),
        status="AttendOrDNACode",
    ),
)  # fmt: skip
