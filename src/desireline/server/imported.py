"""Files into a workspace that is there: read as a proposal first, told in numbers, then imported; and taken up again.

A reading changes nothing. Its files wait (`server.uploads`) until somebody imports them or lets them go.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.errors import AmbiguousInput, DataUnclear, DesirelineError, ProposalGone, RecipeError
from desireline.kept.aside import held_aside, look_aside
from desireline.kept.recipes import free_name, readable_recipes
from desireline.proposals import places_by_source, preview_recipe, recognise_files
from desireline.recipes.corrections import parts_of
from desireline.recipes.files import read_recipe
from desireline.recipes.records import Recipe
from desireline.recipes.suggest import to_yaml
from desireline.server.answers import DataAnswers
from desireline.server.doors import DEMO_DATA, SHOWN, events_in, keep_read, note_import, steps, suggested, vendor_text
from desireline.server.uploads import Upload
from desireline.sources.delimited import tell_delimiter
from desireline.sources.read import tell_kind
from desireline.workspace import Workspace
from desireline.workspace.replay import Replay, sources_of

if TYPE_CHECKING:
    import polars as pl

    from desireline.lake.commit import ImportCounts
    from desireline.server.desk import Desk
    from desireline.server.jobs import Progress

SHOWN_ROWS = 50
HIDDEN = ("part", "event_id", "feedback_id")  # columns that the lake keeps for itself
Work = Callable[["Progress"], dict[str, Any]]


def read_upload(desk: Desk, upload: Upload, answers: DataAnswers, text: str | None = None) -> Work:
    """Work for a job: how the files would be read, the first rows as they would be understood, and all in numbers.

    `text` is a recipe that a person wrote or corrected. Where the files leave something open, that is asked instead.
    """

    def work(progress: Progress) -> dict[str, Any]:
        with upload.working:
            desk.uploads.get(upload.id)  # they may have been imported meanwhile
            progress("Looking at the files", 0.05)
            told: dict[str, Any] = {"upload": upload.id, "files": [_looked_at(file) for file in upload.files]}
            found = _choose(desk.folder, upload, answers, text)
            if found.get("questions"):
                return {**told, **found}
            shown = preview_recipe(upload.recipe, upload.sources, keep=SHOWN_ROWS)
            counts = _dry_run(desk, upload, steps(progress, 0.15, 0.95))
            tables = {name: _plain_table(frame) for name, frame in shown.kept.items()}
            return {**told, **found, "questions": [], "preview": tables, "counts": _counted(counts)}

    return work


def import_upload(desk: Desk, upload: Upload, *, by: str) -> Work:
    """Work for a job: the files are in the lake, whole or not at all. Result: import_id, counts, aside, recipe."""
    if upload.recipe is None:
        raise ProposalGone

    def work(progress: Progress) -> dict[str, Any]:
        with upload.working, desk.uploads.entering:
            desk.uploads.get(upload.id)  # nobody imports twice what waits once
            shop = Workspace.create(desk.folder)
            made, counts = shop.bring(upload.recipe, upload.sources, step=steps(progress, 0.05, 0.95))
            note_import(desk, made, counts, by=by, files=[file.name for file in upload.files])
            kept = keep_read(desk.folder, upload, made, refused=counts.refused)
            desk.uploads.let_go(upload.id)
            aside = made in held_aside(desk.folder)
            return {"import_id": made, "counts": _counted(counts), "aside": aside, "recipe": kept}

    return work


def replay(desk: Desk, again: Replay, *, by: str, dry_run: bool) -> Work:
    """Work for a job: the files are read again; rows that the lake knows stay as they are. Result as of an import."""

    def work(progress: Progress) -> dict[str, Any]:
        with desk.uploads.entering:
            look_aside(desk.folder, again.import_id)  # nobody takes up twice what waits once
            shop, step = Workspace.create(desk.folder), steps(progress, 0.05, 0.95)
            found = shop.replay(again, dry_run=dry_run, step=step)
            aside = dry_run or bool(found.counts.refused)
            if not dry_run:
                note_import(desk, found.import_id or "", found.counts, by=by, files=again.files)
            told = {"import_id": found.import_id, "aside": aside, "recipe": found.recipe}
            return told | {"counts": _counted(found.counts)}

    return work


def _choose(folder: Path, upload: Upload, answers: DataAnswers, text: str | None) -> dict[str, Any]:
    """The upload knows how its files are read; told: how that is known, the recipe's text, reasons, questions."""
    demo = (folder / SHOWN).exists() and events_in(folder) > 0
    if text is not None:
        recipe = read_recipe(text, "the recipe")
        return _take(upload, "yours", recipe, text, sources=sources_of(recipe, upload.files, upload.sources or {}))
    for name, recipe, written in readable_recipes(folder, demo=demo):
        try:
            sources = places_by_source(recipe, upload.files)
            preview_recipe(recipe, upload.files, keep=1)
        except DesirelineError:
            continue
        return _take(upload, "kept", recipe, written, sources=sources, name=name)
    if demo:
        raise DataUnclear(DEMO_DATA)
    try:
        known = recognise_files(upload.files)
    except (RecipeError, AmbiguousInput):
        return _suggested(folder, upload, answers)
    text = vendor_text(known.recipe)
    return _take(upload, "vendor", known.recipe, text, sources=known.sources, name=known.vendor)


