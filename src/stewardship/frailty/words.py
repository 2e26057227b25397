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
    MERGED = "merged", "Merged with another entry"
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
    NOT_FOUND = "not_found", "No longer found in records"


class Domain(TextChoices):
    """Domains of the comprehensive geriatric assessment: the five, then those commonly added."""

    PHYSICAL = "physical", "Physical health"
    MENTAL = "mental", "Mental health and cognition"
    FUNCTION = "function", "Function"
    SOCIAL = "social", "Social"
    ENVIRONMENT = "environment", "Environment"
    MEDICATION = "medication", "Medication"
    NUTRITION = "nutrition", "Nutrition"
    CONTINENCE = "continence", "Continence"
    FALLS = "falls", "Falls and bone health"
    SENSORY = "sensory", "Sight and hearing"
    SEXUAL = "sexual", "Sexual health"
    SPIRITUAL = "spiritual", "Spiritual needs"
    ADVANCE = "advance", "Advance care planning"
    CARER = "carer", "Carer"


FIVE = (Domain.PHYSICAL, Domain.MENTAL, Domain.FUNCTION, Domain.SOCIAL, Domain.ENVIRONMENT)
"""The domains without which an assessment is not comprehensive."""


class ContactKind(TextChoices):
    """Who somebody is to the person."""

    NEXT_OF_KIN = "next_of_kin", "Next of kin"
    EMERGENCY = "emergency", "Emergency contact"
    HEALTH_ATTORNEY = "health_attorney", "Attorney for health and welfare"
    PROPERTY_ATTORNEY = "property_attorney", "Attorney for property and finance"
    ADVOCATE = "advocate", "Independent mental capacity advocate"
    KEY_WORKER = "key_worker", "Key worker or care coordinator"
    NAMED_GP = "named_gp", "Named GP"
    SOCIAL_WORKER = "social_worker", "Social worker"


class CprDecision(TextChoices):
    """What a ReSPECT form recommends of cardiopulmonary resuscitation."""

    RECOMMENDED = "recommended", "Attempts recommended"
    MODIFIED = "modified", "Modified, for children and young people"
    NOT_RECOMMENDED = "not_recommended", "Attempts not recommended"


class Focus(TextChoices):
    """What emergency care should aim for."""

    LIFE = "life", "Sustaining life, at the expense of some comfort"
    BALANCE = "balance", "A balance of sustaining life and comfort"
    COMFORT = "comfort", "Controlling symptoms, comfort first"


class CarePlace(TextChoices):
    """A place of care or of death. Values are those of the rules about deaths."""

    HOME = "home", "Own home"
    CARE_HOME = "care home", "Care home"
    HOSPICE = "hospice", "Hospice"
    COMMUNITY_BED = "community bed", "Community bed"
    HOSPITAL = "hospital", "Hospital"
    OTHER = "elsewhere", "Elsewhere"


class ServiceKind(TextChoices):
    """A service that somebody has."""

    CARE_PACKAGE = "care_package", "Package of care"
    EQUIPMENT = "equipment", "Equipment"
    TELECARE = "telecare", "Telecare"
    VIRTUAL_WARD = "virtual_ward", "Virtual ward"
    URGENT_RESPONSE = "urgent_response", "Urgent community response"
    HOSPICE = "hospice", "Hospice"
    VOLUNTARY = "voluntary", "Voluntary sector"
    OTHER = "other", "Other"


class Outcome(TextChoices):
    """What came of a review."""

    STILL_RIGHT = "still_right", "The plan is still right"
    CHANGED = "changed", "The plan has to change"
    REASSESS = "reassess", "A new assessment is needed"


class EventKind(TextChoices):
    """Something after which a review is due. Values are keys of the configured intervals."""

    ADMISSION = "admission", "Admission"
    FALL = "fall-with-injury", "Fall with injury"
    CARE_PACKAGE = "new-care-package", "New care package"
    CARER_DIED = "carer-died", "Death of a carer"


class Basis(TextChoices):
    """On what somebody's record is shared, or on what their objection rests."""

    PERSON = "person", "The person said so"
    ATTORNEY = "attorney", "An attorney said so"
    BEST_INTEREST = "best_interest", "A best-interest decision"
