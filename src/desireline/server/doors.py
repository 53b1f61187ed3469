"""Where a workspace begins: with the demo company, or with files of one's own that become a proposed map.

A proposal changes nothing. Its files wait (`server.uploads`) until somebody accepts it: then they are brought into the
lake, and the pieces that were taken become a map.
"""

from __future__ import annotations

import json
import logging
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desireline.errors import (
    AmbiguousInput,
    DataUnclear,
    LakeUnwritable,
    ProposalGone,
    RecipeError,
    UnknownDocument,
    WorkspaceMissing,
)
from desireline.server.answers import DataAnswers
from desireline.server.files import begin, slug
from desireline.server.uploads import Upload

if TYPE_CHECKING:
    from desireline.lake.commit import ImportCounts
    from desireline.recipes.records import Recipe
    from desireline.recipes.suggest import Suggestion
    from desireline.server.desk import Desk
    from desireline.server.jobs import Progress

log = logging.getLogger("desireline.faults")

# What reads and draws data is loaded when a door is opened: a server that only holds maps does without.

SHOWN = "demo.json"  # says which map shows the demo company in this workspace
OWN_DATA = (
    "This workspace holds data of its own, and the demo company would be mixed with it. "
    "Give it a folder for itself: desireline demo --into demo, then desireline serve -w demo/workspace."
)
DEMO_DATA = (
    "This workspace holds the demo company, and your data would be mixed with it. "
    "Give your data a workspace for itself: desireline serve -w my-workspace."
)


def show_demo(desk: Desk, *, by: str, customers: int = 4000) -> Callable[[Progress], dict[str, Any]]:
    """Work for a job: the demo company is in the workspace, and its map among the maps. Does nothing twice."""

    def work(progress: Progress) -> dict[str, Any]:
        with desk.uploads.entering:
            return shown(progress)

    def shown(progress: Progress) -> dict[str, Any]:
        held = demo_map(desk)
        if held is not None:
            return {"map_id": held, "there": True}
        if events_in(desk.folder):
            raise DataUnclear(OWN_DATA)
        from desireline.demo.company import build_demo  # noqa: PLC0415
        from desireline.workspace import Workspace  # noqa: PLC0415

        with tempfile.TemporaryDirectory() as folder:
            progress("Generating the company", 0.05)
            company = build_demo(folder, customers=customers)
            step = steps(progress, 0.2, 0.9)
            Workspace.create(desk.folder).import_files(company.recipe, company.sources, step=step)
            progress("Putting its map on the table", 0.95)
            text = company.map.read_text(encoding="utf-8")
        made = begin(desk.documents, desk.shelf, text, by=by, at=desk.clock())
        mark_demo(desk.folder, made.id)
        return {"map_id": made.id, "there": False}

    return work


def demo_map(desk: Desk) -> str | None:
    """The map that shows the demo company in this workspace."""
    try:
        id_ = str(json.loads((desk.folder / SHOWN).read_text(encoding="utf-8"))["map"])
        return desk.documents.get(id_).id
    except (OSError, ValueError, KeyError, UnknownDocument):
        return None


def mark_demo(folder: Path, map_id: str) -> None:
    """From now on this map shows the demo company in the workspace."""
    (folder / SHOWN).write_text(json.dumps({"map": map_id}), encoding="utf-8")


def propose(desk: Desk, upload: Upload, answers: DataAnswers) -> Callable[[Progress], dict[str, Any]]:
    """Work for a job: a map is proposed from the files, or what they leave open is asked."""

    def work(progress: Progress) -> dict[str, Any]:
        with upload.working:
            desk.uploads.get(upload.id)  # it may have been accepted meanwhile
            return proposed(progress)

    def proposed(progress: Progress) -> dict[str, Any]:
        _check_apart(desk.folder)
        from desireline.discovery.draft import draw_map  # noqa: PLC0415
        from desireline.workspace import Workspace  # noqa: PLC0415

        progress("Looking at the files", 0.05)
        asked = _read(desk.folder, upload, answers)
        if asked is not None:
            return asked
        place = upload.folder / "workspace"
        shutil.rmtree(place, ignore_errors=True)
        draft_of = Workspace.create(place)
        counts = draft_of.import_files(upload.recipe, upload.sources, step=steps(progress, 0.1, 0.6))
        if not counts.events:
            raise DataUnclear(
                f"No event was found in {_named(upload.files)}, so there is no journey to draw: "
                f"{counts.refused:,} of {counts.read:,} rows were refused. "
                "A journey needs who, what and when in each row."
            )
        seen = draft_of.see(step=steps(progress, 0.6, 0.9))
        progress("Drawing", 0.9)
        upload.draft = draw_map(seen.sequences, seen.cut)
        told = {"read": counts.read, "refused": counts.refused, "events": counts.events}
        return {
            "upload": upload.id,
            "questions": [],
            "counts": told,
            "unused": list(upload.unused),
            "proposal": _plain(upload.draft.as_json()),
        }

    return work


