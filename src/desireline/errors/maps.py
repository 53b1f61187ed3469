"""Situations in which a map document cannot be used."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.errors.tree import DesirelineError, NotAmong


class MapError(DesirelineError):
    """A map document cannot be used."""


class MapUnreadable(MapError):
    """The file is not YAML, or holds no map."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class FactsUnreadable(MapUnreadable):
    """A file of promised facts, which goes with a map, is not readable or names what the map does not have."""


class MapInvalid(MapError):
    """Records of a map break the schema or name things that do not exist; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.file = file
        self.faults = list(faults)
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{file}: the map was not loaded, {many}:\n" + "\n".join(f"  {fault}" for fault in faults))


class MapUnwritable(MapError):
    """The map cannot be saved; the file is as it was before."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: the map was not saved, and the file is as it was. {why}")


class UnknownRecord(NotAmong, MapError):
    """A change names a record or section that the map does not have."""

    exit_code = 2
    says = "The map has no record {name!r}."
    hint = "`desireline map show` lists the ids."


class UnknownPiece(UnknownRecord):
    """A piece that is to be taken is not in the proposal."""

    says = "The proposal has no piece {name!r}."
    hint = "`desireline map discover` without --accept lists them."


class UnknownTemplate(NotAmong, MapError):
    """No template has this name."""

    exit_code = 2
    says = "No template is called {name!r}."
    hint = "`desireline map templates` lists them all."
