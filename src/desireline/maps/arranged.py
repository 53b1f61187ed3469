"""A text's lists are in another order: whole blocks move, each with the notes above it, and nothing else changes.

Only lists that are written one item below the other can be arranged so; a list between brackets stays as it is. What
the items say is not looked at: that is the work of `splice`, afterwards, when old and new items stand side by side.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ruamel.yaml.nodes import CollectionNode, MappingNode, SequenceNode

from desireline.errors import MapUnreadable
from desireline.maps.emit import block
from desireline.maps.splice import indented, items_stand_apart, line_end, node_end
from desireline.maps.written import Written, read_yaml

Items = Sequence[int | Mapping[str, Any]]
"""What a list is to hold: numbers of items that stand there, and new records."""


def arranged(written: Written, lists: Mapping[str, Items]) -> Written:
    """The document whose top-level lists hold these items in this order; as it was where that cannot be done."""
    text = written.text
    nodes = _lists(written)
    for name in sorted(set(lists) & set(nodes), key=lambda name: -nodes[name].start_mark.index):
        items = lists[name]
        if items and list(items) != list(range(len(nodes[name].value))):
            text = _rearranged(text, nodes[name], items)
    if text == written.text:
        return written
    try:
        return read_yaml(text, written.name)
    except MapUnreadable:
        return written


@dataclass(frozen=True)
class _Piece:
    """An item's lines: the blank ones above it, and all the others."""

    gap: str
    lines: str


def _lists(written: Written) -> dict[str, SequenceNode]:
    root = written.root
    if not isinstance(root, MappingNode) or root.flow_style:
        return {}
    return {
        key.value: value
        for key, value in root.value
        if isinstance(value, SequenceNode) and not value.flow_style and value.value
    }


def _rearranged(text: str, node: SequenceNode, items: Items) -> str:
    begin = text.rfind("\n", 0, node.start_mark.index) + 1
    pieces, end = _pieces(text, node, begin)
    usual = pieces[1].gap if len(pieces) > 1 else ("\n" if items_stand_apart(text, node) else "")
    out: list[str] = []
    for place, item in enumerate(items):
        piece = pieces[item] if isinstance(item, int) else _Piece(usual, _new(text, node, item))
        gap = pieces[0].gap if place == 0 else usual if item == 0 else piece.gap
        out.append(gap + piece.lines)
    moved = "".join(out)
    return text[:begin] + (moved if text[:end].endswith("\n") else moved.rstrip("\r\n")) + text[end:]


def _pieces(text: str, node: SequenceNode, begin: int) -> tuple[list[_Piece], int]:
    """The lines of each item, and where the last ends. Notes above the first item stay above the list."""
    pieces: list[_Piece] = []
    for item in node.value:
        end = line_end(text, node_end(text, item))
        lines = text[begin:end]
        bare = lines.lstrip("\r\n")
        pieces.append(_Piece(lines[: len(lines) - len(bare)], bare if bare.endswith("\n") else bare + _ends(text)))
        begin = end
    return pieces, begin


def _new(text: str, node: SequenceNode, record: Mapping[str, Any]) -> str:
    column = node.start_mark.column
    tail = node.value[-1]
    opened = 2 if isinstance(tail, CollectionNode) and not tail.flow_style else 1
    return indented(block([dict(record)], column=column, opened=opened), column).replace("\n", _ends(text))


def _ends(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
