"""Everything that somebody does to a pathway, each one function: see the modules it comes from."""

from stewardship.cancer.actions_adding import correct_person
from stewardship.cancer.actions_facts import (
    correct_pathway,
    correct_treatment,
    plan_transfer,
    receive_transfer,
    record_milestone,
    settle_difference,
    tell,
)
from stewardship.cancer.actions_leaving import (
    ask_harm_review,
    complete_harm_review,
    found_again,
    put_back,
    record_care_review,
    remove,
    rule_out,
    send_letter,
)
from stewardship.cancer.actions_tests import (
    record_filter_test,
    record_fit,
    record_triage_outcome,
    send_triage_outcome,
)
from stewardship.cancer.actions_tracking import (
    add_comment,
    answer_escalation,
    complete_action,
    drop_action,
    escalate,
    give_delay_reason,
    mark_for_meeting,
    set_next_action,
)
from stewardship.cancer.actions_views import StaleViewError, forget_view, save_view
from stewardship.cancer.changing import Change, StaleError

__all__ = [
    "Change",
    "StaleError",
    "StaleViewError",
    "add_comment",
    "answer_escalation",
    "ask_harm_review",
    "complete_action",
    "complete_harm_review",
    "correct_pathway",
    "correct_person",
    "correct_treatment",
    "drop_action",
    "escalate",
    "forget_view",
    "found_again",
    "give_delay_reason",
    "mark_for_meeting",
    "plan_transfer",
    "put_back",
    "receive_transfer",
    "record_care_review",
    "record_filter_test",
    "record_fit",
    "record_milestone",
    "record_triage_outcome",
    "remove",
    "rule_out",
    "save_view",
    "send_letter",
    "send_triage_outcome",
    "set_next_action",
    "settle_difference",
    "tell",
]
