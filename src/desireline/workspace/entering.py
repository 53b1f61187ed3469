"""What comes into a workspace, is taken up again, or is taken back, as use cases of a workspace."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from desireline.errors import ImportGone
from desireline.kept.aside import discard, forget, hand_on, held_aside, mark_replayed, replayed
from desireline.kept.holdings import imports
from desireline.kept.recipes import keep_recipe
from desireline.lake.commit import ImportCounts, commit
from desireline.lake.staging import Staging
from desireline.lake.undo import undo_last
from desireline.pipeline.bringing import File, Step, bring_in, silent
from desireline.proposals import file_name, places_by_source
from desireline.recipes.files import load_recipe
from desireline.recipes.records import Recipe
from desireline.sources.read import read
from desireline.workspace.held import Held
from desireline.workspace.replay import Replay, Replayed


class Entering(Held):
    """Imports: made, made again by a corrected recipe, and undone."""

    def import_files(
        self,
        recipe: str | Path | Recipe,
        files: Sequence[str | Path] | Mapping[str, Any],
        *,
        dry_run: bool = False,
        step: Step = silent,
    ) -> ImportCounts:
        """The files' rows are in the lake, whole or not at all; with `dry_run` only counted.

        `files` are paths, matched with the recipe's sources by name; or frames by source name (anything that
        narwhals or the Arrow C stream interface reads). Raises RecipeError, SourceError, LakeError.
        """
        return self.bring(recipe, files, dry_run=dry_run, step=step)[1]

    def bring(
        self,
        recipe: str | Path | Recipe,
        files: Sequence[str | Path] | Mapping[str, Any],
        *,
        dry_run: bool = False,
        step: Step = silent,
    ) -> tuple[str, ImportCounts]:
        """As `import_files`, with the id of this very import: by now another program may have made a later one."""
        loaded = recipe if isinstance(recipe, Recipe) else load_recipe(recipe)
        places = places_by_source(loaded, files)
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{uuid4().hex[:8]}"
        with Staging(self._lake, name) as staging:
            numbered = {
                source: [File(place, file_name(place), _add_file(staging, place)) for place in found]
                for source, found in places.items()
            }
            notes = bring_in(loaded, numbered, staging, read=read, step=step)
            counts = commit(
                staging,
                at=datetime.now(UTC),
                recipe=loaded.recipe,
                dry_run=dry_run,
                progress=lambda done, of: step("Writing the lake", done, of),
            )
        return name, replace(counts, notes=notes)

    def imports(self) -> list[dict[str, Any]]:
        """All imports as plain data, the newest first; see `kept.holdings`.

        `undoable`: it can be taken back; `aside`: its files are kept to be read again; `replayed`: the import that took
        its refused rows up, or None.
        """
        found, aside = imports(self._lake.current()), held_aside(self.folder)
        there = {one["id"] for one in found}  # an undo that was killed halfway leaves a mark of an import that is gone
        taken = {old: new for old, new in replayed(self.folder).items() if new in there}
        return [
            one | {"undoable": number == 0, "aside": one["id"] in aside, "replayed": taken.get(one["id"])}
            for number, one in enumerate(found)
        ]

    def one_import(self, import_id: str) -> dict[str, Any]:
        """One of `imports`. Raises ImportGone."""
        for one in self.imports():
            if one["id"] == import_id:
                return one
        raise ImportGone(import_id)

    def import_ids(self) -> list[str]:
        """The ids of all imports, the newest last."""
        return self._lake.current().imports()["import_id"].to_list()

    def replay(self, again: Replay, *, dry_run: bool = False, step: Step = silent) -> Replayed:
        """The files are read again: rows that are known stay, refused ones get a new chance; `dry_run` only counts.

        The recipe is kept for the next files of the same names. Raises ImportGone, and what `import_files` raises.
        """
        self.one_import(again.import_id)
        made, counts = self.bring(again.recipe, again.sources, dry_run=dry_run, step=step)
        if dry_run:
            return Replayed(counts)
        name = keep_recipe(self.folder, again.recipe.recipe, again.text)
        mark_replayed(self.folder, again.import_id, made)
        if again.of_kept and counts.refused:
            hand_on(self.folder, again.import_id, made, text=again.text)
        elif again.of_kept:
            discard(self.folder, again.import_id)
        return Replayed(counts, made, name)

    def undo_import(self, import_id: str, *, dry_run: bool = False) -> dict[str, Any]:
        """The workspace is as it was before its last import, which this must be; told as `imports` tells it.

        With `dry_run` nothing changes. Raises ImportGone, NothingToUndo, LakeError.
        """
        found = self.one_import(import_id)
        undo_last(self._lake, import_id, dry_run=dry_run)
        if not dry_run:
            forget(self.folder, import_id)
        return found


def _add_file(staging: Staging, place: Any) -> int:
    is_file = isinstance(place, str | Path) and Path(place).is_file()
    return staging.add_file(file_name(place), path=Path(place) if is_file else None)
