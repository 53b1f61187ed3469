"""Refused rows taken up again: which files are read once more, by which recipe, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desireline.errors import RecipeMismatch
from desireline.kept.aside import look_aside
from desireline.lake.commit import ImportCounts
from desireline.proposals import places_by_source
from desireline.recipes.files import check_sources, read_recipe
from desireline.recipes.records import Recipe


@dataclass(frozen=True)
class Replay:
    """Files of an import, by source of a corrected recipe, and that recipe's text.

    `of_kept`: they are those that the workspace keeps, else files that somebody named.
    """

    import_id: str
    recipe: Recipe
    text: str
    sources: Mapping[str, Sequence[Any]]
    of_kept: bool

    @classmethod
    def of(
        cls, folder: Path, import_id: str, text: str, files: Sequence[str | Path] = (), *, name: str = "the recipe"
    ) -> Replay:
        """The import's files that are kept in the workspace, or `files` where they are not, read by this recipe.

        `name` is what errors call it. Raises RecipeError, and ImportFilesGone where no file is kept or given.
        """
        held = None if files else look_aside(folder, import_id)
        recipe = read_recipe(text, name)
        sources = sources_of(recipe, held.files, held.sources) if held else places_by_source(recipe, files)
        return cls(import_id, recipe, text, sources, held is not None)

    @property
    def files(self) -> list[str]:
        """The names of all files."""
        return [Path(file).name for found in self.sources.values() for file in found]


@dataclass(frozen=True)
class Replayed:
    """What came of it; without an import's id it was a dry run. `recipe`: the name under which that is kept."""

    counts: ImportCounts
    import_id: str | None = None
    recipe: str | None = None


def sources_of(recipe: Recipe, files: Sequence[Path], before: Mapping[str, Sequence[Any]]) -> dict[str, list[Any]]:
    """Which file is which source: by name, or as before where names do not tell. Raises RecipeMismatch."""
    try:
        return places_by_source(recipe, files)
    except RecipeMismatch:
        if not before:
            raise
        check_sources(recipe, list(before))
        return {source: list(found) for source, found in before.items()}
