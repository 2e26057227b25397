"""What councils send of adult social care: requests, assessments, services and reviews.

Source: adult social care client level data, as in the project's list of data sources, section 1.
"""

from stewardship.records.extracts.shape import FileKind, Fills, code, day, own_number, text, whole

SOCIAL_CARE = (
    FileKind(
        "events", ("social care",),
        (
            own_number("EventID"),
            code("LA_Code", becomes="local authority"),
            code("Event_Type", needed=True, values=("Request", "Assessment", "Service", "Review"),
                 becomes="event type"),
            day("Event_Start_Date", needed=True, becomes="start"),
            day("Event_End_Date", becomes="end"),
            text("Event_Outcome", becomes="outcome"),
            code("Client_Type", values=("Service User", "Carer", "Carer known by association"),
                 becomes="client type"),
            text("Primary_Support_Reason", becomes="support reason"),
            text("Service_Type", becomes="service type"),
            text("Service_Component", becomes="component"),
            text("Delivery_Mechanism", becomes="mechanism"),
            text("Accommodation_Status", becomes="accommodation"),
            text("Has_Unpaid_Carer", becomes="unpaid carer"),
            whole("WeeklyCostPence", becomes="cost in pence a week"),
        ),
        (
            Fills(
                "social_care",
                {
                    "event_id": "event_id",
                    "local_authority": "LA_Code",
                    "event_type": "lower(Event_Type)",
                    "client_type": "lower(Client_Type)",
                    "support_reason": "Primary_Support_Reason",
                    "service_type": "Service_Type",
                    "component": "Service_Component",
                    "mechanism": "Delivery_Mechanism",
                    "start": "Event_Start_Date",
                    "end": "Event_End_Date",
                    "outcome": "Event_Outcome",
                    "accommodation": "Accommodation_Status",
                    "unpaid_carer": "Has_Unpaid_Carer",
                    "weekly_cost_pence": "WeeklyCostPence",
                },
            ),
        ),
        key=("EventID",),
        seen=("start",),
    ),
)  # fmt: skip
