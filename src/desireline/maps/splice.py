"""Changes a YAML text in the places that differ, and nowhere else: comments, order and quotes elsewhere stay.

The old text is compared with the wanted data part by part. A mapping is changed field by field, a list grows at
its end; anything else that differs is written anew where it stands. The outcome is read back and compared. Where that
fails (an alias stands in the way) ruamel.yaml writes the document, which keeps comments but may change spacing.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode

from desireline.errors import MapUnreadable
from desireline.maps.emit import ONE_LINERS, block, fits, inline
from desireline.maps.written import Written, read_yaml


@dataclass(frozen=True, order=True)
class Patch:
    """Text that takes the place of text[start:end]."""

    start: int
    end: int
    text: str


def respliced(written: Written, wanted: dict[str, Any]) -> Written:
    """The document with `wanted` as its data; lines that say the same are as they were."""
    if written.data == wanted or written.root is None:
        return written
    try:
        text = _apply(written.text, list(_changes(written.text, written.root, written.data, wanted)))
        fresh = read_yaml(text, written.name)
    except (MapUnreadable, ValueError):
        return _redumped(written, wanted)
    return fresh if fresh.data == wanted else _redumped(written, wanted)


def _apply(text: str, patches: list[Patch]) -> str:
    ends = "\r\n" if "\r\n" in text else "\n"
    for patch in reversed(sorted(patches, key=lambda patch: patch.start)):  # noqa: C413 (keeps ties in order)
        text = text[: patch.start] + patch.text.replace("\n", ends) + text[patch.end :]
    return text


def _changes(text: str, node: Node, old: Any, new: Any) -> Iterator[Patch]:
    """Patches within a node that is in block style, or a new writing of the whole node."""
    if old == new and type(old) is type(new):
        return
    if isinstance(node, MappingNode) and not node.flow_style and isinstance(new, dict) and new:
        yield from _mapping_changes(text, node, old, new)
    elif isinstance(node, SequenceNode) and not node.flow_style and isinstance(new, list) and _grows(old, new):
        yield from _list_changes(text, node, old, new)
    elif isinstance(node, CollectionNode) and _stays_flow(text, node, old, new):
        yield from _flow_changes(text, node, old, new)
    else:
        column = node.start_mark.column
        yield Patch(node.start_mark.index, node_end(text, node), _written_at(new, column))


def _grows(old: list[Any], new: list[Any]) -> bool:
    return len(new) >= len(old)


def _mapping_changes(text: str, node: MappingNode, old: dict[str, Any], new: dict[str, Any]) -> Iterator[Patch]:
    column = node.start_mark.column
    for number, (key, value) in enumerate(node.value):
        if key.value not in new:
            following = node.value[number + 1][0] if number + 1 < len(node.value) else None
            yield _cut(text, key, value, following)
        elif _in_place(value, new[key.value]) or _stays_flow(text, value, old.get(key.value), new[key.value]):
            yield from _changes(text, value, old[key.value], new[key.value])
        elif old[key.value] != new[key.value] or type(old[key.value]) is not type(new[key.value]):
            written = _after_colon(new[key.value], column, len(key.value))
            yield Patch(_colon_end(text, key), _field_end(text, key, value), written)
    last = node_end(text, node)
    added = [name for name in new if name not in old]
    for name in added:
        lines = block({name: new[name]}, column=column, opened=3 if column == 0 and name not in ONE_LINERS else 1)
        apart = "\n" if column == 0 and isinstance(new[name], list | dict) else ""
        yield Patch(
            line_end(text, last),
            line_end(text, last),
            fresh_line(text, last) + apart + indented(lines, column),
        )


def _in_place(node: ScalarNode | CollectionNode, new: Any) -> bool:
    """True when the new value can stand where the old one stands, without touching the field's name."""
    if isinstance(node, ScalarNode):
        return node.start_mark.index < node.end_mark.index and node.style not in ("|", ">") and _is_scalar(new)
    if node.flow_style:
        return fits(new, column=node.start_mark.column) or _is_scalar(new)
    if isinstance(node, MappingNode):
        return isinstance(new, dict) and bool(new)
    return isinstance(new, list) and len(new) >= len(node.value)


def _is_scalar(value: Any) -> bool:
    return not isinstance(value, dict | list) and not (isinstance(value, str) and "\n" in value)


def _list_changes(text: str, node: SequenceNode, old: list[Any], new: list[Any]) -> Iterator[Patch]:
    for number, item in enumerate(node.value):
        yield from _changes(text, item, old[number], new[number])
    column = node.start_mark.column
    last = node_end(text, node)
    apart = "\n" if items_stand_apart(text, node) else ""
    tail = node.value[-1]
    opened = 2 if isinstance(tail, CollectionNode) and not tail.flow_style else 1
    for value in new[len(old) :]:
        lines = block([value], column=column, opened=opened)
        yield Patch(
            line_end(text, last),
            line_end(text, last),
            fresh_line(text, last) + apart + indented(lines, column),
        )


def _stays_flow(text: str, node: Node, old: Any, new: Any) -> bool:
    """True for `{…}` or `[…]` that only gains or changes parts, and whose line grows no longer than is usual there."""
    if not isinstance(node, CollectionNode) or not node.flow_style or not node.value or type(old) is not type(new):
        return False
    kept = old.keys() <= new.keys() if isinstance(new, dict) else _grows(old, new)
    several_lines = "\n" in text[node.start_mark.index : node.end_mark.index]
    column = node.start_mark.column
    return kept and (several_lines or fits(new, column=column) or not fits(old, column=column))


