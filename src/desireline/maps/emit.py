"""Plain data as YAML that people like to read: blocks for records, one line for what fits on one."""

from __future__ import annotations

import re
from datetime import date
from io import StringIO
from typing import Any

from pydantic import BaseModel
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString, LiteralScalarString

WIDTH = 110
ONE_LINERS = (
    "cards",
    "links",
    "teams",
    "channels",
    "systems",
)  # sections whose records read best on one line each
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_MISREAD = re.compile(
    "^[?:]|[\x85\u2028\u2029\ufeff]"
)  # texts that ruamel.yaml writes plain and reads as something else


def plain(value: Any) -> Any:
    """The value as plain data: models as written, dates as text, 3.0 as 3, no field that says nothing."""
    if isinstance(value, BaseModel):
        value = value.model_dump(mode="json", by_alias=True, exclude_unset=True)
    if isinstance(value, dict):
        return {str(name): plain(item) for name, item in value.items() if item is not None}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value.isoformat() if isinstance(value, date) else value


def inline(value: Any) -> str:
    """Plain data on one line."""
    dumped = _dump(_flowing(value), flow=True)
    return dumped.removesuffix("\n").removesuffix("\n...")


def fits(value: Any, *, column: int) -> bool:
    """True when plain data may stand on one line that begins at a column: short, and without line breaks."""
    return not _broken(value) and column + len(inline(value)) <= WIDTH


def block(value: Any, *, column: int, opened: int = 1) -> list[str]:
    """Lines of plain data in block style, without their indentation; `column` is where they will begin.

    The outer `opened` levels are blocks in any case; below, what is short stands on one line.
    """
    dumped = _dump(_blocky(value, column, opened), flow=False)
    return dumped.removesuffix("\n").removesuffix("\n...").split("\n")


def _dump(value: Any, *, flow: bool) -> str:
    yaml = YAML(typ="rt", pure=True)
    yaml.default_flow_style = flow
    yaml.width = 10**6
    yaml.allow_unicode = True
    yaml.brace_single_entry_mapping_in_flow_sequence = True
    yaml.indent(mapping=2, sequence=4, offset=2)
    out = StringIO()
    yaml.dump(value, out)
    text = out.getvalue()
    return _outdented(text) if isinstance(value, list) and not flow else text


def _outdented(text: str) -> str:
    """A list at the top stands at the margin, whatever the offset of lists within mappings is."""
    return "\n".join(line.removeprefix("  ") for line in text.split("\n"))


def _blocky(value: Any, column: int, opened: int) -> Any:
    if isinstance(value, dict):
        return CommentedMap(
            {_quoted(name): _leaf(item, column + len(name) + 2, column + 2, opened - 1) for name, item in value.items()}
        )
    if isinstance(value, list):
        return CommentedSeq([_leaf(item, column + 2, column + 2, opened - 1) for item in value])
    return _scalar(value)


def _leaf(value: Any, inline_column: int, block_column: int, opened: int) -> Any:
    """One line where that fits and nests little, else a block."""
    if not isinstance(value, dict | list):
        return _scalar(value)
    short = opened <= 0 and _shallow(value) and fits(value, column=inline_column)
    return _flowing(value) if short or not value else _blocky(value, block_column, opened)


def _shallow(value: Any) -> bool:
    """True for what reads well on one line: no list of mappings, no mapping of several mappings."""
    inner = list(value.values()) if isinstance(value, dict) else value
    if isinstance(value, list):
        return not any(isinstance(item, dict) for item in inner)
    return len(inner) == 1 or sum(isinstance(item, dict) for item in inner) == 0 or len(inline(value)) <= 60


def _flowing(value: Any) -> Any:
    if isinstance(value, dict):
        flow = CommentedMap({_quoted(name): _flowing(item) for name, item in value.items()})
        flow.fa.set_flow_style()
        return flow
    if isinstance(value, list):
        items = CommentedSeq([_flowing(item) for item in value])
        items.fa.set_flow_style()
        return items
    return _scalar(value, literal=False)


def _scalar(value: Any, *, literal: bool = True) -> Any:
    if isinstance(value, str) and literal and _readable_lines(value):
        return LiteralScalarString(value)
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            return value
    return _quoted(value) if isinstance(value, str) else value


def _quoted(text: str) -> str:
    """The text, marked for quotes where it would be read as something else without them."""
    return DoubleQuotedScalarString(text) if _MISREAD.search(text) else text


def _readable_lines(text: str) -> bool:
    """True for several lines that a literal block keeps exactly."""
    return (
        "\n" in text
        and text.isprintable() is False
        and all(line.isprintable() and line == line.rstrip() for line in text.split("\n"))
        and not text.startswith((" ", "\n"))
    )


def _broken(value: Any) -> bool:
    if isinstance(value, dict):
        return any(_broken(item) for item in value.values())
    if isinstance(value, list):
        return any(_broken(item) for item in value)
    return isinstance(value, str) and "\n" in value
