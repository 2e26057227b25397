"""What stands on the page of the cancer waiting-time rules and is in no declaration."""

OPENING = """
# Cancer waiting times

<!-- Made from stewardship.rules.cancer by tests/support/cancer_rules_page.py. Change it there. -->

For trackers, cancer managers and whoever has to check a figure: how the three national standards are counted here,
rule by rule. The same rules judge one row of a table, a person on the tracking list, and the pathways that figures
are made of. Every conclusion says why, and names its rule.

Source: NHS England, national cancer waiting times monitoring dataset guidance, v12.1 (July 2025), the standards
since 1 October 2023, of which the executive summary was read; the NHS Data Model and Dictionary; and two public
implementations, by a cancer alliance and by a hospital. What only general knowledge tells is listed below, to be
verified before anything is decided by it.
"""

RULES = """
## The rules

- **R1.** A wait is the days from start to stop less adjustments, in whole calendar days. The start is day 0;
  weekends and holidays count; days of 28, 31 and 62 are within. No adjustment makes a wait negative. A time of day
  or a time zone changes nothing.
- **R2.** The 28 days run from receipt of the referral to the day the person is told, or to the decision to treat if
  that is earlier. They count when they end for reason 01, 02 or 04. A letter that was sent has told nobody.
- **R3.** Upgrades and pathways of no cancer route have no 28 days. An end for reason 03 is not counted, but for
  exclusion reason 01 after day 28, which is a breach.
- **R4.** When the first appointment is missed without notice, the days from the start of the clock to the rebooking
  come off the 28 and the 62 days, never off the 31. Cancellations, later missed appointments, holidays and every
  other event take nothing off.
- **R5.** A pause between the decision to treat and treatment, for patient choice (8), fertility (9) or a medical
  delay (10), comes off the 31 and the 62 days. Days before the decision never do, nor does a pause without a
  reason; nor, before 1 July 2020, one of treatment outside hospital.
- **R6.** The 62 days run from receipt of the referral, or from the consultant's upgrade, to the first treatment
  (event 01, 07 or 12) of a reportable cancer: C00 to C97 and D05, other than a carcinoma of basal cells in C44. A
  missed appointment is ignored where the upgrade came after the person was first seen. Recurrence, progression,
  transformation and subsequent treatment have no 62 days; declined treatment (modality 98) is left out.
- **R7.** The 31 days run from the decision to treat, or the earliest clinically appropriate date, to any treatment,
  first or subsequent. A decision dated after the treatment makes the wait 0. Modality 98 is left out, and so are
  palliative care and active monitoring (07, 08, 09) as subsequent treatments.
- **R8.** A 62-day wait is shared out over the provider that investigated and the one that treated: see below.
- **R9.** Someone whose 62 days run is waiting; the age leaves out the missed first appointment, not a pause. Over
  62 days is the backlog. Non-specific symptoms (type 17) are kept out of its headline.
- **R10.** The 28 days are reported in the month they ended, the others in the month of treatment; the 28 days under
  the provider where they ended, the 31 under the treating one, the 62 under those they are shared out to.
- **R11.** A percentage is of sums of patients. Percentages are never averaged.

A clock is OPEN as long as it runs, however long that is. It is OPEN too, with its days, where something has to be
recorded before it can be counted: treated without a diagnosis or a decision, or an end of the 28 days without a
reason. NOT_APPLICABLE is a standard that this pathway does not have; EXCLUDED is one that a rule leaves it out of.

Dates after the day that is judged on are booked: they stop no clock, and give will-be values (the stop, the wait
and whether it will be a breach) beside what is so today. The target is the last day inside: start, limit and
adjustments. Until its end a pause counts up to the day that is judged on. Of someone who has been treated, a pause
without an end takes nothing off.

Someone with a decision to treat, whose diagnosis is not reportable, waits until treatment or until cancer is ruled
out: the diagnosis may change. Then both clocks are left out or closed.
"""

THRESHOLDS = """
Kept in `src/stewardship/rules/cancer/standards.toml`, with the limits in days. A wait is judged by the limit of the
day it ended, an open one by that of the day it is judged on.
"""

SHARES = """
The investigating phase runs from the clock's start to receipt of the transfer, less the missed first appointment
(38 days); the treating phase from there to treatment, less the pause (24 days). They add up to the wait. Providers
are compared as trusts: the first three characters of a site's code.

One provider on both sides has the whole patient (SOLO). Where it is not known which provider is accountable for the
investigation, it is the one that upgraded, else the one that saw the person first, and each has half
(SHARED_50_50); so it is where no transfer is recorded. Otherwise the six cases decide (SIX_SCENARIO):
"""

COMMAND = """
## Judging a table

`stewardship cancer judge FILE.csv` reads one pathway a row (UTF-8, days as 2026-03-31) and writes what is concluded
as CSV to standard output. A row that cannot be judged is left out: one sentence on standard error names the row and
the column, and the exit code is 2. Rows are refused for a day or code that is none, an order of dates that cannot be,
and a name that stands twice. Of a file that is cut short or is no table nothing is judged. `snapshot_date`
is the day that is judged on; without it every date has happened, and open clocks have no days.

`other_events` is `name:day` or `name:day/day`, with semicolons between. No event is an adjustment. A death, private
care, or an emergency admission before the person was first seen ends the waiting: the 28 days are excluded if
nobody had been told, and the 62 and 31 days are closed if nothing had been treated. Such events are called died,
death, deceased, went private, private care, emergency admission or admitted in an emergency.

With one provider, `inv_den` and `inv_breach` are its share. Small letters, spaces around a cell, a time after a
day, a lost first 0 of a code, rows of blank cells and the line ends of a spreadsheet change nothing.
"""

NOT_KNOWN = """
## To be verified

- The wording of the guidance beyond its executive summary; what exclusion reason 01 stands for (most likely death
  before being told); the meanings of the reasons of a breach 13 to 22 and of most referral types.
- The boundary of a "reasonable offer": that a declined offer lay inside the standard is not checked here.
- Which of several investigating providers is accountable: the record has to say so.
- Where the text leaves two readings, this one was taken: an excluded 28 days shows its days, an excluded 31 or 62
  does not; a diagnosis that is not reportable leaves the 31 days too; treatment of a recurrence on an urgent referral
  has no 62 days (NOT_APPLICABLE) rather than excluded ones, and so has someone who left before any treatment; two
  known providers without a transfer date have half each; of a pause that began before the decision, the days after
  it count; the open 62 days leave out a pause, the age in the backlog does not.
- The ambitions for the 62 days in 2025/26 and 2026/27, and for the 31 days in 2026/27.
"""
