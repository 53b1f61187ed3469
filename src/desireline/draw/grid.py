"""The map in the report: a table of lanes by touchpoints, the same as an outline for reading aloud, and
sheets for paper.
"""

from __future__ import annotations

from collections.abc import Sequence

from desireline.draw.board import BEHIND, Badge, Board, Card, Column, Figure, Lane, Note, StageHead
from desireline.draw.curve import LEVELS, Frame, describe, draw_curve
from desireline.draw.figures import signed
from desireline.draw.html import Child, Markup, Size, el, number
from desireline.draw.icons import sign
from desireline.draw.layout import COLUMN, CURVE, centres

SHEET = 8  # columns on one sheet of paper
CHIPS = ("channel", "system", "team")
PLANNED = ("doing", "thinking", "felt", "promise", "opportunity", "content", "note")
"""Lanes that tell the plan: left out where only what happened is shown."""


def map_table(board: Board, *, linked: bool = True) -> Markup:
    """The map as a table. `linked` gives cards their ids and badges their links; the sheets for paper go
    without.
    """
    width = f"--columns:{len(board.columns)}"
    caption = f"{board.title}: lanes by touchpoints. {describe(board.points)}"
    rows = [row for lane in board.lanes for row in _lane(lane, board, linked)]
    head = el("thead", {}, el("tr", {}, el("td", {}), [_stage(stage) for stage in board.stages]))
    return el(
        "table",
        {"class": "map-table", "style": width},
        el("caption", {"class": "hidden"}, caption),
        head,
        el("tbody", {}, rows),
    )


def map_sheets(board: Board) -> Markup:
    """The map cut into sheets of a few columns, for paper only."""
    parts = _sheets(board)
    return el(
        "div",
        {"class": "paper-only"},
        [
            el(
                "div",
                {"class": "sheet", "aria-hidden": "true"},
                el("p", {"class": "small-caps"}, f"{board.title}, sheet {k} of {len(parts)}"),
                map_table(part, linked=False),
            )
            for k, part in enumerate(parts, start=1)
        ],
    )


def map_outline(board: Board) -> Markup:
    """The map as headings and lists: for screen readers, for phones, and for reading in order."""
    return el(
        "details",
        {"class": "outline"},
        el("summary", {}, "Read the map as a list"),
        [
            [
                el("h3", {}, f"{k}. {stage.title}"),
                el("p", {}, stage.goal) if stage.goal else None,
                _said(board, stage),
            ]
            for k, stage in enumerate(board.stages, start=1)
        ],
    )


def place_id(place: str) -> str:
    """The id of a touchpoint's card in the page."""
    return f"at-{place}"


def _sheets(board: Board) -> list[Board]:
    sheets: list[list[Column]] = [[]]
    for stage in board.stages:
        inside = [column for column in board.columns if column.stage == stage.id]
        if sheets[-1] and len(sheets[-1]) + len(inside) > SHEET:
            sheets.append([])
        for column in inside:
            if len(sheets[-1]) == SHEET:
                sheets.append([])
            sheets[-1].append(column)
    return [board.part(columns) for columns in sheets if columns]


def _stage(stage: StageHead) -> Markup:
    figures = [
        el("span", {"data-tip": figure.tip}, figure.label, " ", el("b", {}, figure.text)) for figure in stage.figures
    ]
    return el(
        "th",
        {"scope": "colgroup", "colspan": stage.columns, "class": "stage"},
        el(
            "div",
            {},
            el("span", {"class": "stage-title"}, stage.title),
            el("span", {"class": "goal"}, stage.goal),
            el("span", {"class": "stage-figures measured"}, figures),
        ),
    )


def _lane(lane: Lane, board: Board, linked: bool) -> list[Markup]:
    css = f"lane lane-{lane.key}" + (" planned" if lane.key in PLANNED else "")
    first = next((one.key for one in board.lanes if one.key in BEHIND), None)
    rows: list[Markup] = []
    if lane.key == first:
        line = el("td", {"colspan": len(board.columns) + 1}, el("span", {}, "line of visibility"))
        rows.append(el("tr", {"class": "visibility"}, line))
    both = lane.strips and (lane.notes or lane.key in ("touchpoint", "feeling", "backstage"))
    head = el("th", {"scope": "row", "rowspan": 2 if both else None}, el("span", {}, lane.title))
    if lane.key == "feeling":
        head = el("th", {"scope": "row"}, el("span", {}, lane.title), _scale())
    if lane.strips:
        strips = [
            el(
                "td",
                {"colspan": stage.columns, "class": "strip"},
                _notes(lane.strips.get(stage.id, ()), lane.key),
            )
            for stage in board.stages
        ]
        rows.append(el("tr", {"class": css}, head, strips))
        head = Markup("")
        if not both:
            return rows
    cells = [_cell(lane, column, board, linked, k) for k, column in enumerate(board.columns)]
    return [*rows, el("tr", {"class": css}, head, cells)]


