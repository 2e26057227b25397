"""What the command line prints: progress, what was found and made, and how to sign in.

A summary is plain text without frames, to be sent on as it is. Progress and mistakes go to standard error, so
that `stewardship check FOLDER > found.txt` keeps the summary alone.
"""

from stewardship.printed.found import reading, supplied
from stewardship.printed.made_up import shown_as_before, synthesised
from stewardship.printed.plain import mistake, said
from stewardship.printed.sign_in import how_to_sign_in, what_to_do_next, where_to_look
from stewardship.printed.steps import MAKING_UP, Step, Steps, plan
from stewardship.printed.summary import changes, opt_outs_listed, snapshots_kept, summary

__all__ = [
    "MAKING_UP",
    "Step",
    "Steps",
    "changes",
    "how_to_sign_in",
    "mistake",
    "opt_outs_listed",
    "plan",
    "reading",
    "said",
    "shown_as_before",
    "snapshots_kept",
    "summary",
    "supplied",
    "synthesised",
    "what_to_do_next",
    "where_to_look",
]