def _suggested(folder: Path, upload: Upload, answers: DataAnswers) -> dict[str, Any]:
    found = suggested(upload, answers)
    reasons = [vars(reason) for reason in found.reasons]
    if found.questions:
        asked = [{**vars(question), "choices": list(question.choices)} for question in found.questions]
        return {"how": "suggested", "questions": asked, "reasons": reasons}
    found.recipe["recipe"] = free_name(folder, upload.files)
    recipe = Recipe.model_validate(found.recipe)
    told = _take(upload, "suggested", recipe, to_yaml(found), sources=places_by_source(recipe, upload.files))
    return {**told, "reasons": reasons, "unused": list(found.unused)}


def _take(
    upload: Upload, how: str, recipe: Recipe, text: str, *, sources: Mapping[str, Sequence[Any]], name: str = ""
) -> dict[str, Any]:
    upload.how, upload.recipe, upload.text = how, recipe, text
    upload.sources = {source: [str(file) for file in found] for source, found in sources.items()}
    read = {
        source: {"files": [Path(file).name for file in found]}
        | recipe.sources[source].model_dump(include={"encoding", "delimiter"}, exclude_none=True)
        for source, found in upload.sources.items()
    }
    told = {"how": how, "name": name or recipe.recipe, "recipe": text, "reasons": [], "unused": []}
    return told | {"parts": parts_of(recipe), "sources": read}


def _dry_run(desk: Desk, upload: Upload, step: Callable[[str, int, int], None]) -> ImportCounts:
    """What an import would bring, told without changing anything; no workspace is begun for it."""
    there = (desk.folder / "lake").exists()
    with desk.uploads.entering:
        shop = Workspace.open(desk.folder) if there else Workspace.create(upload.folder / "workspace")
        return shop.import_files(upload.recipe, upload.sources, dry_run=True, step=step)


def _counted(counts: ImportCounts) -> dict[str, Any]:
    return {**vars(counts), "reasons": dict(counts.reasons), "notes": list(counts.notes)}


def _looked_at(file: Path) -> dict[str, Any]:
    """What kind of file it is; the encoding and the delimiter of text that is cut into cells."""
    try:
        kind = str(tell_kind(file))
        encoding, delimiter = tell_delimiter(file) if kind == "delimited" else (None, None)
    except DesirelineError:  # reading it says so in words
        return {"name": file.name, "kind": "", "encoding": None, "delimiter": None}
    return {"name": file.name, "kind": kind, "encoding": encoding, "delimiter": delimiter}


def _plain_table(frame: pl.DataFrame) -> dict[str, Any]:
    """The columns that say something, every cell as text."""
    cells = {name: [_cell(value) for value in frame[name]] for name in frame.columns if name not in HIDDEN}
    full = {name: column for name, column in cells.items() if set(column) - {"", "{}"}}
    return {"columns": list(full), "rows": list(map(list, zip(*full.values(), strict=True)))}


def _cell(value: object) -> str:
    return "" if value is None else value.isoformat(" ") if isinstance(value, datetime) else str(value)
