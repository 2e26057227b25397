"""Every table of the register."""

from stewardship.frailty.base import Author
from stewardship.frailty.models_call import AdviceCall, CallLetter, Feedback
from stewardship.frailty.models_draft import Draft, Typing
from stewardship.frailty.models_entry import Decision, Entry, Held, Identification, Merge, Row
from stewardship.frailty.models_line import LineCall, LineLoad

__all__ = [
    "AdviceCall",
    "Author",
    "CallLetter",
    "Decision",
    "Draft",
    "Entry",
    "Feedback",
    "Held",
    "Identification",
    "LineCall",
    "LineLoad",
    "Merge",
    "Row",
    "Typing",
]
