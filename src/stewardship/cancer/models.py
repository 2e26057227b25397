"""Every table of the tracking list."""

from stewardship.cancer.base import Author
from stewardship.cancer.models_list import Difference, ListRow, Load, SavedView
from stewardship.cancer.models_pathway import MilestoneEvent, TrackedPathway, Transfer, Treatment
from stewardship.cancer.models_tests import FilterTest, FitResult
from stewardship.cancer.models_work import (
    CareReview,
    Comment,
    DelayReason,
    Escalation,
    HarmReview,
    Letter,
    NextAction,
    Removal,
)
from stewardship.cancer.models_worklist import WorklistDays

__all__ = [
    "Author",
    "CareReview",
    "Comment",
    "DelayReason",
    "Difference",
    "Escalation",
    "FilterTest",
    "FitResult",
    "HarmReview",
    "Letter",
    "ListRow",
    "Load",
    "MilestoneEvent",
    "NextAction",
    "Removal",
    "SavedView",
    "TrackedPathway",
    "Transfer",
    "Treatment",
    "WorklistDays",
]
