"""What the page of scores says beside its tables."""

from stewardship.people.scores.core20plus5 import SEVERAL

OPENING = """\
# Scores of residents

<!-- Made from stewardship.rules.scores by tests/support/scores_page.py. Change it there. -->

For whoever uses a score to find people, or to compare need: what each is, where its weights come from, and what
it can and cannot tell here. Scores are worked out for every resident at the end of a year, from what is
recorded up to that day (`stewardship.measures.residents`). They are about people: a use that scores people
leaves out who objects to that (see [opt-outs](opt-outs.md)), and of all this only counts are published, after
disclosure control.

- Points are whole: the weights of the source times 10, 100 or 1, so that a sum is the same on every engine.
- A condition has the codes of the care areas' lists where there is such a list, and else a short list of this
  project's own, of codes in common use that are known for certain. The national reference sets hold more, so
  scores here are somewhat lower than a practice's own system gives.
- What is not recorded counts as not there. A score says what is known of people, and grows with better
  recording.
"""

ABOUT_CHARLSON = """\
## Charlson index

Groups of a class count once, by the largest weight. With age, the index of 1987 has one point more for each ten
years from 50, at most four (Charlson and others 1994). Counted is what general practice has recorded, or a
hospital in any stay and any position. The weights of NHS mortality figures (SHMI) are not offered: one of them
is below 0, so that more illness could lower a score.

"""

ABOUT_HOSPITAL = """\
## Hospital Frailty Risk Score

Diagnoses of emergency admissions that began in the last two years, in any position; each code counts once. It
tells nothing of who was not admitted: read it beside the electronic frailty index.

"""

ABOUT_ELECTRONIC = """\
## Electronic frailty index

Each deficit is one thirty-sixth, and does not end once general practice has recorded it. The index finds people
to see; it is no diagnosis.

"""

ABOUT_SEGMENTS = """\
## Bridges to Health

Everybody is in one segment: the first that applies, from above. The national rules are published condition by
condition; these are a workable approximation, and what is expected is general knowledge. Of people in care
homes those are found whom general practice has coded as living in one.

"""

ABOUT_CORE20PLUS5 = f"""\
## Core20PLUS5

Whoever is of Core20 or of a group of PLUS belongs; the clinical areas say where care is to be mended, and take
nobody in by themselves. Which groups are PLUS is a system's choice. Several conditions are {SEVERAL} or
more of the long-term conditions above. Who has no group recorded is not known to be of none.

"""

ABOUT_CODES = """\
## Codes of conditions

ICD-10 codes mean all below them too, and ranges include both ends. The SNOMED CT codes stand with their terms in
`src/stewardship/rules/scores/conditions.csv`.

"""

SHOWN = """\
## What a made-up system shows

Made of 60,000 residents (five years, seed 3): what the scores come to, and where that is the fault of what was
made up. `tests/measures/test_scores_of_a_made_system.py` holds the same on fewer residents.

| electronic frailty index | fit | mild | moderate | severe |
| --- | --: | --: | --: | --: |
| 65 to 74 | 77.1% | 19.9% | 2.8% | 0.2% |
| 75 to 84 | 58.9% | 32.8% | 7.2% | 1.1% |
| 85 and over | 45.5% | 39.9% | 12.2% | 2.4% |
| 65 and over | 65.9% | 27.5% | 5.7% | 0.8% |
| in the paper, 65 to 95 (general knowledge) | 50% | 35% | 12% | 3% |

| segment | made | expected (general knowledge) |
| --- | --: | --: |
| Frailty and dementia | 2.3% | 1.5 to 3% |
| Organ failure | 1.0% | 1 to 2% |
| Incurable cancer | 1.5% | 0.3 to 0.5% |
| Disability | 1.2% | 1 to 2% |
| Long-term conditions | 38.2% | 30 to 35% |
| Maternal and infant health | 1.9% | 1 to 2% |
| Healthy or generally well | 54.1% | 55 to 60% |

- Fewer are frail than in the paper: seven of the 36 deficits have no code in the made-up practices (activity
  limitation, being housebound, low blood pressure or syncope, mobility, need for care, social vulnerability,
  weight loss), and dizziness and breathlessness are passing problems there.
- Incurable cancer is too common: the made-up hospitals code cancer without a named site (C80) of four in ten
  people with cancer, and the segment and the Charlson index take that for cancer that has spread, as their
  sources do.
- The Hospital Frailty Risk Score is high in 15 per cent of people of 75 and over, as diagnoses are coded evenly
  by all made-up hospitals; real depth of coding differs from trust to trust, and the score with it.
- Characteristics such as being homeless are recorded of as few people as in practice: that they are counted is
  shown, not how many there are.

## What it costs

At 60,000 residents all of this takes 10 seconds of processor time and 0.4 GB of memory, of which 7 seconds are
for putting the expressions together, whatever the number of residents; at 15,000 it takes 7.5. At 1.2 million
that comes to some 80 seconds of processor time; the engine stays within the memory that it is given, and a row
is 80 bytes.
"""