def _flow_changes(text: str, node: Node, old: Any, new: Any) -> Iterator[Patch]:
    """Patches within `{…}` or `[…]`, so that quotes, spaces and comments in it stay."""
    quoted = _quoted(node)
    mapping = isinstance(node, MappingNode)
    parts = {key.value: value for key, value in node.value} if mapping else dict(enumerate(node.value))
    for name, part in parts.items():
        if _stays_flow(text, part, old[name], new[name]):
            yield from _flow_changes(text, part, old[name], new[name])
        elif old[name] != new[name] or type(old[name]) is not type(new[name]):
            if part.start_mark.index == part.end_mark.index:
                raise ValueError("an empty part has no place of its own")
            yield Patch(part.start_mark.index, part.end_mark.index, _in_flow(new[name], quoted=quoted))
    added = [{name: new[name]} for name in new if name not in old] if mapping else new[len(old) :]
    last = node.value[-1][1] if mapping else node.value[-1]
    for item in added:
        written = _in_flow(item, quoted=quoted)
        yield Patch(last.end_mark.index, last.end_mark.index, f", {written[1:-1] if mapping else written}")


def _quoted(node: Node) -> bool:
    """True for what is written like JSON."""
    if isinstance(node, ScalarNode):
        return bool(node.style == '"')
    first = node.value[0] if node.value else None
    return first is not None and _quoted(first[0] if isinstance(first, tuple) else first)


def _in_flow(value: Any, *, quoted: bool) -> str:
    return json.dumps(value, ensure_ascii=False) if quoted else inline([value])[1:-1]


def items_stand_apart(text: str, node: SequenceNode) -> bool:
    """True when the list leaves a blank line between its last two items."""
    if len(node.value) < 2:
        return False
    before, after = node.value[-2:]
    between = text[node_end(text, before) : after.start_mark.index]
    return "\n\n" in between.replace("\r", "").replace(" ", "")


def _cut(text: str, key: Node, value: Node, following: Node | None) -> Patch:
    """Takes a field out: its lines, or, behind a dash, up to the next field."""
    begin = text.rfind("\n", 0, key.start_mark.index) + 1
    if text[begin : key.start_mark.index].strip():
        return Patch(
            key.start_mark.index,
            following.start_mark.index if following else _field_end(text, key, value),
            "" if following else "{}",
        )
    return Patch(begin, line_end(text, _field_end(text, key, value)), "")


def _written_at(value: Any, column: int) -> str:
    """A list item's new writing, at the column where the old one stood."""
    if _is_scalar(value) or (isinstance(value, dict | list) and fits(value, column=column)):
        return inline(value)
    return indented(block(value, column=column), column).strip(" \n")


def _after_colon(value: Any, column: int, name_length: int) -> str:
    if value == {} or value == [] or _is_scalar(value) or fits(value, column=column + name_length + 2):
        return f" {inline(value)}"
    if isinstance(value, str):
        head, *body = block({"x": value}, column=column)
        return head.removeprefix("x:") + "\n" + indented(body, column).removesuffix("\n")
    return "\n" + indented(block(value, column=column + 2), column + 2).removesuffix("\n")


def indented(lines: list[str], column: int) -> str:
    return "".join(f"{' ' * column}{line}\n" if line else "\n" for line in lines)


def node_end(text: str, node: Node) -> int:
    """Where a node's own text ends; what follows (comments, blank lines) is not its."""
    start, end = int(node.start_mark.index), int(node.end_mark.index)
    if not isinstance(node, CollectionNode):
        folded = isinstance(node, ScalarNode) and node.style in ("|", ">")
        return start + len(text[start:end].rstrip(" \t\r\n")) if folded else end
    if node.flow_style or not node.value:
        return end
    last = node.value[-1]
    if not isinstance(last, tuple):
        return node_end(text, last)
    return _field_end(text, *last)


def _field_end(text: str, key: Node, value: Node) -> int:
    """Where a field ends: after its value, or after its colon where it has none."""
    if isinstance(value, ScalarNode) and value.start_mark.index == value.end_mark.index:
        return _colon_end(text, key)
    return node_end(text, value)


def _colon_end(text: str, key: Node) -> int:
    return text.index(":", key.end_mark.index) + 1


def line_end(text: str, position: int) -> int:
    """The beginning of the next line."""
    newline = text.find("\n", position)
    return len(text) if newline < 0 else newline + 1


def fresh_line(text: str, position: int) -> str:
    """A line break, where the last line of the file lacks one."""
    return "\n" if text.find("\n", position) < 0 else ""


def _redumped(written: Written, wanted: dict[str, Any]) -> Written:
    yaml = YAML(typ="rt", pure=True)
    yaml.preserve_quotes = True
    yaml.width = 10**6
    yaml.indent(mapping=2, sequence=4, offset=2)
    document = yaml.load(written.text)
    _bring_to(document, written.data, wanted)
    out = StringIO()
    yaml.dump(document, out)
    fresh = read_yaml(out.getvalue(), written.name)
    if fresh.data != wanted:
        raise MapUnreadable(written.name, None, "this change cannot be written into the file; write it in by hand.")
    return fresh


def _bring_to(document: Any, old: dict[str, Any], wanted: dict[str, Any]) -> None:
    """Changes the round-trip document, whole fields at a time, into the wanted data."""
    for name in [name for name in old if name not in wanted]:
        del document[name]
    for name, value in wanted.items():
        before = old.get(name)
        if isinstance(value, list) and isinstance(before, list) and _grows(before, value):
            for number, item in enumerate(value):
                if number >= len(before):
                    document[name].append(item)
                elif item != before[number]:
                    document[name][number] = item
        elif value != before or name not in old:
            document[name] = value
