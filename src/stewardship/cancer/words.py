"""What a tracker records in codes, with the words in which pages say them.

Verbs and specifics of a next action, comment types, escalation levels and local groups of delay: sections 5.1 to 5.3 of
the page on timed pathways. They are the project's own: the registers' codes are not public.
"""

from django.db.models import IntegerChoices, TextChoices


class Source(TextChoices):
    """Where a record came from."""

    FILE = "file", "nightly file"
    HAND = "hand", "by hand"
    MADE_UP = "made up", "made-up system"


class CommentKind(TextChoices):
    """What a comment is about."""

    TRACKING = "tracking", "Tracking"
    MDT = "mdt", "Multidisciplinary meeting"
    TREATMENT = "treatment", "Treatment"
    CLINICAL = "clinical", "Clinical"
    OTHER = "other", "Other"


class Verb(TextChoices):
    """What is to be done next."""

    AWAIT = "await", "Await"
    BOOK = "book", "Book"
    CHASE = "chase", "Chase"
    REQUEST = "request", "Request"
    REPORT = "report", "Report"
    DISCUSS = "discuss at MDT", "Discuss at MDT"
    INFORM = "inform patient", "Inform patient"
    TRANSFER = "transfer", "Transfer"
    TREAT = "treat", "Treat"
    DISCHARGE = "discharge", "Discharge"
    REVIEW = "review", "Review"


class Specific(TextChoices):
    """What the next action is about, and what kind a test is of."""

    CLINIC = "clinic", "clinic"
    CT = "ct", "CT"
    MRI = "mri", "MRI"
    PET = "pet", "PET"
    ULTRASOUND = "ultrasound", "ultrasound"
    ENDOSCOPY = "endoscopy", "endoscopy"
    BIOPSY = "biopsy", "biopsy"
    HISTOLOGY = "histology", "histology"
    BLOODS = "bloods", "bloods"
    PRE_ASSESSMENT = "pre-assessment", "pre-assessment"
    THEATRE_DATE = "theatre date", "theatre date"
    ONCOLOGY = "oncology", "oncology"
    MDT = "mdt", "multidisciplinary meeting"
    PATIENT_DECISION = "patient decision", "patient’s decision"
    TRANSFER_FORM = "transfer form", "transfer form"
    FIT = "fit", "FIT"
    LETTER = "letter", "letter"


IMAGING = (Specific.CT, Specific.MRI, Specific.PET, Specific.ULTRASOUND)


class OwnerGroup(TextChoices):
    """Who owes a next action."""

    TRACKER = "tracker", "Tracker"
    BOOKING = "booking", "Booking team"
    NURSE = "nurse", "Clinical nurse specialist"
    CONSULTANT = "consultant", "Consultant team"
    IMAGING = "imaging", "Imaging"
    ENDOSCOPY = "endoscopy", "Endoscopy"
    PATHOLOGY = "pathology", "Pathology"
    THEATRES = "theatres", "Theatres"
    ONCOLOGY = "oncology", "Oncology"
    MDT = "mdt", "MDT coordinator"
    OTHER_PROVIDER = "other provider", "Another provider"
    PATIENT = "patient", "Patient"
    PRACTICE = "practice", "General practice"


class LocalDelay(TextChoices):
    """Local groups of reasons why an action is late."""

    OUTPATIENTS = "outpatient capacity", "Outpatient capacity"
    IMAGING = "imaging capacity", "Imaging capacity"
    ENDOSCOPY = "endoscopy capacity", "Endoscopy capacity"
    HISTOLOGY = "histology capacity", "Histology capacity"
    THEATRE = "theatre capacity", "Theatre capacity"
    ONCOLOGY = "oncology capacity", "Oncology capacity"
    MDT = "mdt capacity", "MDT capacity"
    ADMINISTRATIVE = "administrative", "Administrative"
    COMPLEX = "complex", "Clinical complexity"
    CHOICE = "patient choice", "Patient’s choice"
    UNFIT = "patient unfit", "Patient unfit"
    DID_NOT_ATTEND = "patient did not attend", "Patient did not attend"
    LATE_IN = "late transfer in", "Transferred in late"
    OUT = "transfer out", "Transferred out"
    EQUIPMENT = "equipment", "Equipment"
    INDUSTRIAL_ACTION = "industrial action", "Industrial action"
    OTHER = "other", "Other"


