"""Timed pathways: what is expected by which day, who owes the next step, and which worklists somebody is on.

Target days, limits, outcomes and holidays are the TOML files beside the modules, each with its source and the days on
which it applies; docs/cancer-pathways.md shows them. The rules of waiting times themselves are the package above.
"""
