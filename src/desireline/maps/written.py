"""A YAML text as plain data that remembers where each part stands, so that faults can name their line.

Only plain YAML is taken: mappings, lists, texts, numbers, true, false and nothing. Dates stay text as they
were written. Tags that would build objects are refused, and so is a text that unfolds beyond any map's size,
before it fills memory.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode
from ruamel.yaml.reader import ReaderError

from desireline.errors import MapUnreadable, RecipeUnreadable

MAX_BYTES = 2_000_000
MAX_PARTS = 200_000

Place: TypeAlias = tuple[str | int, ...]
Unreadable: TypeAlias = type[MapUnreadable] | type[RecipeUnreadable]

_TAG = "tag:yaml.org,2002:"
_NO_TEXT = re.compile("[\x00\ud800-\udfff]")  # neither files in UTF-8 nor databases hold them
_PLAINER = {
    "cannot start any token": "a tab or another sign stands where spaces are needed; indent with spaces only",
    "mapping values are not allowed here": "a colon stands where none may be; put text with “: ” in quotes",
    "expected a single document": "a second document begins after “---”; keep one document in a file",
    "found undefined alias": "an alias (*name) points to no anchor (&name); write the value out",
    "did not find expected ',' or ']'": "a list is not closed; look for the missing ]",
    "expected ',' or ']'": "a list is not closed; look for the missing ]",
    "expected ',' or '}'": "a mapping is not closed; look for the missing }",
    "while scanning a quoted scalar": "a quotation mark is not closed",
}


@dataclass(frozen=True)
class Written:
    """A YAML text, its plain data, the line of every part and the nodes it was read from."""

    name: str
    text: str
    data: Any
    root: Node | None
    lines: Mapping[Place, int] = field(repr=False)

    def known(self, place: Place) -> Place:
        """The longest beginning of `place` that stands in the text."""
        while place and place not in self.lines:
            place = place[:-1]
        return place

    def line(self, place: Place) -> int:
        """The line, from 1, of the nearest part that stands in the text; 0 where there is no text."""
        return self.lines.get(self.known(place), 0)


def read_text(path: Path, *, unreadable: Unreadable = MapUnreadable) -> str:
    """The file's text exactly as it stands (line ends and byte-order mark kept)."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise unreadable(str(path), None, "there is no such file. Check the spelling and the folder.") from None
    except IsADirectoryError:
        raise unreadable(str(path), None, "this is a folder; name a file in it.") from None
    except OSError as fault:
        raise unreadable(str(path), None, f"the file cannot be opened: {fault.strerror}.") from None
    if len(data) > MAX_BYTES:
        limit = f"{MAX_BYTES / 1e6:.0f} MB"
        raise unreadable(str(path), None, f"the file is larger than {limit}, which none of these needs. Is it data?")
    return _decode(data, str(path), unreadable)


def read_yaml(text: str, name: str, *, unreadable: Unreadable = MapUnreadable) -> Written:
    """The text as plain data with lines; `data` is None for a text that holds nothing."""
    try:
        root = YAML(typ="safe", pure=True).compose(text)
        reader = _Reader(name, unreadable)
        data = None if root is None else reader.plain(root, ())
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        raise unreadable(name, mark.line + 1 if mark else None, _plainer(fault)) from None
    except ReaderError as fault:
        line = text.count("\n", 0, fault.position) + 1
        raise unreadable(name, line, "a sign that no text may hold stands here; delete it.") from None
    except RecursionError:
        raise unreadable(name, None, "parts are nested too deeply to be meant for people.") from None
    except YAMLError as fault:
        raise unreadable(name, None, f"this is not readable YAML: {fault}") from None
    return Written(name, text, data, root, reader.lines)


class _Reader:
    """Turns nodes into plain data, counting parts and noting lines on the way."""

    def __init__(self, name: str, unreadable: Unreadable) -> None:
        self.name = name
        self.unreadable = unreadable
        self.lines: dict[Place, int] = {}
        self.parts = 0
        self.numbers = YAML(typ="safe", pure=True).constructor

    def plain(self, node: Node, place: Place) -> Any:
        self.parts += 1
        if self.parts > MAX_PARTS:
            what = f"the text unfolds to more than {MAX_PARTS:,} parts. Write values out; use no aliases."
            raise self._fault(node, what)
        self.lines.setdefault(place, node.start_mark.line + 1)
        if isinstance(node, MappingNode):
            return self._mapping(node, place)
        if isinstance(node, SequenceNode):
            return [self.plain(item, (*place, number)) for number, item in enumerate(node.value)]
        assert isinstance(node, ScalarNode)
        return self._scalar(node)

    def _mapping(self, node: MappingNode, place: Place) -> dict[str, Any]:
        found: dict[str, Any] = {}
        merged: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, ScalarNode):
                raise self._fault(key, "a list or mapping is used as a field name; quote it or take it out.")
            if key.tag == _TAG + "merge":
                merged = self._merged(value, place) | merged
                continue
            if key.value in found:
                first = self.lines[(*place, key.value)]
                raise self._fault(key, f"“{key.value}” is given twice (first in line {first}); keep one of them.")
            self.lines[(*place, key.value)] = key.start_mark.line + 1
            found[key.value] = self.plain(value, (*place, key.value))
        return {name: value for name, value in merged.items() if name not in found} | found

    def _merged(self, node: Node, place: Place) -> dict[str, Any]:
        values = [
            self.plain(item, (*place, "<<")) for item in (node.value if isinstance(node, SequenceNode) else [node])
        ]
        if not all(isinstance(value, dict) for value in values):
            raise self._fault(node, "“<<” takes the fields of another mapping, and this is none.")
        return {name: item for value in reversed(values) for name, item in value.items()}

    def _scalar(self, node: ScalarNode) -> Any:
        kind = str(node.tag).removeprefix(_TAG)
        if kind in ("str", "timestamp"):
            if _NO_TEXT.search(node.value):
                raise self._fault(node, "a sign that no text may hold is written here as an escape; delete it.")
            return node.value
        if kind == "null":
            return None
        if kind == "bool":
            return node.value.lower() in ("true", "yes", "on", "y")
        try:
            if kind == "int":
                return self.numbers.construct_yaml_int(node)
            if kind == "float":
                return self.numbers.construct_yaml_float(node)
        except ValueError:
            raise self._fault(node, f"“{node.value[:40]}” cannot be read as a number; put it in quotes.") from None
        raise self._fault(node, f"the tag {node.tag} is not taken here; write a plain value.")

    def _fault(self, node: Node, what: str) -> MapUnreadable | RecipeUnreadable:
        return self.unreadable(self.name, node.start_mark.line + 1, what)


def _plainer(fault: MarkedYAMLError) -> str:
    told = f"{fault.context or ''} {fault.problem or ''}"
    for technical, plain in _PLAINER.items():
        if technical in told:
            return f"{plain}."
    told = re.sub(r"\s+", " ", told).strip()
    return f"this is not readable YAML: {told}."


def _decode(data: bytes, name: str, unreadable: Unreadable) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        what = f"byte 0x{data[fault.start]:02X} is not UTF-8. Save the file with the encoding UTF-8."
        raise unreadable(name, line, what) from None
