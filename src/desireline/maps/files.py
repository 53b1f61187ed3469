"""Map files: read whole or not at all, changed only in the lines that differ, and never left broken.

load_map(path)            the map, or an error that lists every fault with its line
MapFile.open(path)        the file to be edited: .map, .set, .add, .remove, .save
write_map(map, path)      a new file
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from desireline.errors import MapInvalid, MapUnreadable, MapUnwritable, UnknownRecord
from desireline.maps.emit import ONE_LINERS, block, plain
from desireline.maps.faults import fault_at, model_faults
from desireline.maps.ids import DERIVED, records_of, with_ids
from desireline.maps.records import SECTIONS, Map
from desireline.maps.references import reference_faults
from desireline.maps.splice import respliced
from desireline.maps.written import MAX_BYTES, Place, Written, read_text, read_yaml

HEADER = (
    "# A customer journey map. Look it over with: desireline map check FILE",
    "# Lines that begin with # are notes to people.",
)


def load_map(path: str | os.PathLike[str]) -> Map:
    """The map in the file. Raises `MapUnreadable` or `MapInvalid`; a broken map is never half-loaded."""
    where = Path(path)
    return read_map(read_text(where), str(where))


def read_map(text: str, name: str = "map") -> Map:
    """The map that a text holds; `name` is what errors call it."""
    return map_of(read_yaml(text, name))


def map_of(written: Written) -> Map:
    """The map that a document holds, or all of its faults at once."""
    if written.data is None:
        raise MapUnreadable(
            written.name, None, "the file holds nothing. `desireline map new` starts a map from a template."
        )
    if not isinstance(written.data, dict):
        raise MapUnreadable(
            written.name,
            written.line(()),
            "a map file is a mapping that begins with “map:”, and this is not.",
        )
    data = with_ids(_without_blanks(written.data))
    faults = [fault_at(written, place, says) for place, says in reference_faults(data)]
    try:
        found = Map.model_validate(data)
    except ValidationError as error:
        faults += model_faults(error, Map, written)
    if faults:
        raise MapInvalid(written.name, [str(fault) for fault in sorted(set(faults))])
    return found


def map_data(map: Map) -> dict[str, Any]:
    """The map as plain data in the shape of its file, every id written out."""
    data: dict[str, Any] = {"format": map.format, **plain(map)}
    return {name: _headed(value) if isinstance(value, list) else value for name, value in data.items() if value != []}


def map_text(map: Map) -> str:
    """The text of a new file for the map: one block per section, no field that says nothing."""
    data = _without_derived_ids(map_data(map))
    parts = ["\n".join([*HEADER, f"format: {data.pop('format')}"])]
    parts += ["\n".join(_section(name, value)) for name, value in data.items()]
    return "\n\n".join(parts) + "\n"


def write_map(map: Map, path: str | os.PathLike[str], *, replace: bool = False) -> Path:
    """A new file with the map. An existing file stays as it is unless `replace` is said."""
    where = Path(path)
    if where.exists() and not replace:
        raise MapUnwritable(str(where), "There is a file already; choose another name, or say that it may be replaced.")
    text = map_text(map)
    if read_map(text, str(where)) != map:
        raise MapUnwritable(str(where), "It would not read back the same; please report this.")
    _replace_file(where, text)
    return where


class MapFile:
    """A map file open for edits. Each edit is checked at once; one that breaks the map changes nothing."""

    def __init__(self, path: Path, text: str) -> None:
        self.path = path
        self._on_disk = text
        self._written = read_yaml(text, str(path))
        self._map = map_of(self._written)

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> MapFile:
        """The file at `path`, loaded. Raises like `load_map`."""
        return cls(Path(path), read_text(Path(path)))

    @property
    def map(self) -> Map:
        """The map as edited so far."""
        return self._map

    @property
    def text(self) -> str:
        """The file's text as edited so far."""
        return self._written.text

    def set(self, record_id: str, field: str, value: Any) -> None:
        """Give a field of a record (or of the map's head, by the map's id) a value; None takes the field out.

        `field` may lead into a field: `promise.time.within`. Values are plain data, as in the file, or parts
        of records.
        """
        place = self._place(record_id)
        self._bring(_with(self._written.data, (*place, *field.split(".")), plain(value)))

    def add(self, section: str, record: dict[str, Any]) -> None:
        """Put a new record at the end of a section, which is made if it is missing."""
        if section not in SECTIONS:
            raise UnknownRecord(section, SECTIONS)
        before = self._written.data.get(section) or []
        self._bring({**self._written.data, section: [*before, plain(record)]})

    def remove(self, record_id: str) -> None:
        """Mark a record as deleted. It stays in the file, and mentions of it still load."""
        self.set(record_id, "deleted", True)

    def save(self, path: str | os.PathLike[str] | None = None) -> Path:
        """The file holds the edited text, whole: at no moment is there half a file.

        Raises `MapUnwritable` where the folder or disk refuses, or when somebody else changed the file since
        it was opened.
        """
        where = Path(path) if path is not None else self.path
        if where == self.path:
            self._refuse_if_changed_elsewhere()
        _replace_file(where, self.text)
        self.path, self._on_disk = where, self.text
        return where

    def _bring(self, wanted: dict[str, Any]) -> None:
        written = respliced(self._written, wanted)
        self._map = map_of(written)
        self._written = written

    def _place(self, record_id: str) -> Place:
        if record_id == self._map.map.id:
            return ("map",)
        known: dict[str, Place] = {}
        for section in SECTIONS:
            known |= {record.id: (section, number) for number, record in enumerate(getattr(self._map, section))}
        if record_id not in known:
            raise UnknownRecord(record_id, known)
        return known[record_id]

    def _refuse_if_changed_elsewhere(self) -> None:
        if self.path.exists() and read_text(self.path) != self._on_disk:
            raise MapUnwritable(
                str(self.path),
                "Somebody else changed it since it was opened; open it again and repeat the edit.",
            )


