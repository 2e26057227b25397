"""Every test here runs against the site of this test run, set up before any model is imported."""

from support.rollback import site  # noqa: F401
from support.site import workspace

workspace()
