"""The access log's one door for writing: an event is durable before its answer is given.

    by = actor_of(request)
    record(by=by, did=Action.LIST, about=[person_ids], query=query_of(practice="P81001"), shown=40)

Where it raises AccessLogError the caller answers nothing.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

from stewardship.access import keys
from stewardship.access.actions import BY_STRANGERS, Action, Result, Via
from stewardship.access.actors import Actor, actor_of, command_line_actor
from stewardship.access.chain import Event
from stewardship.access.keys import AccessLogError
from stewardship.access.site_log import site_keys, site_log

__all__ = [
    "AccessLogError",
    "Action",
    "Actor",
    "Result",
    "Via",
    "account_query",
    "actor_of",
    "command_line_actor",
    "query_of",
    "record",
    "resume_after_loss",
]


def record(
    *,
    by: Actor,
    did: Action,
    about: Sequence[int] = (),
    query: str = "",
    shown: int | None = None,
    reason: str = "",
    result: Result = "allowed",
    via: Via = "page",
) -> int:
    """Append one event and commit it durably, then return its sequence.

    about: person_ids of everybody shown; a list is one event. query: from `query_of`, nothing else. shown: rows
    shown; None where nothing is counted. reason: kept so that only the log's key opens it, since a person may have
    typed a name in it.
    Raises AccessLogError where the event cannot be written, ValueError for an event that must not be.
    """
    if not by.known and did not in BY_STRANGERS:
        raise ValueError(
            f"Nobody is named who did “{did}”. Only signing in and refusals may be a stranger's."
        )
    if not keys.is_query(query):
        raise ValueError("The query of an event comes from `query_of`, which keeps no words of a search.")
    log = site_log()
    kept = _event(by=by, did=did, about=about, query=query, shown=shown, result=result, via=via)
    return log.append(replace(kept, reason=log.keys.closed(reason)))


def resume_after_loss(*, by: Actor, reason: str) -> int:
    """Go on after events at the end of the log were lost in a way that is known, and say so in the log.

    Raises AccessLogError where the events that are left are not whole.
    """
    log = site_log()
    return log.resume(
        replace(_event(by=by, did=Action.RESUME_LOG, via="command"), reason=log.keys.closed(reason))
    )


def _event(
    *,
    by: Actor,
    did: Action,
    about: Sequence[int] = (),
    query: str = "",
    shown: int | None = None,
    result: Result = "allowed",
    via: Via,
) -> Event:
    return Event(
        sequence=0, at=written_moment(datetime.now(UTC)), member=by.member_id, name=by.name, role=by.role,
        organisation=by.organisation, session=by.session, client=by.client, did=did.value,
        about=written_ids(about), query=query, shown=shown, reason="", result=result, via=via, previous="",
    )  # fmt: skip


def query_of(**terms: str) -> str:
    """What was asked, by field, with each term as a keyed digest: `query_of(name=…, born=…)`.

    Case and spaces do not matter; fields left empty are left out.
    """
    return keys.query_of(site_keys(), [(field, term) for field, term in terms.items() if term])


def account_query(member_id: int) -> str:
    """The query of an event that changes an account: the same under a new key."""
    return keys.query_of(site_keys().first, [("account", str(member_id))])


def written_ids(about: Sequence[int]) -> str:
    """Ids as the log keeps them: ",17,42,", each once, smallest first."""
    return f",{','.join(map(str, sorted(set(about))))}," if about else ""


def written_moment(moment: datetime) -> str:
    """A moment as the log keeps it: UTC to the microsecond, so that text sorts as time."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
