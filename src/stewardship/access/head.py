"""The sealed head: the last event's number and hash, in a file outside the table, so that a cut tail is found."""

import hmac
import json
import os
from dataclasses import dataclass, replace
from pathlib import Path

from stewardship.access.chain import Head
from stewardship.access.keys import AccessLogError, Keys


@dataclass(frozen=True)
class HeadFile:
    """A small file that is replaced whole after each event."""

    path: Path

    def read(self, keys: Keys) -> Head | None:
        """The head; None where there is no file. Raises AccessLogError where it is not as it was sealed."""
        try:
            written = json.loads(self.path.read_text(encoding="ascii"))
            head, seal = Head(int(written["sequence"]), str(written["hash"])), str(written["seal"])
        except FileNotFoundError:
            return None
        except (ValueError, KeyError, TypeError):
            raise AccessLogError(f"{self.path.name} is damaged: it is not what was sealed.") from None
        for age, one in enumerate(keys.seals(_bytes(head), "head")):
            if hmac.compare_digest(one, seal):
                return replace(head, age=age)
        raise AccessLogError(f"{self.path.name} was changed, or was sealed with another key.")

    def write(self, head: Head, keys: Keys) -> None:
        """Replace the head; after a loss of power either the old or the new one is there whole."""
        text = json.dumps(
            {"sequence": head.sequence, "hash": head.hash, "seal": keys.seal(_bytes(head), "head")}
        )
        new = self.path.with_suffix(".new")
        with new.open("w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        new.replace(self.path)


def _bytes(head: Head) -> bytes:
    return f"{head.sequence} {head.hash}".encode()
