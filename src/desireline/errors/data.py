"""Situations in which recipes, sources, the lake or the trace cannot be used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desireline.errors.tree import DesirelineError, NotAmong


class RecipeError(DesirelineError):
    """A recipe cannot be used."""


class RecipeUnreadable(RecipeError):
    """The file is not YAML, or holds no recipe."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class RecipeInvalid(RecipeError):
    """A recipe breaks its schema; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(f"{file}: the recipe was not loaded:\n" + "\n".join(f"  {fault}" for fault in faults))


class RecipeMismatch(RecipeError):
    """The recipe names columns or files that the input does not have."""


class UnknownColumn(NotAmong, RecipeError):
    """A call names a column that no file has."""

    exit_code = 2
    says = "No file has a column {name!r}."
    hint = "Columns: {all}."
    if_none = "It has none at all."


class UnknownVendor(NotAmong, RecipeError):
    """No recipe of this name comes with Desireline."""

    exit_code = 2
    says = "No recipe called {name!r} comes with Desireline."
    hint = "`desireline recipe vendors` lists them."


class UnknownShape(RecipeError):
    """Files are given without a recipe, and are not shaped like an export of a known vendor."""

    exit_code = 2

    def __init__(self, files: Sequence[str], known: Iterable[str]) -> None:
        super().__init__(
            f"No known export looks like {', '.join(files)}. Known: {', '.join(known)}; "
            "files are told by their columns. "
            f"For files of any other shape: desireline recipe suggest {' '.join(files)} -o my.recipe.yaml, "
            "then import them with -r my.recipe.yaml."
        )


class AmbiguousInput(RecipeError):
    """The input can be read in two ways; a person has to say which."""

    exit_code = 2


class SourceError(DesirelineError):
    """A source cannot be read at all. Single bad rows are refused and kept instead."""


class SourceMissing(SourceError):
    """There is no such file."""

    exit_code = 2

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no file at {path}. Check the spelling, or quote a pattern with * in it.")


class SourceUnreadable(SourceError):
    """The file exists but its format or encoding cannot be read."""


class SourceEmpty(SourceError):
    """The file holds no rows."""


class SourceUnsafe(SourceError):
    """The file is built to exhaust the reader: a bomb, an entity trick, an endless line."""


class LakeError(DesirelineError):
    """The lake cannot be read or written."""


class WorkspaceMissing(LakeError):
    """There is no workspace here."""

    exit_code = 2

    def __init__(self, folder: object) -> None:
        where = "in this folder" if str(folder) == "." else f"at {folder}"
        super().__init__(f"No workspace {where}. `desireline init {folder}` makes one.")


class NoEvents(LakeError):
    """There is nothing to ask about yet."""

    def __init__(self) -> None:
        super().__init__("There are no events in this workspace yet: `desireline import` brings them in.")


class LakeBusy(LakeError):
    """Another import is writing to this workspace."""


class NothingToUndo(LakeError):
    """An import cannot be taken back."""

    def __init__(self, why: str) -> None:
        super().__init__(f"This import cannot be undone. {why} Only the last import can, until the next one begins.")


class LakeDamaged(LakeError):
    """Files of the lake are missing, torn, or written by a newer Desireline."""


class LakeUnwritable(LakeError):
    """The disk is full, or the folder may not be written. The lake is as it was before."""


class TraceError(DesirelineError):
    """The kept trace cannot be used. It is derived: it can always be made again."""


class TraceDamaged(TraceError):
    """The trace is missing, torn, or made by another version or from other data; `reason` says which.

    `reason` is one of `missing`, `torn`, `version`, `inputs`.
    """

    def __init__(self, reason: str, what: str) -> None:
        self.reason = reason
        super().__init__(f"{what}. The trace has to be made again; nothing is lost by that.")


class TraceUnwritable(TraceError):
    """The disk is full, or the folder may not be written. The trace is as it was before."""


class TraceInputUnusable(TraceError):
    """A column has values of a kind that a trace cannot hold."""

    exit_code = 2
