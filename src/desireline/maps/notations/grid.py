"""A map as a grid for spreadsheets: stages in the first row, a touchpoint in each column, a lane in each row.

Read is what people keep in spreadsheets: a blank stage goes on with the one before it, lanes are known by many names,
several lines in a cell are several statements, and a grid with stages down its first column is turned round.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import Any

from desireline.errors import MapUnreadable
from desireline.maps.notations.building import Building, check_size, one_line
from desireline.maps.notations.lanes import CARDS, TITLES, WHOLE, row_of
from desireline.maps.outline import Outline
from desireline.maps.records import Map, Stage, Touchpoint

MARKS: dict[str, tuple[str, Any]] = {
    "moment of truth": ("moment_of_truth", True),
    "optional": ("optional", True),
    "repeatable": ("repeatable", True),
    "back stage": ("front", False),
    "the company acts": ("acts", "company"),
    "partly ours": ("influence", "partly"),
    "not ours to change": ("influence", "no"),
}
_FORMULA = re.compile(r"^[=+\-@\t\r＝＋－＠']")
_NUMBER = re.compile(r"^[+-]?\d+([.,]\d+)?$")
_LISTS = {"channel": "channels", "system": "systems", "team": "teams"}

Row = list[str]


def grid_of(map: Map, *, delimiter: str = ",") -> str:
    """The map as CSV (RFC 4180), or TSV with a tab. A text that begins like a formula gets an apostrophe in front."""
    outline = Outline(map)
    columns: list[tuple[Stage, Touchpoint | None]] = []
    for stage in outline.stages:
        inside = [point for point in outline.touchpoints if point.stage == stage.id]
        columns += [(stage, point) for point in inside] or [(stage, None)]
    first = [k == 0 or columns[k - 1][0] is not stage for k, (stage, _) in enumerate(columns)]
    rows = [["Stage", *(_stage_title(stage) if new else "" for (stage, _), new in zip(columns, first, strict=True))]]
    for name, title in TITLES.items():
        of_stage = [
            _of_stage(name, stage, outline) if new else "" for (stage, _), new in zip(columns, first, strict=True)
        ]
        of_point = [_of_point(name, point, outline) if point else "" for _, point in columns]
        whole = title if name in ("goal", "focus") else f"{title} {WHOLE}"
        rows += [[whole, *of_stage]] if any(of_stage) else []
        rows += [[title, *of_point]] if any(of_point) or name == "touchpoint" else []
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n", quoting=csv.QUOTE_ALL).writerows(
        [[_safe(cell) for cell in row] for row in rows]
    )
    return out.getvalue()


def _stage_title(stage: Stage) -> str:
    return one_line(stage.title) or stage.id


def _of_stage(name: str, stage: Stage, outline: Outline) -> str:
    if name == "goal":
        return one_line(stage.customer_goal or "")
    if name == "focus":
        return one_line(stage.business_focus or "")
    if name == "team":
        return _title(outline, stage.team)
    if name == "promise":
        return one_line((stage.promise.says if stage.promise else None) or "")
    return _statements(name, stage.id, outline)


def _of_point(name: str, point: Touchpoint, outline: Outline) -> str:
    if name == "touchpoint":
        return one_line(point.title) or point.id
    if name == "marks":
        return "\n".join(mark for mark, (field, value) in MARKS.items() if getattr(point, field) == value)
    if name == "promise":
        return one_line((point.promise.says if point.promise else None) or "")
    mentions: dict[str, list[str | None]] = {
        "channel": [*point.channels],
        "system": [*point.systems],
        "team": [point.team, *point.supporting],
    }
    ids = mentions.get(name)
    if ids is not None:
        return "\n".join(_title(outline, id_) for id_ in ids if id_)
    return _statements(name, point.id, outline)


def _statements(name: str, at: str, outline: Outline) -> str:
    if name == "level":
        level = outline.intended_feeling(at)
        return "" if level is None else f"{level:.2f}".rstrip("0").rstrip(".")
    if name not in CARDS:
        return ""
    cards = [
        card for card in outline.map.cards if card.at == at and card.lane == name and card.says and not card.deleted
    ]
    return "\n".join(
        f"{_title(outline, card.persona)}: {one_line(card.says)}" if card.persona else one_line(card.says)
        for card in cards
    )


def _title(outline: Outline, id_: str | None) -> str:
    systems = {system.id: system.title for system in outline.map.systems}
    return one_line(outline.titles.get(id_ or "") or systems.get(id_ or "") or id_ or "")


def _safe(cell: str) -> str:
    """The cell, so that no spreadsheet runs it; `read_grid` takes the apostrophe away again."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def read_grid(text: str, name: str = "grid", *, title: str = "") -> Map:
    """The map that a grid holds. Raises MapUnreadable, naming the row, and MapInvalid."""
    check_size(text, name)
    rows = _turned(_rows(text, name))
    building = Building(name, title or "From a grid")
    places = _places(building, rows)
    if not places:
        raise MapUnreadable(name, 1, "the first row names no stages. Write a stage above each group of columns.")
    for number, row in enumerate(rows[1:], start=2):
        label, cells = row[0], row[1:]
        known = row_of(label)
        if known == "touchpoint" or not any(cells):
            continue
        whole = WHOLE in label.casefold()
        for place, cell in zip(places, cells, strict=False):
            if cell:
                _put(building, place, known, cell, label=label, whole=whole, where=(name, number))
    return building.map()


