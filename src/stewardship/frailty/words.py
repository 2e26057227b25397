"""What the register calls things. Values are kept; labels are shown. Source: the domain page, sections 5 to 7."""

from django.db.models import TextChoices


class State(TextChoices):
    """Where an entry stands. Nobody is on the register before a clinician confirmed them."""

    TO_CONFIRM = "to_confirm", "To confirm"
    ON_REGISTER = "on_register", "On the register"
    REJECTED = "rejected", "Rejected"
    ENDED = "ended", "Ended"
    MERGED = "merged", "Merged into another entry"


class Decided(TextChoices):
    """What was decided of an entry."""

    PROPOSED = "proposed", "Proposed"
    PROPOSED_AGAIN = "proposed_again", "Proposed again, on new evidence"
    CONFIRMED = "confirmed", "Confirmed"
    REJECTED = "rejected", "Rejected"
    ENDED = "ended", "Ended"
    REOPENED = "reopened", "Opened again"
    MERGED = "merged", "Merged into another entry"
    UNMERGED = "unmerged", "Taken apart again"


class Route(TextChoices):
    """How somebody was found."""

    EFI = "efi", "Electronic frailty index"
    HFRS = "hfrs", "Hospital Frailty Risk Score"
    CODES = "codes", "Codes in records"
    FALLS = "falls", "Recent falls"
    HIGH_USE = "high_use", "High use of services"
    CFS = "cfs", "Clinical Frailty Scale by a clinician"
    HOSPITAL = "hospital", "Hospital"
    ADVICE_LINE = "advice_line", "Advice line"
    CARE_HOME = "care_home", "Care home"
    FAMILY = "family", "The person or their family"
    COMMUNITY_NURSE = "community_nurse", "Community nurse"
    DEMENTIA_SERVICE = "dementia_service", "Dementia service"


class Condition(TextChoices):
    """What puts somebody on the register; one person may have all three."""

    FRAILTY = "frailty", "Frailty"
    DEMENTIA = "dementia", "Dementia"
    END_OF_LIFE = "end_of_life", "Nearing the end of life"


class Degree(TextChoices):
    """How far a condition goes: severity of frailty, or stage by months or days expected of the end of life."""

    MILD = "mild", "Mild"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"
    STAGE_A = "A", "Stage A, years"
    STAGE_B = "B", "Stage B, months"
    STAGE_C = "C", "Stage C, weeks"
    STAGE_D = "D", "Stage D, days"


class Ended(TextChoices):
    """Why an entry ended. Entries are never removed."""

    DIED = "died", "Died"
    MOVED = "moved", "Moved away"
    DECLINED = "declined", "Declined"
    RECOVERED = "recovered", "No longer frail on assessment"
    IN_ERROR = "in_error", "Entered in error"
