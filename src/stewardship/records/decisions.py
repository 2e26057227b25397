"""Which opt-outs apply to which use: the decision table of the governance page, section 3.3, as data.

Rows whose source is general knowledge are to be confirmed with the local lead for information governance. Where a
row is silent, the answer that protects more is taken, and its words say so.
"""

from dataclasses import dataclass
from typing import Literal

Answer = Literal["no", "yes", "by ruling"]

LONGEST_DAYS = 21
"""Days within which an opt-out is applied: general knowledge of the national policy, to be confirmed locally."""


@dataclass(frozen=True)
class Decision:
    """One row of the decision table.

    use: the row in the table's words. national, type_1: whether that opt-out applies, each followed by why. A
    national answer "by ruling" has to be stated by whoever uses the row; `ruling` is the question they answer.
    own_care: care of the person by those who treat them, where nobody is left out, not even of a list of
    scores. source: where the row comes from; confirmed: published, not of general knowledge only.
    """

    row: int
    use: str
    national: Answer
    national_why: str
    type_1: bool
    type_1_why: str
    source: str
    confirmed: bool
    own_care: bool = False
    ruling: str = ""

    @property
    def objection(self) -> bool:
        """Whether an objection to risk stratification applies, where the use scores people."""
        return not self.own_care


_PUBLISHED, _BOTH, _KNOWN = (
    "published guidance",
    "published guidance and general knowledge",
    "general knowledge",
)

DECISIONS: dict[int, Decision] = {
    decision.row: decision
    for decision in (
        Decision(
            1, "A trust tracks its own cancer patients",
            "no", "individual care",
            False, "not data of general practice, and individual care",
            _PUBLISHED, confirmed=True, own_care=True,
        ),
        Decision(
            2, "A GP practice sees its own frailty list",
            "no", "individual care",
            False, "the data stay within the practice's own care",
            _PUBLISHED, confirmed=True, own_care=True,
        ),
        Decision(
            3, "A care-coordination register shared by treating teams",
            "no", "individual care",
            False, "sharing for care",
            _KNOWN, confirmed=False, own_care=True,
        ),
        Decision(
            4, "Case finding for the practice; only the practice sees names",
            "by ruling", "it does not apply to individual care, and applies to anything else",
            True, "the data flow out of the practice to be searched",
            _BOTH, confirmed=False, ruling="Is this case finding individual care?",
        ),
        Decision(
            5, "A commissioner ranks identifiable people under section 251",
            "yes", "a condition of the approval",
            True, "not the person's own care",
            _PUBLISHED, confirmed=True,
        ),
        Decision(
            6, "Planning on data anonymised to the ICO's code",
            "no", "anonymised data are not confidential patient information",
            True, "before the data leave the practice, and again here where a list is given",
            _BOTH, confirmed=False,
        ),
        Decision(
            7, "A national return required by law, such as cancer waiting times",
            "no", "required by law",
            True, "the return is not made of general practice's data; should such rows be there, it applies to them",
            _BOTH, confirmed=False,
        ),
        Decision(
            8, "A published aggregate",
            "no", "not information about a person",
            True, "as in the use that the figures were made by",
            _PUBLISHED, confirmed=True,
        ),
        Decision(
            9, "Research with explicit consent",
            "no", "explicit consent",
            False, "consent governs: only those who consented are seen",
            _PUBLISHED, confirmed=True,
        ),
        Decision(
            10, "The first-5,000 household score for outreach",
            "by ruling", "it applies to scoring unless that was ruled to be individual care",
            True, "not the person's own care",
            _KNOWN, confirmed=False, ruling="Is this scoring individual care?",
        ),
        Decision(
            11, "Service evaluation by the care team of its own patients",
            "by ruling", "usually it does not apply",
            True, "the table is silent, and evaluation is not the person's own care",
            _KNOWN, confirmed=False, ruling="Does the care team evaluate its own service, on its own patients only?",
        ),
        Decision(
            12, "Evaluation by the integrated care board on linked pseudonymised data",
            "by ruling", "it does not apply to data ruled to be anonymised, and applies to other data",
            True, "not the person's own care",
            _KNOWN, confirmed=False, ruling="Are the linked data anonymised to the ICO's code?",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Use:
    """Something that people's data are used for.

    key: its name in `system.toml`. words: what it is, for a reader. rows: the rows of the decision table that it may
    be ruled to be. scores: it gives people a score, to which they may object.
    """

    key: str
    words: str
    rows: tuple[int, ...]
    scores: bool = False


USES: dict[str, Use] = {
    use.key: use
    for use in (
        Use(
            "planning-results", "Figures for planning: the care areas' pages and analysts' counts", (5, 6, 12)
        ),
        Use("risk-scoring", "Scoring people's risk, to choose whom to reach out to", (5, 10), scores=True),
        Use("case-finding", "Finding people for their practice to care for", (4,), scores=True),
        Use("first-5000-scoring", "The score of the first-5,000 households", (10,), scores=True),
        Use("cancer-tracking", "A trust tracking its own cancer patients", (1,)),
        Use("practice-list", "A practice seeing its own list", (2,)),
        Use("frailty-register", "The frailty register that treating teams share", (3,)),
        Use("service-evaluation", "A care team evaluating its own service", (11,)),
        Use("board-evaluation", "The integrated care board evaluating a change", (6, 12)),
        Use("national-return", "A return that the law requires", (7,)),
        Use("published-aggregate", "Figures for everyone to read", (8,)),
        Use("research-with-consent", "Research on people who consented to it", (9,)),
    )
}
