"""Files and tables that somebody hands in, and that cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.errors.tree import DesirelineError


class EffortsUnreadable(DesirelineError):
    """A file of efforts is not YAML, or holds something else than numbers."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} cannot be read as efforts: {why}. Write lines such as: late@delivery: 3")


class KnownFindingsUnreadable(DesirelineError):
    """A file of known findings cannot be used."""

    def __init__(self, file: object, why: str) -> None:
        super().__init__(
            f"{file}: the known findings cannot be read: {why}. `desireline check --write-known` writes one."
        )


class FormulaUnclear(DesirelineError):
    """An own formula for ranking opportunities cannot be worked out."""

    exit_code = 2

    def __init__(self, formula: str, why: str) -> None:
        super().__init__(
            f"The formula cannot be worked out at {formula!r}: {why}. Write, for example, lost * confidence / effort."
        )


class TopicsUnreadable(DesirelineError):
    """The file is not YAML, or holds no topics."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class TopicsInvalid(DesirelineError):
    """A topics file breaks its schema; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(f"{file}: the topics were not loaded:\n" + "\n".join(f"  {fault}" for fault in faults))


class TooFewRatings(DesirelineError):
    """A reader cannot learn from so few rated comments."""

    def __init__(self, high: int, low: int, least: int) -> None:
        super().__init__(
            f"To learn from your own ratings, each half of the comments needs {least} rated high and {least} rated "
            f"low; there are {high} high and {low} low in the smaller ones. Import more rated comments, or read "
            "without them."
        )


class OwnReaderUnreadable(DesirelineError):
    """A file holds no reader that was learned from own ratings, or one that cannot be used here."""

    def __init__(self, file: object, why: str) -> None:
        super().__init__(f"{file}: the reader cannot be used. {why} Let it learn again from your rated comments.")


class VerdictInputUnusable(DesirelineError):
    """What is handed in for a verdict lacks a column, or contradicts itself."""

    exit_code = 2
