"""What every address of the site is expected to answer: to nobody, to each role, to GET and to POST.

An address that is missing here fails the test that walks them all: whoever adds a page says who may open it.
"""

from dataclasses import dataclass, field

from stewardship.permissions import (
    ANSWER_CALLS,
    ANYONE,
    EXPORT_ACCESS,
    FIND_PEOPLE,
    KEEP_MEMBERS,
    LOAD_PATHWAYS,
    MERGE_ENTRIES,
    RULE_OUT_CANCER,
    SEE_ACCESS,
    SEE_FIGURES,
    SEE_FINDINGS,
    SEE_MEMBERS,
    SEE_PATHWAYS,
    SEE_REGISTER,
    SIGNED_IN,
    TAKE_SUMMARY,
    TRACK_PATHWAYS,
    WORK_ON_REGISTER,
    Permission,
)

OK, MOVED, NOT_FOUND, NOT_THIS_WAY, CLOSED = 200, 302, 404, 405, 503


@dataclass(frozen=True)
class Address:
    """who: the permission that lets in. get, post: what is answered then; POST is sent without any field.

    parts: what fills the address, where a value that exists matters.
    """

    who: Permission
    get: int = OK
    post: int = NOT_THIS_WAY
    parts: dict[str, object] = field(default_factory=dict)


SIGN_IN = {
    "account_login": Address(ANYONE, post=OK),
    "mfa_authenticate": Address(ANYONE, get=MOVED, post=MOVED),
    "organisation-sign-in": Address(ANYONE, get=NOT_FOUND),
    "organisation-returned": Address(ANYONE, get=NOT_FOUND),
    "welcome": Address(ANYONE, get=NOT_FOUND, post=NOT_FOUND, parts={"secret": "no-such-link"}),
    "accessibility": Address(ANYONE),
    "logo": Address(ANYONE, get=NOT_FOUND),
}
OWN_ACCOUNT = {
    "home": Address(SIGNED_IN, get=MOVED),
    "account": Address(SIGNED_IN),
    "account_logout": Address(SIGNED_IN, post=MOVED),
    "switch-role": Address(SIGNED_IN, get=NOT_THIS_WAY, post=NOT_FOUND),
    "stay": Address(SIGNED_IN),
    "account_change_password": Address(SIGNED_IN, post=OK),
    "account_reauthenticate": Address(SIGNED_IN, post=OK),
    "mfa_reauthenticate": Address(SIGNED_IN, get=MOVED, post=MOVED),
    "usersessions_list": Address(SIGNED_IN, post=MOVED),
    "mfa_index": Address(SIGNED_IN),
    "mfa_activate_totp": Address(SIGNED_IN, post=OK),
    "mfa_deactivate_totp": Address(SIGNED_IN, get=NOT_FOUND, post=NOT_FOUND),
    "mfa_view_recovery_codes": Address(SIGNED_IN, get=NOT_FOUND),
    "mfa_generate_recovery_codes": Address(SIGNED_IN, post=OK),
    "who-may": Address(SIGNED_IN),
}
MEMBERS = {
    "members": Address(SEE_MEMBERS),
    "member": Address(SEE_MEMBERS),
    "member-new": Address(KEEP_MEMBERS, post=OK),
    "member-details": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=OK),
    "member-give-role": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=OK),
    "member-end-role": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=NOT_FOUND),
    "member-close": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=NOT_FOUND),
    "member-open": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=NOT_FOUND),
    "member-second-factor": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=OK),
    "member-link": Address(KEEP_MEMBERS, get=NOT_THIS_WAY, post=NOT_FOUND),
}
AREA = {"area": "diabetes"}
MEASURE = {**AREA, "measure": "foot-check"}
FIGURES = {
    "care-areas": Address(SEE_FIGURES),
    "areas-table": Address(SEE_FIGURES, parts={"table": "areas"}),
    "areas-picture": Address(SEE_FIGURES, get=NOT_FOUND, parts={"chart": "shares"}),  # no budget here
    "side-by-side": Address(SEE_FIGURES),
    "side-by-side-table": Address(SEE_FIGURES, get=NOT_FOUND),  # nothing is chosen
    "side-by-side-picture": Address(SEE_FIGURES, get=NOT_FOUND),
    "cancer-forecast": Address(SEE_FIGURES),
    "cancer-forecast-table": Address(SEE_FIGURES, get=NOT_FOUND),  # no pathways here
    "cancer-forecast-picture": Address(SEE_FIGURES, get=NOT_FOUND),
    "care-area": Address(SEE_FIGURES, parts=AREA),
    "definitions": Address(SEE_FIGURES, parts=AREA),
    "measure": Address(SEE_FIGURES, parts=MEASURE),
    "table": Address(SEE_FIGURES, parts={**AREA, "table": "outcomes"}),
    "picture": Address(SEE_FIGURES, parts={**AREA, "chart": "gap"}),
    "measure-table": Address(SEE_FIGURES, parts={**MEASURE, "table": "years"}),
    "measure-picture": Address(SEE_FIGURES, parts={**MEASURE, "chart": "years"}),
    "pack": Address(SEE_FIGURES, parts=AREA),
    "workbook": Address(SEE_FIGURES, parts=AREA),
    "cancer-waits": Address(SEE_FIGURES, get=NOT_FOUND),  # no pathways were sent here
    "cancer-waits-table": Address(SEE_FIGURES, get=NOT_FOUND, parts={"table": "backlog"}),
    "cancer-waits-picture": Address(SEE_FIGURES, get=NOT_FOUND, parts={"chart": "backlog"}),
    "frailty-figures": Address(SEE_FIGURES, get=NOT_FOUND),  # ageing well is not among the care areas here
    "frailty-figures-table": Address(SEE_FIGURES, get=NOT_FOUND, parts={"table": "outcomes"}),
    "frailty-figures-picture": Address(SEE_FIGURES, get=NOT_FOUND, parts={"chart": "outcomes"}),
    "findings": Address(SEE_FINDINGS),
    "findings-csv": Address(SEE_FINDINGS),
    "what-can-be-measured": Address(SEE_FINDINGS),
    "what-can-be-measured-csv": Address(SEE_FINDINGS),
}
PEOPLE = {  # the vault has no keys here, so that its door is shut
    "people": Address(FIND_PEOPLE, get=CLOSED, post=MOVED),
    "people-found": Address(FIND_PEOPLE, get=MOVED, parts={"asked": "nothing-asked"}),
    "person": Address(FIND_PEOPLE, get=CLOSED, parts={"handle": "x" * 22}),
}

