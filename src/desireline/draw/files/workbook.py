"""A map as a workbook: the board as a grid, the curve as a chart of the spreadsheet, and lists of records.

Every text is written as text, so nothing in a map can run as a formula or become a link.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter  # type: ignore[import-untyped]

from desireline.draw.board import BEHIND, Board, Lane, Note
from desireline.draw.files.exhibit import Exhibit
from desireline.draw.html import writable
from desireline.draw.palette import LIGHT
from desireline.draw.svg import CHIPS
from desireline.draw.text import wrap
from desireline.maps.emit import inline
from desireline.maps.files import map_data
from desireline.maps.records import SECTIONS

LONGEST = 32_000  # a cell holds 32,767 signs
NEVER = datetime(2000, 1, 1)  # the same map gives the same file
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
WIDE = {"says": 60, "about": 50, "title": 30, "when": 46, "quote": 46}
HEADS = {"at": "Where", "from": "From", "any_order": "In any order", "acts": "Who acts", "names": "Also called"}
COLUMN = 26  # width of a touchpoint's column, in signs
SIZE = 12.4  # pixels of the letters
LEADING = 13.0  # points from line to line
HEAD_ROW = 4  # the row of the stages on the board


def workbook_of(show: Exhibit) -> bytes:
    """The XLSX file."""
    out = BytesIO()
    book = Book(xlsxwriter.Workbook(out, OPTIONS))
    book.made.set_properties({"title": show.title[:255], "author": "Desireline", "created": NEVER})
    _board(book, show)
    _curve(book, show)
    _about(book, show)
    titles = _titles(show)
    data = map_data(show.map)
    for section in SECTIONS:
        live = [record for record in data.get(section, []) if not record.get("deleted")]
        if live:
            _records(book, section, live, titles)
    book.made.close()
    return out.getvalue()


class Book:
    """A workbook that is being written, and its looks by name."""

    def __init__(self, made: Any) -> None:
        self.made = made
        base = {"text_wrap": True, "valign": "top", "font_name": "Arial", "font_size": 10, "font_color": LIGHT["ink"]}
        edge = {"border": 1, "border_color": LIGHT["line"]}
        dark = {"bg_color": LIGHT["stage"], "font_color": LIGHT["on-stage"], "bold": True}
        looks: dict[str, dict[str, Any]] = {
            "plain": {},
            "cell": edge,
            "title": {"bold": True, "font_size": 18, "text_wrap": False},
            "soft": {"font_color": LIGHT["soft"], "text_wrap": False},
            "stage": {**dark, "font_size": 12, "border": 1, "border_color": LIGHT["page"]},
            "goal": {"bg_color": LIGHT["sunk"], "italic": True, **edge},
            "card": {"bold": True, "bg_color": LIGHT["sheet"], **edge},
            "lane": {"bold": True, "font_color": LIGHT["soft"], "bg_color": LIGHT["page"], **edge},
            "pain": {"bg_color": LIGHT["warn-soft"], **edge},
            "opportunity": {"bg_color": LIGHT["accent-soft"], **edge},
            "behind": {"bg_color": LIGHT["sunk"], **edge},
            "line": {"font_color": LIGHT["soft"], "top": 8, "top_color": LIGHT["edge"], "text_wrap": False},
            "level": {"num_format": '+0.0;"−"0.0;0', "align": "center", **edge},
            "head": {**dark, "border": 1, "border_color": LIGHT["page"]},
        }
        self._looks = {name: made.add_format({**base, **look}) for name, look in looks.items()}

    def sheet(self, name: str) -> Sheet:
        """A new worksheet."""
        sheet = self.made.add_worksheet(name)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return Sheet(sheet, self._looks)


class Sheet:
    """A worksheet. What is written is a text unless it is a number."""

    def __init__(self, made: Any, looks: dict[str, Any]) -> None:
        self.made, self._looks = made, looks
        self._lines: dict[int, int] = {}

    def put(self, row: int, column: int, value: str | float | None, look: str = "cell", *, wide: float = 0) -> None:
        """The cell holds the value; numbers stay numbers, everything else is a text. `wide` is the room for it."""
        if value is None or value == "":
            self.made.write_blank(row, column, None, self._looks[look])
        elif isinstance(value, str):
            said = writable(value)[:LONGEST]
            self.made.write_string(row, column, said, self._looks[look])
            self._grow(row, sum(len(wrap(line, wide, SIZE)) or 1 for line in said.split("\n")) if wide else 1)
        else:
            self.made.write_number(row, column, value, self._looks[look])

    def span(self, row: int, columns: tuple[int, int], value: str, look: str) -> None:
        """The text stands over several columns of the board."""
        first, last = columns
        if first < last:
            self.made.merge_range(row, first, row, last, "", self._looks[look])
        self.put(row, first, value, look, wide=pixels(COLUMN) * (last - first + 1))

    def _grow(self, row: int, lines: int) -> None:
        """The row is high enough for so many lines; programs differ in whether they see to that."""
        if lines > self._lines.get(row, 1):
            self._lines[row] = lines
            self.made.set_row(row, min(LEADING * lines + 4, 400))


def pixels(width: float) -> float:
    """How wide a column of so many signs is, without its margins."""
    return 7 * width - 8


def _board(book: Book, show: Exhibit) -> None:
    sheet, board = book.sheet("Board"), show.board
    sheet.put(0, 0, show.title, "title")
    sheet.put(1, 0, board.purpose, "soft")
    sheet.made.set_row(0, 28)
    sheet.made.set_row(HEAD_ROW, 20)
    if not board.columns:
        sheet.put(3, 0, "Nothing is drawn yet: the map has no stages.", "soft")
        return
    sheet.put(HEAD_ROW, 0, "Stage", "lane", wide=pixels(20))
    sheet.put(HEAD_ROW + 1, 0, "What customers want", "lane", wide=pixels(20))
    for stage, columns in _spans(board):
        sheet.span(HEAD_ROW, columns, stage.title, "stage")
        sheet.span(HEAD_ROW + 1, columns, stage.goal, "goal")
    row = HEAD_ROW + 2
    for lane in board.lanes:
        if lane.key == next((one.key for one in board.lanes if one.key in BEHIND), None):
            sheet.span(
                row, (0, len(board.columns)), "line of visibility: customers do not see what stands below", "line"
            )
            row += 1
        row = _lane(sheet, lane, show, row)
    sheet.made.set_column(0, 0, 20)
    sheet.made.set_column(1, len(board.columns), COLUMN)
    sheet.made.freeze_panes(HEAD_ROW + 3, 1)
    _for_paper(sheet, len(board.columns))


def _for_paper(sheet: Sheet, columns: int) -> None:
    sheet.made.set_paper(8)  # A3
    sheet.made.fit_to_pages(max(1, round(columns / 7)), 0)
    sheet.made.repeat_columns(0)
    sheet.made.repeat_rows(HEAD_ROW, HEAD_ROW + 2)
    sheet.made.set_footer("&L&F&R&P of &N")
    sheet.made.hide_gridlines(2)


def _spans(board: Board) -> list[tuple[Any, tuple[int, int]]]:
    found, first = [], 1
    for stage in board.stages:
        found.append((stage, (first, first + stage.columns - 1)))
        first += stage.columns
    return found


def _lane(sheet: Sheet, lane: Lane, show: Exhibit, row: int) -> int:
    """The lane's rows are written; the row below them."""
    if lane.key == "feeling":
        return _levels(sheet, show, row)
    if lane.key == "picture":
        return row
    look = lane.key if lane.key in ("pain", "opportunity") else "behind" if lane.key in BEHIND else "cell"
    if lane.strips:
        sheet.put(row, 0, f"{lane.title} (whole stage)", "lane", wide=pixels(20))
        for stage, columns in _spans(show.board):
            said = _said(lane.strips.get(stage.id, ()))
            sheet.span(row, columns, said, look if said else "cell")
        row += 1
    own = lane.notes or lane.key in ("touchpoint", "backstage")
    if not own:
        return row
    sheet.put(row, 0, lane.title, "lane", wide=pixels(20))
    for k, column in enumerate(show.board.columns, start=1):
        notes = lane.notes.get(column.place, ())
        said, here = ", ".join(note.says for note in notes) if lane.key in CHIPS else _said(notes), look
        card = column.card
        if card and lane.key in ("touchpoint", "backstage"):
            if card.front == (lane.key == "touchpoint"):
                here = "card"
                said = "\n".join(
                    part for part in (card.title, f"({', '.join(card.marks)})" if card.marks else "", said) if part
                )
            elif lane.key == "touchpoint":
                said = "back stage ↓"
        sheet.put(row, k, said, here if said else "cell", wide=pixels(COLUMN))
    return row + 1


