"""What was made of one file of published waits: its sound rows, and those that were set aside."""

from dataclasses import dataclass, field

from stewardship.records.cancer_waits.figures import Group, PublishedWait


@dataclass(frozen=True)
class Fault:
    """A row set aside. sheet: empty where the file has none. column: as the file calls it, empty for the whole row."""

    file: str
    sheet: str
    row: int
    column: str
    reason: str

    @property
    def where(self) -> str:
        """Where the row stands, for the data manager."""
        parts = (
            self.sheet and f"sheet {self.sheet}",
            f"row {self.row:,}",
            self.column and f"column {self.column}",
        )
        return ", ".join(filter(None, parts))


@dataclass
class Read:
    """One file. rows: how many there were. whole: whether it is of all of England, as a national workbook is.
    lacking, unread: sheets that it lacks, and those that nothing is read from."""

    file: str
    whole: bool = False
    rows: int = 0
    lacking: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    waits: list[PublishedWait] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    _groups: set[Group] = field(default_factory=set)

    def add(self, wait: PublishedWait, sheet: str, row: int) -> None:
        """Take a sound row, or set it aside where the file has its organisation and group already."""
        if wait.group in self._groups:
            self.faults.append(Fault(self.file, sheet, row, "", "the row is there twice: the first is kept"))
            return
        self._groups.add(wait.group)
        self.waits.append(wait)