ACCESS_LOG = {
    "who-looked": Address(SEE_ACCESS, post=MOVED),
    "record-looked-at": Address(SEE_ACCESS, get=NOT_FOUND, parts={"asked": "nothing-asked"}),
    "who-looked-file": Address(EXPORT_ACCESS, get=NOT_FOUND, parts={"asked": "nothing-asked"}),
    "who-looked-answer": Address(SEE_ACCESS, get=NOT_FOUND, parts={"asked": "nothing-asked"}),
    "unusual-reading": Address(SEE_ACCESS),
    "alert": Address(SEE_ACCESS, get=NOT_FOUND, post=NOT_FOUND, parts={"alert": "0123456789abcdef"}),
    "own-record": Address(SIGNED_IN, post=MOVED),
    "own-record-told": Address(SIGNED_IN),
}

NO_PATHWAY = {"pk": 0}
TRACKING = {  # nobody is on a pathway here
    "cancer-list": Address(SEE_PATHWAYS),
    "cancer-names": Address(SEE_PATHWAYS, get=NOT_THIS_WAY, post=MOVED),
    "cancer-meeting": Address(SEE_PATHWAYS),
    "cancer-pathway": Address(SEE_PATHWAYS, get=NOT_FOUND, parts=NO_PATHWAY),
    "cancer-letter": Address(SEE_PATHWAYS, get=NOT_FOUND, parts={**NO_PATHWAY, "to": "patient"}),
    "cancer-view-keep": Address(TRACK_PATHWAYS, get=NOT_THIS_WAY, post=MOVED),
    "cancer-view-forget": Address(TRACK_PATHWAYS, get=NOT_THIS_WAY, post=MOVED, parts={"view": 0}),
    "cancer-act": Address(
        TRACK_PATHWAYS, get=NOT_FOUND, post=NOT_FOUND, parts={**NO_PATHWAY, "what": "comment"}
    ),
    "cancer-conflict": Address(TRACK_PATHWAYS, get=NOT_FOUND, parts={**NO_PATHWAY, "what": "comment"}),
    "cancer-difference": Address(
        TRACK_PATHWAYS, get=NOT_THIS_WAY, post=NOT_FOUND, parts={**NO_PATHWAY, "difference": 0}
    ),
    "cancer-leave": Address(
        RULE_OUT_CANCER, get=NOT_FOUND, post=NOT_FOUND, parts={**NO_PATHWAY, "what": "rule-out"}
    ),
    "cancer-letter-sent": Address(
        RULE_OUT_CANCER, get=NOT_THIS_WAY, post=NOT_FOUND, parts={**NO_PATHWAY, "to": "patient"}
    ),
    "cancer-find": Address(SEE_PATHWAYS, post=MOVED),
    "cancer-found": Address(SEE_PATHWAYS, get=MOVED, parts={"word": "nothing-asked"}),
    "cancer-add": Address(LOAD_PATHWAYS, post=MOVED),
    "cancer-nightly": Address(LOAD_PATHWAYS, post=MOVED),
    "cancer-nightly-preview": Address(LOAD_PATHWAYS, get=MOVED, parts={"word": "nothing-sent"}),
    "cancer-nightly-apply": Address(
        LOAD_PATHWAYS, get=NOT_THIS_WAY, post=MOVED, parts={"word": "nothing-sent"}
    ),
    "cancer-nightly-template": Address(LOAD_PATHWAYS, parts={"which": "pathways"}),
}

