"""Questions of an analyst, asked of the current snapshot; from Python as at the command line.

    from stewardship.ask import count
    count("has(DIABETES) & aged(65)", by="alliance", system="/srv/stewardship", member="a.analyst")

Each question is written to the access log before it is answered. Counts are made fit to be shown one table at a
time: who asks many overlapping questions can learn more than one table tells, which is why only analysts may ask, and
why the log keeps what they asked.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from stewardship.analysis.counting import Group, check_by, count_groups
from stewardship.analysis.names import names
from stewardship.measures.coverage import Coverage
from stewardship.measures.measure import people
from stewardship.measures.published import Published
from stewardship.people.expressions import Answer
from stewardship.people.said import said
from stewardship.people.written import written
from stewardship.permissions import ASK_COUNTS, SEE_EXACT_COUNTS, Permission
from stewardship.records.engines import EngineError, why
from stewardship.records.manifest import read_about
from stewardship.records.opened import Records
from stewardship.records.snapshot import latest_snapshot
from stewardship.site import serve as site
from stewardship.system.opened import open_system
from stewardship.system.rulings import PLANNING
from stewardship.system.seen_records import records_for
from stewardship.system.settings import System

CONTROLLED = (
    "Counts of 1 to 7 are hidden and others rounded to 5; more is hidden where sums would give a count away."
)
EXACT = "Exact counts, for de-identified work only: not for anybody else, and not to be published."


class AskError(Exception):
    """A question that is not answered; the message says why and what to do."""


@dataclass(frozen=True)
class Count:
    """An answer.

    question: the expression in plain words. groups: everyone first, then each group of `by`. control: how the counts
    were made fit to be shown. missing: why there is no answer, in words; groups is then empty.
    """

    question: str
    by: str
    groups: tuple[Group, ...]
    as_of: date
    snapshot: str
    control: str
    missing: str = ""


def count(
    expression: str | Answer, *, member: str, by: str = "", system: str | Path = ".", exact: bool = False
) -> Count:
    """How many residents an expression holds for on the day that the current snapshot's figures stand at.

    member: user name of who asks; they must hold a role that may. by: what to tell residents apart by, such as
    "alliance" or "age band". exact: without disclosure control, for de-identified work. Raises ExpressionError for
    what is no question, AskError where the member may not ask, GateError where the records may not be seen, and
    AccessLogError where the question cannot be logged.
    """
    opened = open_system(Path(system))
    who = expression if isinstance(expression, Answer) else written(expression, names(opened.code_lists))
    by = check_by(by)
    question = said(who)
    log = _Log.of(opened, member, f"{question}{f', by {by}' if by else ''}{', exact' if exact else ''}")
    log.need(SEE_EXACT_COUNTS if exact else ASK_COUNTS)
    folder = latest_snapshot(opened.workspace)
    as_of = Published(folder / "results").snapshot.as_of
    with _records(_as_stated(opened, folder), folder) as records:
        missing = Coverage(records).missing(people("asked", who=who, who_in_words="residents"))
        groups = [] if missing else count_groups(records, who, by, as_of, exact=exact)
    log.answered(len(groups))
    return Count(
        question,
        by,
        tuple(groups),
        as_of,
        folder.name,
        EXACT if exact else CONTROLLED,
        str(missing or ""),
    )


def _as_stated(system: System, snapshot: Path) -> System:
    """The system, with the basis on which its data are anonymised as the build stated it, if not the settings."""
    about = read_about(snapshot / "records")
    at_build = about.ruled.anonymised if about and about.ruled else ""
    return replace(system, anonymised=system.anonymised or at_build)


@contextmanager
def _records(system: System, snapshot: Path) -> Iterator[Records]:
    """The snapshot's records as far as planning may see them."""
    try:
        with records_for(system, snapshot, PLANNING, today=datetime.now(UTC).date()) as records:
            yield records
    except EngineError as error:
        raise AskError(f"The count stopped: {why(error)}.") from None


@dataclass(frozen=True)
class _Log:
    """One question in the access log. The question itself is kept so that only the log's key opens it."""

    member: Any
    question: str

    @classmethod
    def of(cls, system: System, username: str, question: str) -> "_Log":
        site.migrate(system.workspace)
        from stewardship.site.models import Member  # Django's models load only after migrate
        from stewardship.site.standing import refusal

        found = Member.objects.filter(username=username).first()
        if found is None:
            raise AskError(f"There is no member called {username or '(nobody was named)'}: say who asks.")
        if why := refusal(found, datetime.now(UTC)):
            raise AskError(f"{username} may not ask. {why}")
        return cls(found, question)

    def need(self, permission: Permission) -> None:
        """Refuse a member none of whose roles has the permission, and log that."""
        if not any(permission in role.may for role in self._roles()):
            self._record("refused", None)
            raise AskError(
                f"{self.member.username} holds no role that may {permission.words}. "
                "An administrator gives the role of an analyst to who works on de-identified residents."
            )

    def answered(self, groups: int) -> None:
        self._record("allowed", groups)

    def _roles(self) -> list[Any]:
        return list(self.member.roles)

    def _record(self, result: Any, shown: int | None) -> None:
        from stewardship.access.log import Action, command_line_actor, record

        role = next((role.key for role in self._roles() if ASK_COUNTS in role.may), "")
        actor = replace(command_line_actor(self.member.pk), role=role or "command line")
        record(by=actor, did=Action.COUNT, shown=shown, reason=self.question, result=result, via="command")
