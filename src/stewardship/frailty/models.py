"""Every table of the register."""

from stewardship.frailty.base import Author
from stewardship.frailty.models_call import AdviceCall, CallLetter, Feedback
from stewardship.frailty.models_care import Ask, Carer, Contact, Event, Meeting, Score, Service, Sharing
from stewardship.frailty.models_draft import Draft, Typing
from stewardship.frailty.models_entry import Decision, Entry, Held, Identification, Merge
from stewardship.frailty.models_line import LineCall, LineLoad
from stewardship.frailty.models_listed import Listing, Row
from stewardship.frailty.models_medicines import MedicinesCheck
from stewardship.frailty.models_plan import Assessment, EmergencyPlan, Goal, Plan, Problem, Review, Step

__all__ = [
    "AdviceCall",
    "Ask",
    "Assessment",
    "Author",
    "CallLetter",
    "Carer",
    "Contact",
    "Decision",
    "Draft",
    "EmergencyPlan",
    "Entry",
    "Event",
    "Feedback",
    "Goal",
    "Held",
    "Identification",
    "LineCall",
    "LineLoad",
    "Listing",
    "MedicinesCheck",
    "Meeting",
    "Merge",
    "Plan",
    "Problem",
    "Review",
    "Row",
    "Score",
    "Service",
    "Sharing",
    "Step",
    "Typing",
]