NO_CALL = {"pk": 0}
NO_ENTRY = {"pk": 0}
REGISTER = {  # nobody is on the register here
    "frailty-list": Address(SEE_REGISTER),
    "frailty-find": Address(SEE_REGISTER, post=MOVED),
    "frailty-found": Address(SEE_REGISTER, get=MOVED, parts={"word": "nothing-asked"}),
    "frailty-entry": Address(SEE_REGISTER, get=NOT_FOUND, parts=NO_ENTRY),
    "frailty-act": Address(
        WORK_ON_REGISTER, get=NOT_FOUND, post=NOT_FOUND, parts={**NO_ENTRY, "what": "review"}
    ),
    "frailty-conflict": Address(WORK_ON_REGISTER, get=NOT_FOUND, parts={**NO_ENTRY, "what": "review"}),
    "frailty-summary": Address(TAKE_SUMMARY, get=NOT_FOUND, parts=NO_ENTRY),
    "frailty-summary-paper": Address(TAKE_SUMMARY, get=NOT_FOUND, parts=NO_ENTRY),
    "frailty-summary-fhir": Address(TAKE_SUMMARY, get=NOT_FOUND, parts=NO_ENTRY),
    "frailty-find-duplicate": Address(MERGE_ENTRIES, get=NOT_FOUND, post=NOT_FOUND, parts=NO_ENTRY),
    "frailty-duplicate": Address(MERGE_ENTRIES, get=NOT_FOUND, parts={**NO_ENTRY, "word": "nothing-asked"}),
    "frailty-merge": Address(
        MERGE_ENTRIES, get=NOT_THIS_WAY, post=NOT_FOUND, parts={**NO_ENTRY, "word": "nothing-asked"}
    ),
}
ADVICE_LINE = {  # nobody has called here
    "advice-line": Address(ANSWER_CALLS),
    "call-answer": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=MOVED),
    "call-live": Address(ANSWER_CALLS, get=NOT_FOUND, parts=NO_CALL),
    "call-save": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-end": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-settle": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts={**NO_CALL, "typing": 0}),
    "call-set-aside": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-find": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-found": Address(ANSWER_CALLS, get=NOT_FOUND, parts={**NO_CALL, "word": "nothing-asked"}),
    "call-about": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-not-this-person": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call": Address(ANSWER_CALLS, get=NOT_FOUND, parts=NO_CALL),
    "call-match-find": Address(ANSWER_CALLS, get=NOT_FOUND, post=NOT_FOUND, parts=NO_CALL),
    "call-match-found": Address(ANSWER_CALLS, get=NOT_FOUND, parts={**NO_CALL, "word": "nothing-asked"}),
    "call-match": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-unmatch": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-register": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-followed-up": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-add": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "call-feedback": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts=NO_CALL),
    "line-calls": Address(ANSWER_CALLS, post=MOVED),
    "line-template": Address(ANSWER_CALLS),
    "line-link": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=MOVED, parts=NO_CALL),
    "line-no-record": Address(ANSWER_CALLS, get=NOT_THIS_WAY, post=MOVED, parts=NO_CALL),
    "call-letter": Address(ANSWER_CALLS, get=NOT_FOUND, parts={**NO_CALL, "to": "caller"}),
    "call-letter-sent": Address(
        ANSWER_CALLS, get=NOT_THIS_WAY, post=NOT_FOUND, parts={**NO_CALL, "to": "caller"}
    ),
}

ADDRESSES = {
    **SIGN_IN, **OWN_ACCOUNT, **MEMBERS, **FIGURES, **PEOPLE, **TRACKING, **REGISTER, **ADVICE_LINE, **ACCESS_LOG,
}  # fmt: skip