class Standard(TextChoices):
    """Which wait a delay reason is given for."""

    FIRST_SEEN = "first seen", "First seen"
    DAYS_28 = "28", "28-day faster diagnosis"
    DAYS_31 = "31", "31-day treatment"
    DAYS_62 = "62", "62-day treatment"
    UPGRADE = "upgrade", "62-day treatment after an upgrade"


class Level(IntegerChoices):
    """Levels of the escalation ladder above normal tracking."""

    ONE = 1, "1: booking or department lead"
    TWO = 2, "2: service manager"
    THREE = 3, "3: general manager and clinical lead"
    FOUR = 4, "4: cancer manager"
    FIVE = 5, "5: chief operating officer and medical director"


class RemovalReason(TextChoices):
    """Why a pathway leaves the list."""

    RULED_OUT = "ruled out", "Cancer ruled out"
    TREATED = "treated", "First treatment given"
    DECLINED = "declined", "All treatment declined"
    DIED = "died", "Died"
    PRIVATE = "private", "Went to private care"
    DOWNGRADED = "downgraded", "Referral downgraded by the referrer before being seen"
    RETRACTED = "retracted", "Referral retracted by the practice"
    TRANSFERRED = "transferred", "Tracked by another provider"
    OTHER_SITE = "other site", "Moved to the pathway of another tumour site"
    DUPLICATE = "duplicate", "Same pathway recorded twice"
    NOT_CANCER_WAITS = "not cancer waits", "Diagnosis that the waiting times do not count"
    INTERVAL_SCAN = "interval scan", "No cancer at this point; an interval scan is planned"
    EXCLUDED = "excluded", "Excluded, as the hospital’s record says"


class ToldHow(TextChoices):
    """How somebody was told. A letter that was sent is not somebody told, unless that was agreed with them."""

    IN_PERSON = "in person", "Face to face"
    PHONE = "phone", "By telephone"
    VIDEO = "video", "By video"
    LETTER = "letter", "By letter, as agreed with them"
    NOT_SENT = "not sent", "Not said in the nightly file"


class ToldWhom(TextChoices):
    """Who was told."""

    PATIENT = "patient", "The patient"
    CARER = "carer", "Somebody who speaks for the patient"
    NOT_SENT = "not sent", "Not said in the nightly file"


class LetterTo(TextChoices):
    """Whom a letter of ruling out goes to."""

    PATIENT = "patient", "Patient"
    PRACTICE = "practice", "General practice"


class Harm(TextChoices):
    """How much harm a wait did, as a clinical harm review judged it."""

    NONE = "none", "None"
    LOW = "low", "Low"
    MODERATE = "moderate", "Moderate"
    SEVERE = "severe", "Severe"
    DEATH = "death", "Death"


class ReviewState(TextChoices):
    """What became of a cancer care review in primary care."""

    DONE = "done", "Done"
    DECLINED = "declined", "Declined"
    HOSPITAL_ONLY = "hospital only", "Done by the hospital only"


class TriageOutcome(TextChoices):
    """Outcomes of a teledermatology triage."""

    TD1 = "TD1", "Benign: discharge with advice"
    TD2 = "TD2", "Benign, but treat: routine dermatology"
    TD3 = "TD3", "Basal cell carcinoma suspected: its own or the routine pathway"
    TD4 = "TD4", "Urgent face-to-face appointment"
    TD5 = "TD5", "Direct to biopsy or excision list"
    TD6 = "TD6", "Picture not good enough: repeat it"
    TD7 = "TD7", "Refer to another specialty"
