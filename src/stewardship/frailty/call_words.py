"""What a call to the advice line is recorded in; values are kept, labels shown. Source: domain page, section 8.1."""

from django.db.models import TextChoices

from stewardship.rules.frailty import calls
from stewardship.rules.frailty.news2 import Alertness
from stewardship.rules.frailty.telephony import Status


class Channel(TextChoices):
    """How the line was reached."""

    PHONE = "phone", "Telephone"
    VIDEO = "video", "Video"
    MESSAGE = "message", "Message"
    FACE_TO_FACE = "face_to_face", "Face to face"


class LineStatus(TextChoices):
    """What became of a call, as the telephony portal says."""

    ANSWERED = Status.ANSWERED.value, "Answered"
    MISSED = Status.MISSED.value, "Missed"
    CALLED_BACK = Status.CALLED_BACK.value, "Called back"
    TRANSFERRED = Status.TRANSFERRED.value, "Transferred"
    ABANDONED = Status.ABANDONED.value, "Abandoned"


class CallerType(TextChoices):
    """What kind of team calls."""

    UCRT = "ucrt", "Urgent community response"
    GP = "gp", "GP"
    CARE_HOME = "care_home", "Care home"
    AMBULANCE = "ambulance", "Ambulance crew"
    ED = "ed", "ED or same-day clinic"
    COMMUNITY_HOSPITAL = "community_hospital", "Community hospital"
    HOSPICE = "hospice", "Hospice"
    SOCIAL_CARE = "social_care", "Social care"
    VIRTUAL_WARD = "virtual_ward", "Virtual ward"
    OUT_OF_HOURS = "out_of_hours", "Out of hours"
    OTHER = "other", "Other"


class NotGiven(TextChoices):
    """Why a call has no NHS number."""

    NOT_KNOWN = "not_known", "The caller does not have it"
    NOT_FOUND = "not_found", "Nobody was found under what was given"
    NO_TIME = "no_time", "No time: an emergency"
    GENERAL = "general", "A general question, about nobody in particular"
    REFUSED = "refused", "The caller would not say"
    UNSAID = "unsaid", "No reason was given"


class Location(TextChoices):
    """Where the person is while the call is made. Of inpatients no admission is counted as avoided."""

    OWN_HOME = "own_home", "Own home"
    CARE_HOME = "care_home", "Care home"
    COMMUNITY_BED = "community_bed", "Community bed"
    AMBULANCE = "ambulance", "Ambulance"
    ED = "ed", "ED"
    INPATIENT = "inpatient", "Hospital ward"


class Reason(TextChoices):
    """Why the call is made; up to three."""

    FALL = "fall", "Fall"
    CHEST = "chest", "Breathless or chest"
    URINE = "urine", "Urine or confusion"
    DELIRIUM = "delirium", "Delirium"
    DEHYDRATION = "dehydration", "Dehydration"
    HEART_FAILURE = "heart_failure", "Heart failure"
    PAIN = "pain", "Pain"
    MOBILITY = "mobility", "Reduced mobility"
    MEDICINES = "medicines", "Medicines"
    BLOODS = "bloods", "Abnormal bloods"
    END_OF_LIFE = "end_of_life", "End of life"
    CATHETER = "catheter", "Catheter"
    WOUND = "wound", "Wound"
    BEHAVIOUR = "behaviour", "Behaviour in dementia"
    SOCIAL = "social", "Carer or social crisis"
    TEST = "test", "Test result"
    DISCHARGE = "discharge", "Discharge question"
    OTHER = "other", "Other"


class Intended(TextChoices):
    """What the caller would have done without the line: asked before the advice."""

    CONVEY = calls.Intended.CONVEY.value, "Call an ambulance"
    ED = calls.Intended.ED.value, "Send to ED"
    ADMIT = calls.Intended.ADMIT.value, "Admit"
    SDEC = calls.Intended.SDEC.value, "Same-day clinic"
    GP = calls.Intended.GP.value, "Stay with the GP"
    UNSURE = calls.Intended.UNSURE.value, "Not sure"


class Advice(TextChoices):
    """What was advised."""

    STAY = calls.Advice.STAY.value, "Stay, with a plan"
    TREAT_AT_HOME = calls.Advice.TREAT_AT_HOME.value, "Treat at home"
    VIRTUAL_WARD = calls.Advice.VIRTUAL_WARD.value, "Virtual ward"
    UCR = calls.Advice.UCR.value, "Urgent community response"
    SDEC = calls.Advice.SDEC.value, "Same-day clinic"
    ED = calls.Advice.ED.value, "ED"
    ADMISSION = calls.Advice.ADMISSION.value, "Admit directly"
    PALLIATIVE = calls.Advice.PALLIATIVE.value, "Hospice or palliative"
    MEDICATION = calls.Advice.MEDICATION.value, "Change a medicine"
    TESTS = calls.Advice.TESTS.value, "Tests"
    SAFEGUARDING = calls.Advice.SAFEGUARDING.value, "Safeguarding"
    SOCIAL_CARE = calls.Advice.SOCIAL_CARE.value, "Social care"
    OTHER = calls.Advice.OTHER.value, "Other"


class FollowUp(TextChoices):
    """What was promised."""

    NONE = "none", "None"
    CALL_BACK = "call_back", "Call back"
    VISIT = "visit", "Visit"


class Alert(TextChoices):
    """Alertness, as NEWS2 scores it."""

    ALERT = Alertness.ALERT.value, "Alert"
    CONFUSION = Alertness.CONFUSION.value, "New confusion"
    VOICE = Alertness.VOICE.value, "Voice"
    PAIN = Alertness.PAIN.value, "Pain"
    UNRESPONSIVE = Alertness.UNRESPONSIVE.value, "None"


class OxygenScale(TextChoices):
    """Which scale of NEWS2 oxygen is scored on."""

    ONE = "1", "Scale 1"
    TWO = "2", "Scale 2 (target 88 to 92)"


class Capacity(TextChoices):
    """Whether the person can decide about this."""

    HAS = "has", "Has capacity for this"
    LACKS = "lacks", "Lacks capacity for this"
    NOT_ASSESSED = "not_assessed", "Not assessed"


class Ceiling(TextChoices):
    """How far treatment is to go."""

    FULL = "full", "Full treatment"
    WARD = "ward", "Hospital ward, no intensive care"
    HOME = "home", "Treatment at home only"
    COMFORT = "comfort", "Comfort"
    NOT_SET = "not_set", "Not decided"


class YesNo(TextChoices):
    """Seen or done, or not; empty where it was not asked."""

    YES = "yes", "Yes"
    NO = "no", "No"


class LetterTo(TextChoices):
    """Whom a summary of the advice goes to."""

    PRACTICE = "practice", "General practice"
    CALLER = "caller", "Caller"
