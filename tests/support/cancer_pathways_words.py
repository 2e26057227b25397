"""The words around the tables of the page of timed cancer pathways."""

OPENING = """\
# Timed cancer pathways

<!-- Made from stewardship.rules.cancer.timed by tests/support/cancer_pathways_page.py. Change it there. -->

For trackers, coordinators and cancer managers: what should have happened by which day, who owes the next step, and
which worklists somebody is on. All of it is configuration beside the rules, in
`src/stewardship/rules/cancer/timed/*.toml`, with its source and the days on which it is in force. How waits are
counted is another matter: those rules are national, and stand in [cancer waiting times](cancer-waiting-times.md).

**The target days of tumour groups are not authority.** The official charts of milestones are pictures that nobody
could copy from; the days here are general knowledge, to be agreed with the local clinical leads and changed in the
configuration before anybody is held to them.

## Milestones

Day 0 is the day the 62-day clock starts; a missed first appointment moves it to the day of rebooking. The nightly
file of events names milestones by these codes."""

STATES = """\
How a milestone stands on a day:

| state | when |
| --- | --- |
| done on time | done, or reported where that is what counts, up to the target day |
| done late | done after the target day |
| due soon | not done, and the target day is today or in the next 3 days |
| overdue | not done, and the target day has passed |
| not yet due | not done, and the target day is more than 3 days away |
| not needed | for a reason that somebody gave; or nobody asked for what is needed only sometimes; or all is settled |

All is settled once cancer was ruled out or the pathway is closed. A milestone that is always needed is flagged
where it was left out, whatever the reason. One that came before something earlier was done is allowed and flagged
too: told without a test, for one. The next step is the first milestone still to be done after the last that was
done; a skipped one counts only where it was asked for. The bottleneck is the stretch between two milestones that
took most days more than planned, the one still open counted to today."""

WORKLISTS = """\
## Worklists

Days are days of the pathway. A worklist is of open pathways, but for four that outlive them: ruled out and not
notified, teledermatology outcomes to send, harm reviews, and care reviews. A result is known once no test but
staging is waited for, or a clinician has ruled cancer out.

"""

ESCALATION = """\
## Escalation

The level is the highest that anything asks for. Working days leave out weekends and the bank holidays below. An
escalation that was made is answered by its last day, or the first level goes up to the second.

"""

TELEDERMATOLOGY = """\
## Teledermatology

One outcome of each set of pictures. An outcome stops no clock: telling the person does.

"""

FIT = """\
## FIT

A result is compared with the threshold of its purpose on the day it was reported, in micrograms of haemoglobin per
gram of faeces. "<20" against a threshold of 10 tells nothing, and neither does a result in another unit: both are
said to be so, and never taken for low.

"""

FILTER_TESTS = """\
## Filter tests of non-specific symptoms

Asked before or with the referral; what was not done is shown as missing. Who is recorded neither as male nor as
female is asked for no test of one sex: the clinician decides.

"""

REVIEWS = """\
## Cancer care reviews

Held by the practice, counted in days from diagnosis, for cancers diagnosed since April 2003 without non-melanoma
skin cancer. One that only a hospital has held is still asked of the practice. Whether the national indicators still
carry points is to be verified; the reviews stand as a local standard.

"""

CASE_FINDING = """\
## Prostate case finding

"""

HOLIDAYS = """\
## Bank holidays

Of England and Wales. In a year that is not here, weekends alone are left out.

"""

NOT_VERIFIED = """\
## Not verified

The target days of each tumour group; the cut-offs of PI-RADS and of the lining of the womb in local use; the
national status of care reviews from 2025; the screening threshold of FIT now; the ladder of escalation, which is to
be agreed with those it names; bank holidays of years that are not announced yet."""