def _levels(sheet: Sheet, show: Exhibit, row: int) -> int:
    for line in show.lines:
        sheet.put(row, 0, "Feeling" if len(show.lines) == 1 else f"Feeling: {line.name}", "lane", wide=pixels(20))
        for k, level in enumerate(line.levels, start=1):
            sheet.put(row, k, None if level is None else round(level, 2), "level")
        row += 1
    if show.lines:
        scale = {
            "min_type": "num",
            "mid_type": "num",
            "max_type": "num",
            "min_value": -2,
            "mid_value": 0,
            "max_value": 2,
        }
        colours = {"min_color": "#f3c9a4", "mid_color": LIGHT["sheet"], "max_color": "#a9cbea"}
        columns = len(show.board.columns)
        rule = {"type": "3_color_scale", **scale, **colours}
        sheet.made.conditional_format(row - len(show.lines), 1, row - 1, columns, rule)
    return row


def _said(notes: Sequence[Note]) -> str:
    """Statements below each other, each with whose it is and how severe."""
    several = "• " if len(notes) > 1 else ""
    return "\n".join(
        f"{several}{f'{note.persona}: ' if note.persona else ''}{note.says}"
        f"{f' ({note.severity} severity)' if note.severity else ''}"
        for note in notes
    )


def _curve(book: Book, show: Exhibit) -> None:
    """The lines of feeling as numbers, and as a chart that the spreadsheet draws itself."""
    if not show.lines:
        return
    sheet, columns = book.sheet("Curve"), show.board.columns
    titles = {stage.id: stage.title for stage in show.board.stages}
    for k, name in enumerate(["Stage", "Touchpoint", *(line.name for line in show.lines)]):
        sheet.put(0, k, name, "head")
    for row, column in enumerate(columns, start=1):
        sheet.put(row, 0, titles[column.stage])
        sheet.put(row, 1, column.title)
        for k, line in enumerate(show.lines, start=2):
            level = line.levels[row - 1]
            sheet.put(row, k, None if level is None else round(level, 2), "level")
    sheet.made.set_column(0, 1, 26)
    sheet.made.set_column(2, 1 + len(show.lines), 18)
    sheet.made.freeze_panes(1, 2)
    chart = book.made.add_chart({"type": "line"})
    for k, line in enumerate(show.lines, start=2):
        chart.add_series(
            {
                "name": ["Curve", 0, k],
                "categories": ["Curve", 1, 1, len(columns), 1],
                "values": ["Curve", 1, k, len(columns), k],
                "line": {"color": line.colour, "width": 2.25, "dash_type": "dash" if line.dash else "solid"},
                "marker": {
                    "type": line.mark,
                    "size": 7,
                    "fill": {"color": line.colour},
                    "border": {"color": "#ffffff"},
                },
            }
        )
    chart.set_title({"name": "How it is meant to feel", "name_font": {"size": 14}})
    chart.set_y_axis(
        {"min": -2, "max": 2, "major_unit": 1, "major_gridlines": {"visible": True, "line": {"color": LIGHT["line"]}}}
    )
    chart.set_x_axis({"label_position": "low"})
    chart.set_legend({"position": "bottom"} if len(show.lines) > 1 else {"none": True})
    chart.show_blanks_as("span")
    chart.set_size({"width": min(1600, 260 + 70 * len(columns)), "height": 420})
    sheet.made.insert_chart(
        1, 3 + len(show.lines), chart, {"description": "Lines of feeling from −2 to +2 by touchpoint"}
    )


