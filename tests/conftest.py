"""What holds for every test."""

from hypothesis import settings

# A busy machine is no failure: what a property says is judged, not how long it took.
settings.register_profile("without a clock", deadline=None)
settings.load_profile("without a clock")
