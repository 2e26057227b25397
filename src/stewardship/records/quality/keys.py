"""The keys of all checks, by which settings name them: known without loading an engine."""

CHECK_KEYS = (
    "keys",
    "nobody",
    "no-activity",
    "practices",
    "small-areas",
    "before-birth",
    "after-death",
    "two-practices",
    "other-sex",
    "filler",
    "grown-babies",
    "coverage",
    "diagnoses",
    "costs",
    "residents",
    "practice-lists",
    "ethnicity",
    "sex",
    "homes",
    "registered",
)