def _model_names(model: type[BaseModel]) -> Iterator[str]:
    for name, info in model.model_fields.items():
        yield info.alias or name


_MODELS: tuple[type[BaseModel], ...] = (Map, *SECTIONS.values())
_BLANKABLE = {name for model in _MODELS for name in _model_names(model)}


def _without_blanks(value: Any) -> Any:
    """The data without known fields that are left empty (`team:`). Unknown names stay, as faults.

    Properties in rules are named by the data, so one without a test stays as well.
    """
    if isinstance(value, dict):
        return {
            name: item if name == "property" else _without_blanks(item)
            for name, item in value.items()
            if item is not None or name not in _BLANKABLE
        }
    return [_without_blanks(item) for item in value] if isinstance(value, list) else value


def _with(data: Any, place: Place, value: Any) -> Any:
    """The data with a value at a place, mappings on the way made where missing; None takes it out."""
    if not place:
        return value
    step, rest = place[0], place[1:]
    if isinstance(data, list) and isinstance(step, int):
        return [_with(item, rest, value) if number == step else item for number, item in enumerate(data)]
    inner = dict(data) if isinstance(data, dict) else {}
    inner[str(step)] = _with(inner.get(str(step)), rest, value)
    return {name: item for name, item in inner.items() if name != step or item is not None}


def _headed(records: list[Any]) -> list[Any]:
    """Records with id and title first, as people look for them."""
    first = ("id", "title")
    return [
        {name: record[name] for name in first if name in record}
        | {name: item for name, item in record.items() if name not in first}
        for record in records
    ]


def _without_derived_ids(data: dict[str, Any]) -> dict[str, Any]:
    """The data without the ids that reading would give to cards and links; all ids where one would differ."""
    bare = {
        name: [_bare(name, record) for record in value] if name in ("cards", "links") else value
        for name, value in data.items()
    }
    again = {
        section: [record["id"] for _, record in records_of(with_ids(bare), section)] for section in ("cards", "links")
    }
    same = all(again[section] == [record["id"] for _, record in records_of(data, section)] for section in again)
    return bare if same else data


def _bare(section: str, record: dict[str, Any]) -> dict[str, Any]:
    derived = section == "links" or DERIVED.search(record["id"])
    return {name: item for name, item in record.items() if name != "id"} if derived else record


def _section(name: str, value: Any) -> list[str]:
    if not isinstance(value, list):
        return block({name: value}, column=0, opened=2)
    if name in ONE_LINERS:
        return [f"{name}:", *_indented(block(value, column=2))]
    records = ["\n".join(_indented(block([record], column=2, opened=2))) for record in value]
    return [f"{name}:", "\n\n".join(records)]


def _indented(lines: list[str]) -> list[str]:
    return [f"  {line}" if line else "" for line in lines]


def _replace_file(path: Path, text: str) -> None:
    """The file at `path` holds the text, put in place at once; on any failure it is as it was."""
    where = path.resolve()
    data = text.encode("utf-8")
    if len(data) > MAX_BYTES:
        raise MapUnwritable(
            str(path), f"It would be larger than {MAX_BYTES / 1e6:.0f} MB, which could not be read again."
        )
    draft = None
    try:
        with tempfile.NamedTemporaryFile(dir=where.parent, prefix=f".{where.name}.", delete=False) as file:
            draft = Path(file.name)
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        draft.chmod(where.stat().st_mode & 0o777 if where.exists() else 0o666 & ~_umask())
        draft.replace(where)
    except OSError as fault:
        if draft is not None:
            draft.unlink(missing_ok=True)
        raise MapUnwritable(
            str(path), f"The system says: {fault.strerror}. Check the folder, its rights and the space left."
        ) from None


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask
