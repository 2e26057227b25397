"""What the server writes about its own errors: where and of what kind, and nothing that anybody typed or looked at.

The words of an error may hold values (a row that a database refused, text that is no number), and so may an address or
the arguments of other people's log lines. Of those only what stands in source code is written.
"""

import logging
from collections.abc import Iterator
from pathlib import Path
from traceback import walk_tb

OURS = "stewardship"


class QuietFormatter(logging.Formatter):
    """Our own lines whole; of others, the template, the place in the code and the view; of errors, types and places."""

    def format(self, record: logging.LogRecord) -> str:
        """One line, and under it the places that an error came through, outermost first."""
        head = f"{self.formatTime(record)} {record.levelname} {record.name}: {_said(record)}"
        error = record.exc_info[1] if record.exc_info else None
        return "\n".join([head, *_places(error)])


def _said(record: logging.LogRecord) -> str:
    if record.name.split(".")[0] == OURS:
        return record.getMessage()
    template = str(record.msg) if record.args else "(words left out)"
    return f"{template} [{record.module}, line {record.lineno}]{_view(record)}"


def _view(record: logging.LogRecord) -> str:
    """Which view was asked, by its name: the address itself may stand for a person."""
    request = getattr(record, "request", None)
    match = getattr(request, "resolver_match", None)
    return f" {getattr(request, 'method', '')} {match.view_name}" if match else ""


def _places(error: BaseException | None) -> Iterator[str]:
    """Kinds and places of an error and of what it came from, without their words."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield f"  {type(error).__module__}.{type(error).__qualname__}"
        for frame, line in walk_tb(error.__traceback__):
            code = frame.f_code
            yield f"    {'/'.join(Path(code.co_filename).parts[-3:])}, line {line}, in {code.co_name}"
        error = error.__cause__ or error.__context__