class Place:
    """A column: its stage, and its touchpoints. What it says is about its touchpoint where it has just one."""

    def __init__(self, stage: str, points: list[str]) -> None:
        self.stage, self.points = stage, points

    def at(self, *, whole: bool) -> str:
        """What a statement in this column is about."""
        return self.stage if whole or len(self.points) != 1 else self.points[0]


def _places(building: Building, rows: Sequence[Row]) -> list[Place]:
    titles = rows[0][1:] if rows else []
    named = [row[1:] for row in rows[1:] if row_of(row[0]) == "touchpoint"]
    cells = [[row[k] for row in named] for k in range(len(titles))]
    used = [any(len(row) > k + 1 and row[k + 1] for row in rows) for k in range(len(titles))]
    places: list[Place] = []
    stage, last = "", ""
    for k, title in enumerate(titles):
        if title and title != last:
            stage, last = building.add("stages", one_line(title)), title
        if not stage or not used[k]:
            continue
        points = [building.add("touchpoints", line, stage=stage) for cell in cells[k] for line in _lines_of(cell)]
        places.append(Place(stage, points))
    return places


def _put(
    building: Building, place: Place, known: str | None, cell: str, *, label: str, whole: bool, where: tuple[str, int]
) -> None:
    """What a cell says stands on the map."""
    at = place.at(whole=whole)
    point = at if at in place.points else None
    if known == "level" and (level := _number(cell)) is not None:
        building.card(at, "feeling", level=_on_scale(level, where))
    elif known in ("goal", "focus"):
        field = "customer_goal" if known == "goal" else "business_focus"
        building.change("stages", place.stage, **{field: one_line(cell)})
    elif known == "marks" and point:
        _mark(building, point, cell)
    elif known == "promise":
        building.change("touchpoints" if point else "stages", at, promise={"says": one_line(cell)})
    elif known in _LISTS and (point or known == "team"):
        _mention(building, point, place.stage, known, cell)
    else:
        lane = known if known in CARDS else "feeling" if known == "level" else "note"
        front = f"{one_line(label)}: " if lane == "note" and known != "note" and label else ""
        for line in _lines_of(cell):
            building.card(at, lane, front + line)


def _mark(building: Building, point: str, cell: str) -> None:
    for mark in _items(cell):
        if mark.casefold() in MARKS:
            field, value = MARKS[mark.casefold()]
            building.change("touchpoints", point, **{field: value})
        else:
            building.card(point, "note", mark)


def _mention(building: Building, point: str | None, stage: str, known: str, cell: str) -> None:
    ids = list(dict.fromkeys(building.once(_LISTS[known], item) for item in _items(cell)))
    if not ids:
        return
    if known == "team" and point:
        building.change("touchpoints", point, team=ids[0], **({"supporting": ids[1:]} if ids[1:] else {}))
    elif known == "team":
        building.change("stages", stage, team=ids[0])
    elif point:
        building.change("touchpoints", point, **{_LISTS[known]: ids})


def _rows(text: str, name: str) -> list[Row]:
    plain = text.removeprefix("\ufeff").replace("\x00", "")
    reader = csv.reader(io.StringIO(plain, newline=""), delimiter=_delimiter(plain))
    try:
        rows = [[_bare(cell) for cell in row] for row in reader]
    except csv.Error as fault:
        raise MapUnreadable(name, reader.line_num, f"this is not readable as a table: {fault}.") from None
    return [row for row in rows if any(row)]


def _delimiter(text: str) -> str:
    """The sign that parts most cells of the first line."""
    first = re.sub(r'"[^"]*"', "", text.lstrip().split("\n", 1)[0])
    return max(("\t", ";", ","), key=first.count)


def _turned(rows: list[Row]) -> list[Row]:
    """The rows of equal length; a grid with its lanes in the first row is turned round."""
    wide = max((len(row) for row in rows), default=0)
    even = [row + [""] * (wide - len(row)) for row in rows]
    across = sum(row_of(cell) is not None for cell in even[0][1:]) if even else 0
    down = sum(row_of(row[0]) is not None for row in even[1:])
    return [list(row) for row in zip_longest(*even, fillvalue="")] if across >= 2 and across > down else even


def _bare(cell: str) -> str:
    said = cell.strip()
    return said[1:] if said.startswith("'") and _FORMULA.match(said[1:] or "x") else said


def _lines_of(cell: str) -> list[str]:
    lines = (one_line(re.sub(r"^\s*[•*·–-]\s+", "", line)) for line in cell.splitlines())
    return [line for line in lines if line]


def _items(cell: str) -> list[str]:
    parts: Iterable[str] = re.split(r"[;\n]", cell)
    if not re.search(r"[;\n]", cell):
        parts = cell.split(",")
    return [item for part in parts if (item := one_line(part))]


def _number(cell: str) -> float | None:
    plain = cell.strip().replace("−", "-").replace(",", ".")
    return float(plain) if re.fullmatch(r"[+-]?\d+(\.\d+)?", plain) else None


def _on_scale(level: float, where: tuple[str, int]) -> float:
    if not -2 <= level <= 2:
        name, number = where
        raise MapUnreadable(name, number, f"the feeling {level:g} is not between −2 (awful) and 2 (delighted).")
    return level
