"""The partners whose files are made: the folder of each, and the kind of source that it is to whoever reads them."""

PARTNERS = {
    "general-practice": "general practice",
    "hospital": "hospital",
    "community": "community",
    "mental-health": "mental health",
    "social-care": "social care",
    "cancer": "cancer",
    "urgent-care": "urgent care",
    "deaths": "deaths",
}
"""In the order in which they are believed."""

NHS_NUMBER = "NHSNumber"  # the heading of the identifier, in every file
OPT_OUTS, PLACES, FINANCE, PUBLISHED = "opt-outs", "places", "finance", "published"
CANCER_WAITS = "cancer-waits"
"""Folders of what is sent of nobody's care."""
