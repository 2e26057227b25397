"""What people do, in the words of the log."""

from enum import StrEnum
from typing import Literal

Result = Literal["allowed", "refused", "error"]
Via = Literal["page", "download", "api", "job", "command"]


class Action(StrEnum):
    """What somebody did."""

    SIGN_IN = "sign in"
    SIGN_OUT = "sign out"
    SWITCH_ROLE = "switch role"
    SEARCH = "search"
    LIST = "list"
    VIEW = "view"
    PRINT = "print"
    EXPORT = "export"
    CREATE = "create"
    CHANGE = "change"
    DELETE = "delete"
    GIVE_CARE_ROLE = "give a direct-care role"
    MAKE_LINK = "make a link for an account"
    TAKE_FACTOR = "take a second factor away"
    RE_IDENTIFY = "re-identify"
    BREAK_GLASS = "break glass"
    REFUSED = "refused"
    COUNT = "count"
    ROLLBACK = "rollback"
    ROTATE_KEY = "rotate key"
    READ_LOG = "read the access log"
    EXPORT_LOG = "export from the access log"
    ANSWER_FROM_LOG = "answer a person from the access log"
    RAISE_ALERT = "raise an alert"
    CLOSE_ALERT = "close an alert"
    TELL_OWN_RECORD = "tell which record is one's own"
    RESUME_LOG = "resume the access log after a loss"


BY_STRANGERS = frozenset({Action.SIGN_IN, Action.REFUSED})  # may be done before anybody is known