def _about(book: Book, show: Exhibit) -> None:
    sheet = book.sheet("About")
    sheet.made.set_column(0, 0, 20)
    sheet.made.set_column(1, 1, 90)
    told = [("Title", show.title), ("Purpose", show.board.purpose), *show.facts]
    for row, (name, said) in enumerate(told):
        sheet.put(row, 0, name, "lane", wide=pixels(20))
        sheet.put(row, 1, said, wide=pixels(90))


def _titles(show: Exhibit) -> dict[str, str]:
    """Titles of everything that records mention."""
    more = [*show.map.systems, *show.map.campaigns]
    return show.outline.titles | {one.id: one.title or one.id for one in more}


def _records(book: Book, section: str, records: Sequence[dict[str, Any]], titles: dict[str, str]) -> None:
    sheet = book.sheet(section.capitalize())
    names = [name for name in _field_names(section) if any(name in record for record in records)]
    for k, name in enumerate(names):
        sheet.put(0, k, HEADS.get(name, name.replace("_", " ").capitalize()), "head")
        sheet.made.set_column(k, k, WIDE.get(name, 20))
    for row, record in enumerate(records, start=1):
        for k, name in enumerate(names):
            sheet.put(row, k, _value(name, record.get(name), titles), wide=pixels(WIDE.get(name, 20)))
    sheet.made.autofilter(0, 0, len(records), len(names) - 1)
    sheet.made.freeze_panes(1, 2 if names[:2] == ["id", "title"] else 1)


def _field_names(section: str) -> list[str]:
    fields = [info.alias or name for name, info in SECTIONS[section].model_fields.items()]
    first = [name for name in ("id", "title", "stage", "at", "lane", "says", "level") if name in fields]
    return first + [name for name in fields if name not in first and name not in ("order", "deleted")]


MENTIONS = ("stage", "team", "at", "persona", "owner", "channel", "from", "to")
LISTS = ("channels", "supporting", "systems", "campaigns", "among")


def _value(name: str, value: Any, titles: dict[str, str]) -> str | float | None:
    """A field as people read it: mentions by their titles, rules as they are written."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return titles.get(value, value) if name in MENTIONS else value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        texts = [str(item) for item in value]
        return "\n".join(titles.get(text, text) if name in LISTS else text for text in texts)
    return value if value is None or isinstance(value, int | float) else inline(value)