def accept(
    desk: Desk, upload: Upload, pieces: Sequence[str] | None, *, title: str, success: str = "", by: str
) -> Callable[[Progress], dict[str, Any]]:
    """Work for a job: the files are in the lake, and the pieces are a map. Raises UnknownPiece, ProposalGone."""
    draft = upload.draft
    if draft is None:
        raise ProposalGone
    from desireline.maps.files import map_text  # noqa: PLC0415

    draft = draft.with_success(success) if success else draft
    name = title or "Discovered journey"
    text = map_text(draft.map(pieces, id=slug(name), title=name))

    def work(progress: Progress) -> dict[str, Any]:
        with upload.working, desk.uploads.entering:
            return accepted(progress)

    def accepted(progress: Progress) -> dict[str, Any]:
        from desireline.workspace import Workspace  # noqa: PLC0415

        desk.uploads.get(upload.id)  # nobody accepts twice what waits once
        _check_apart(desk.folder)
        step = steps(progress, 0.05, 0.9)
        import_id, counts = Workspace.create(desk.folder).bring(upload.recipe, upload.sources, step=step)
        note_import(desk, import_id, counts, by=by, files=[file.name for file in upload.files])
        keep_read(desk.folder, upload, import_id, refused=counts.refused)
        made = begin(desk.documents, desk.shelf, text, by=by, at=desk.clock())
        desk.uploads.let_go(upload.id)
        return {"map_id": made.id, "accepted": counts.accepted, "refused": counts.refused}

    return work


def note_import(desk: Desk, made: str, counts: ImportCounts, *, by: str, files: Sequence[str]) -> None:
    """The audit says who made an import."""
    numbers = {"accepted": counts.accepted, "refused": counts.refused}
    desk.audit.add(by, "data.imported", at=desk.clock(), files=", ".join(files[:5]), **{"import": made}, **numbers)


def keep_read(folder: Path, upload: Upload, import_id: str, *, refused: int) -> str | None:
    """The recipe is there for the next files, under the name that is told; the files, where rows of them were refused.

    That of a vendor comes with Desireline and is not kept. The import is through by now: what the disk does not take
    any more is told to the log, and is not there.
    """
    from desireline.kept.aside import put_aside  # noqa: PLC0415
    from desireline.kept.recipes import keep_recipe  # noqa: PLC0415

    kept = None
    try:
        if upload.how != "vendor":
            kept = keep_recipe(folder, upload.recipe.recipe, upload.text)
        if refused:
            sources = {source: [Path(file) for file in found] for source, found in upload.sources.items()}
            put_aside(folder, import_id, upload.text, sources)
    except (LakeUnwritable, OSError) as fault:
        log.warning("of the import %s, its recipe or its refused files could not be kept: %s", import_id, fault)
    return kept


def _read(folder: Path, upload: Upload, answers: DataAnswers) -> dict[str, Any] | None:
    """Know how to read the files; else what has to be asked first."""
    from desireline.kept.recipes import free_name  # noqa: PLC0415
    from desireline.proposals import places_by_source, recognise_files  # noqa: PLC0415
    from desireline.recipes.records import Recipe  # noqa: PLC0415
    from desireline.recipes.suggest import to_yaml  # noqa: PLC0415

    try:
        known = recognise_files(upload.files)
    except (RecipeError, AmbiguousInput):
        known = None
    if known is not None:
        upload.how, upload.recipe, upload.text = "vendor", known.recipe, vendor_text(known.recipe)
        upload.sources = known.sources
        return None
    found = suggested(upload, answers)
    if found.questions:
        asked = [_plain(vars(question)) for question in found.questions]
        return {"upload": upload.id, "questions": asked, "counts": None, "proposal": None}
    found.recipe["recipe"] = free_name(folder, upload.files)
    upload.recipe, upload.text = Recipe.model_validate(found.recipe), to_yaml(found)
    upload.unused = found.unused
    upload.sources = places_by_source(upload.recipe, upload.files)
    return None


def suggested(upload: Upload, answers: DataAnswers) -> Suggestion:
    """The recipe that fits the files, by all that was said. What cannot be is not kept. Raises UnknownColumn."""
    from desireline.proposals import suggest_recipe  # noqa: PLC0415

    said = upload.answers.and_then(answers)
    found = suggest_recipe(upload.files, **dict(said))
    upload.answers = said
    return found


def vendor_text(recipe: Recipe) -> str:
    """The text of a recipe that was fitted to a vendor's files."""
    from desireline.recipes.files import recipe_text  # noqa: PLC0415

    return recipe_text(recipe.model_dump(mode="json", by_alias=True, exclude_unset=True))


def _check_apart(folder: Path) -> None:
    """The workspace does not hold the demo company. Raises DataUnclear."""
    if (folder / SHOWN).exists() and events_in(folder):
        raise DataUnclear(DEMO_DATA)


def events_in(folder: Path) -> int:
    """How many events the workspace holds."""
    from desireline.workspace import Workspace  # noqa: PLC0415

    try:
        return int(Workspace.open(folder).examine()["counts"]["events"])
    except WorkspaceMissing:
        return 0


def steps(progress: Progress, low: float, high: float) -> Callable[[str, int, int], None]:
    """A workspace's steps as the progress of a job, between two shares of the whole."""

    def step(what: str, done: int, of: int) -> None:
        progress(what, low + (high - low) * (done / of if of else 0.0))

    return step


def _named(files: Sequence[Path]) -> str:
    return ", ".join(file.name for file in files[:3]) + (" …" if len(files) > 3 else "")


def _plain(value: Any) -> Any:
    """The value as JSON has it."""
    return json.loads(json.dumps(value, default=str))