def _cell(lane: Lane, column: Column, board: Board, linked: bool, position: int) -> Markup:
    first = position == 0 or board.columns[position - 1].stage != column.stage
    css = "starts" if first else None
    if lane.key == "feeling":
        curve = _curve(board) if position == 0 else None
        point = board.points[position]
        return el(
            "td",
            {"class": css},
            curve,
            el("span", {"class": "hidden"}, point.says if board.measured else point.meant),
        )
    notes = lane.notes.get(column.place, ())
    inside: list[Child] = []
    if column.card and lane.key in ("touchpoint", "backstage"):
        if column.card.front == (lane.key == "touchpoint"):
            inside.append(_card(column.card, board, linked))
        elif lane.key == "touchpoint":
            inside.append(el("p", {"class": "elsewhere"}, "back stage ↓"))
    inside.append(_chips(notes) if lane.key in CHIPS else _notes(notes, lane.key))
    return el("td", {"class": css}, inside)


def _curve(board: Board) -> Markup:
    frame = Frame(centres(len(board.points)), COLUMN, CURVE)
    size: Size = {
        "width": frame.width,
        "height": CURVE,
        "viewBox": f"0 0 {number(frame.width)} {number(CURVE)}",
    }
    return el(
        "svg",
        {"class": "pic curve", "role": "group", "aria-label": "Emotion curve", **size},
        draw_curve(board.points, frame, gaps=board.measured),
    )


def _scale() -> Markup:
    frame = Frame([], COLUMN, CURVE)
    return el(
        "span",
        {"class": "scale", "aria-hidden": "true"},
        [el("i", {"style": f"top:{number(frame.y(level))}px"}, signed(level, 0)) for level in LEVELS if level % 2 == 0],
    )


def _card(card: Card, board: Board, linked: bool) -> Markup:
    truth = "moment of truth" in card.marks
    marks = el(
        "p",
        {"class": "marks"},
        el("span", {"class": "truth"}, sign("moment of truth")) if truth else None,
        " · ".join(card.marks),
    )
    return el(
        "article",
        {"class": "card", "id": place_id(card.id) if linked else None},
        el("h4", {}, card.title),
        marks if card.marks else None,
        _figures(card.figures, linked) if card.figures else _unmeasured(card) if board.measured else None,
        el(
            "div",
            {"class": "badges measured"},
            [_badge(badge, linked) for badge in card.badges[:3]],
            _more(card),
        )
        if card.badges
        else None,
        _reach(card) if card.reach is not None else None,
    )


def _figures(figures: Sequence[Figure], linked: bool) -> Markup:
    tip = "\n".join(figure.tip for figure in figures)
    rows = [
        el("div", {"class": f"f-{figure.measure}"}, el("dt", {}, figure.label), el("dd", {}, figure.text))
        for figure in figures
    ]
    return el(
        "dl",
        {
            "class": "figures measured",
            "role": "group" if linked else None,
            "aria-label": tip if linked else None,
            "tabindex": "0" if linked else None,
            "data-tip": tip,
        },
        rows,
    )


def _unmeasured(card: Card) -> Markup:
    why = "not measured" if card.bound else "not measured: no rule binds events to it"
    return el("p", {"class": "hatched measured", "data-tip": why}, el("span", {}, "not measured"))


def _badge(badge: Badge, linked: bool) -> Markup:
    inside = (sign(badge.kind), el("span", {}, badge.text))
    if not linked:
        return el("span", {"class": "badge"}, inside)
    return el("a", {"class": "badge", "href": f"#deviation-{badge.rank}", "data-tip": badge.tip}, inside)


def _more(card: Card) -> Markup | None:
    rest = len(card.badges) - 3
    return el("span", {"class": "more"}, f"and {rest} more") if rest > 0 else None


def _reach(card: Card) -> Markup:
    share = 100 * min(card.reach or 0, 1)
    return el(
        "span",
        {"class": "reach measured", "aria-hidden": "true"},
        el("i", {"style": f"width:{number(share)}%"}),
    )


def _notes(notes: Sequence[Note], lane: str) -> list[Markup]:
    return [
        el(
            "p",
            {"class": f"note note-{lane}"},
            el("b", {}, f"{note.persona}: ") if note.persona else None,
            note.says,
            el(
                "small",
                {},
                " · ".join(part for part in (note.severity and f"{note.severity} severity", note.evidence) if part),
            )
            if note.severity or note.evidence
            else None,
        )
        for note in notes
    ]


def _chips(notes: Sequence[Note]) -> Markup | None:
    return el("p", {"class": "chips"}, [el("span", {}, note.says) for note in notes]) if notes else None


def _said(board: Board, stage: StageHead) -> Markup:
    columns = [column for column in board.columns if column.stage == stage.id and column.card]
    points = {point.place: point for point in board.points}
    return el(
        "ul",
        {},
        [
            el(
                "li",
                {},
                el("b", {}, column.title),
                el(
                    "ul",
                    {},
                    [el("li", {}, line) for line in _lines(board, column)],
                    el("li", {}, points[column.place].says.partition(": ")[2]),
                ),
            )
            for column in columns
        ],
    )


def _lines(board: Board, column: Column) -> list[Child]:
    card = column.card
    if card is None:
        return []
    said: list[Child] = [" · ".join(card.marks)] if card.marks else []
    said += [figure.tip for figure in card.figures] or (["Not measured"] if board.measured else [])
    said += [badge.tip for badge in card.badges]
    said += [
        f"{lane.title}: " + "; ".join(note.says for note in lane.notes[column.place])
        for lane in board.lanes
        if column.place in lane.notes
    ]
    return said
