"""Files whose import refused rows, kept until they are imported again by a corrected recipe, or discarded.

WORKSPACE/aside/IMPORT/files/         the files
WORKSPACE/aside/IMPORT/               `recipe.yaml`: how they were read; `sources.json`: which is which source
WORKSPACE/aside/replayed.json         {import: the import that took its refused rows up again}
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desireline.disk import put
from desireline.errors import ImportFilesGone

FOLDER = "aside"
HELD = 10  # imports whose files are kept; those of older ones are discarded
_FILES = "files"  # a folder of their own: one of them may be called `sources.json`
_RECIPE, _SOURCES, _REPLAYED = "recipe.yaml", "sources.json", "replayed.json"


@dataclass(frozen=True)
class Aside:
    """The files of one import, by source of its recipe, and the recipe's text."""

    import_id: str
    text: str
    sources: Mapping[str, list[Path]]

    @property
    def files(self) -> list[Path]:
        """All of them."""
        return [file for found in self.sources.values() for file in found]


def put_aside(folder: Path, import_id: str, text: str, sources: Mapping[str, Sequence[Path]]) -> None:
    """The files are moved into the workspace and kept for this import; those of the oldest others are discarded."""
    place = folder / FOLDER / import_id
    (place / _FILES).mkdir(parents=True, exist_ok=True)
    for found in sources.values():
        for file in found:
            shutil.move(file, place / _FILES / file.name)
    (place / _RECIPE).write_text(text, encoding="utf-8")
    named = {source: [f"{_FILES}/{file.name}" for file in found] for source, found in sources.items()}
    (place / _SOURCES).write_text(json.dumps(named), encoding="utf-8")
    for old in sorted(held_aside(folder))[:-HELD]:
        discard(folder, old)


def held_aside(folder: Path) -> set[str]:
    """The imports whose files are kept."""
    return {place.parent.name for place in (folder / FOLDER).glob(f"*/{_SOURCES}")}


def look_aside(folder: Path, import_id: str) -> Aside:
    """What is kept for an import. Raises ImportFilesGone."""
    place = folder / FOLDER / import_id
    try:
        named = json.loads((place / _SOURCES).read_text(encoding="utf-8"))
        text = (place / _RECIPE).read_text(encoding="utf-8")
    except (OSError, ValueError):
        raise ImportFilesGone(import_id) from None
    return Aside(import_id, text, {source: [place / name for name in found] for source, found in named.items()})


def discard(folder: Path, import_id: str) -> None:
    """Nothing is kept for this import any more."""
    shutil.rmtree(folder / FOLDER / import_id, ignore_errors=True)


def replayed(folder: Path) -> dict[str, str]:
    """The imports whose refused rows were taken up again, and by which import."""
    try:
        told = json.loads((folder / FOLDER / _REPLAYED).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(old): str(new) for old, new in told.items()} if isinstance(told, dict) else {}


def mark_replayed(folder: Path, old: str, new: str) -> None:
    """The later import took up again what the earlier one refused."""
    _write(folder, {**replayed(folder), old: new})


def hand_on(folder: Path, old: str, new: str, *, text: str) -> None:
    """What was kept for an import is kept for a later one, which refused some of it again by this recipe."""
    if old in held_aside(folder):  # else somebody discarded it meanwhile
        shutil.move(folder / FOLDER / old, folder / FOLDER / new)
        (folder / FOLDER / new / _RECIPE).write_text(text, encoding="utf-8")


def forget(folder: Path, undone: str) -> None:
    """This import was undone: what it had taken up again waits again, as far as its files are kept."""
    marks = replayed(folder)
    before = [old for old, new in marks.items() if new == undone]
    if before and (folder / FOLDER / undone).exists():
        shutil.move(folder / FOLDER / undone, folder / FOLDER / before[0])
    discard(folder, undone)
    if before:
        _write(folder, {old: new for old, new in marks.items() if new != undone})


def _write(folder: Path, marks: Mapping[str, str]) -> None:
    put(folder / FOLDER / _REPLAYED, lambda half: half.write_text(json.dumps(marks), encoding="utf-8"))
