"""A map as one web page that needs nothing but itself: no script, no network, light and dark, on screens and on paper.

On wide screens it is the board, a table whose heads stay in sight; on narrow ones the same map is a list. Its own
policy lets nothing run, whatever a map says.
"""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from desireline.draw.board import BEHIND, Board, Column, Lane, Note, StageHead
from desireline.draw.curve import LEVELS, Frame
from desireline.draw.feelings import Line, draw_feelings, draw_key
from desireline.draw.figures import signed
from desireline.draw.files.exhibit import Exhibit, Person
from desireline.draw.files.people import initials
from desireline.draw.files.poster import NOTHING_YET
from desireline.draw.html import Child, Markup, Size, el, number
from desireline.draw.icons import sign
from desireline.draw.layout import CURVE, centres
from desireline.draw.palette import DARK, LIGHT, LINES_DARK, variables
from desireline.draw.svg import CHIPS, picture_css

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
COLUMN = 208.0  # as in page.css
KEY = 180.0


def page_of(show: Exhibit) -> str:
    """The page."""
    body = [
        el("header", {"class": "top"}, el("h1", {}, show.title), _lead(show)),
        el("main", {}, _people(show.people), _map(show), _list(show)),
        el("footer", {}, "Made with Desireline. This file holds everything it shows; it loads nothing."),
    ]
    return f"<!doctype html>\n{el('html', {'lang': 'en'}, _head(show), el('body', {}, body))}\n"


def _head(show: Exhibit) -> Markup:
    return el(
        "head",
        {},
        [
            el("meta", {"charset": "utf-8"}),
            el("meta", {"http-equiv": "Content-Security-Policy", "content": POLICY}),
            el("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
            el("meta", {"name": "robots", "content": "noindex"}),
            el("meta", {"name": "referrer", "content": "no-referrer"}),
            el("meta", {"name": "color-scheme", "content": "light dark"}),
            el("title", {}, f"{show.title}: customer journey map"),
            el("style", {}, Markup(page_css())),
        ],
    )


def page_css() -> str:
    """The stylesheet: colours for light, dark and paper, then the page, then pictures on it."""
    own = files("desireline.draw").joinpath("page.css").read_text(encoding="utf-8")
    colours = f":root{{{variables(LIGHT)}}}@media screen and (prefers-color-scheme:dark){{:root{{{variables(DARK)}}}}}"
    return f"{colours}\n{picture_css()}\n{own}\n{_lines_in_the_dark()}\n"


def _lines_in_the_dark() -> str:
    rules = [
        f".line-{k}{{fill:{one}}}.line-{k} :is(circle,rect,polygon){{fill:{one};stroke:var(--page)}}"
        f".line-{k} polyline{{stroke:{one}}}"
        for k, one in enumerate(LINES_DARK)
    ]
    return f"@media screen and (prefers-color-scheme:dark){{{''.join(rules)}}}"


def _lead(show: Exhibit) -> Child:
    facts = [el("div", {}, el("dt", {}, name), el("dd", {}, said)) for name, said in show.facts]
    purpose = el("p", {"class": "purpose"}, show.board.purpose) if show.board.purpose else None
    return [purpose, el("dl", {"class": "facts"}, facts) if facts else None]


def _people(people: Sequence[Person]) -> Markup | None:
    if not people:
        return None
    cards = [_person(one) for one in people]
    return el(
        "section", {"aria-label": "Personas"}, el("h2", {}, "Who it is for"), el("div", {"class": "people"}, cards)
    )


def _person(one: Person) -> Markup:
    lists = [
        el("div", {}, el("h4", {}, name), el("ul", {}, [el("li", {}, text) for text in texts]))
        for name, texts in one.lists
    ]
    return el(
        "article",
        {"class": "person-card"},
        el("h3", {}, _face(one), one.title),
        el("blockquote", {}, f"“{one.quote}”") if one.quote else None,
        el("p", {}, one.about) if one.about else None,
        el("div", {"class": "lists"}, lists) if lists else None,
    )


def _face(one: Person) -> Markup:
    if one.image:
        return el("img", {"class": "medal-of", "src": one.image, "alt": ""})
    return el("span", {"class": "medal-of", "aria-hidden": "true"}, initials(one.title))


def _map(show: Exhibit) -> Markup:
    board = show.board
    if not board.columns:
        return el("p", {"class": "nothing"}, NOTHING_YET)
    rows = [row for lane in board.lanes for row in _lane(lane, show)]
    head = el("tr", {}, el("th", {"scope": "col"}, "Stages"), [_stage(stage) for stage in board.stages])
    table = el(
        "table",
        {},
        el("caption", {"class": "hidden"}, f"{show.title}: lanes by touchpoints"),
        el("thead", {}, head),
        el("tbody", {}, rows),
    )
    scroll = {"class": "scroll", "role": "region", "aria-label": "The map", "tabindex": "0"}
    return el("section", {"class": "board"}, el("h2", {}, "The map"), _key(show.lines), el("div", scroll, table))


def _key(lines: Sequence[Line]) -> Markup | None:
    drawn = draw_key(lines, 8, 12, width=KEY)
    size: Size = {
        "class": "pic",
        "width": KEY * len(lines),
        "height": 24,
        "role": "img",
        "aria-label": "Lines of feeling",
    }
    return el("svg", size, drawn) if drawn else None


def _stage(stage: StageHead) -> Markup:
    goal = el("span", {"class": "goal"}, stage.goal) if stage.goal else None
    return el("th", {"scope": "colgroup", "colspan": stage.columns}, el("b", {}, stage.title), goal)


def _lane(lane: Lane, show: Exhibit) -> list[Markup]:
    board = show.board
    rows: list[Markup] = []
    if lane.key == next((one.key for one in board.lanes if one.key in BEHIND), None):
        line = el("td", {"colspan": len(board.columns) + 1}, el("span", {}, "line of visibility"))
        rows.append(el("tr", {"class": "visibility"}, line))
    both = lane.strips and (lane.notes or lane.key in ("touchpoint", "feeling", "backstage"))
    head: Child = el("th", {"scope": "row", "rowspan": 2 if both else None}, lane.title)
    css = f"lane-{lane.key}"
    if lane.key == "feeling":
        return [*rows, el("tr", {"class": css}, el("th", {"scope": "row"}, lane.title, _scale()), _feeling(show))]
    if lane.strips:
        strips = [
            el("td", {"colspan": stage.columns, "class": "starts"}, _notes(lane.strips.get(stage.id, ()), lane.key))
            for stage in board.stages
        ]
        rows.append(el("tr", {"class": css}, head, strips))
        if not both:
            return rows
        head = None
    cells = [_cell(lane, column, board, k) for k, column in enumerate(board.columns)]
    return [*rows, el("tr", {"class": css}, head, cells)]


def _cell(lane: Lane, column: Column, board: Board, position: int) -> Markup:
    first = position == 0 or board.columns[position - 1].stage != column.stage
    notes = lane.notes.get(column.place, ())
    inside: list[Child] = []
    if column.card and lane.key in ("touchpoint", "backstage"):
        if column.card.front == (lane.key == "touchpoint"):
            inside.append(el("article", {"class": "card-of"}, el("h3", {}, column.title), _marks(column)))
        elif lane.key == "touchpoint":
            inside.append(el("p", {"class": "elsewhere"}, "back stage ↓"))
    inside.append(_chips(notes) if lane.key in CHIPS else _notes(notes, lane.key))
    return el("td", {"class": "starts" if first else None}, inside)


def _marks(column: Column) -> Markup | None:
    marks = column.card.marks if column.card else ()
    if not marks:
        return None
    truth = "moment of truth" in marks
    diamond = el("span", {"class": "truth"}, sign("moment of truth")) if truth else None
    return el("p", {"class": "marks"}, diamond, " · ".join(marks))


def _feeling(show: Exhibit) -> list[Markup]:
    """The whole curve stands in the first cell; the others say their levels to those who do not see it."""
    frame = Frame(centres(len(show.board.columns), COLUMN), COLUMN, CURVE)
    size: Size = {"width": frame.width, "height": CURVE, "viewBox": f"0 0 {number(frame.width)} {number(CURVE)}"}
    curve = el("svg", {"class": "pic curve", "aria-hidden": "true", **size}, draw_feelings(show.lines, frame))
    return [
        el("td", {}, curve if k == 0 else None, el("span", {"class": "hidden"}, _level(show.lines, k)))
        for k in range(len(show.board.columns))
    ]


def _level(lines: Sequence[Line], k: int) -> str:
    said = [
        f"{line.name} {signed(level, 1)}" for line in lines if (level := line.levels[k]) is not None and line.own[k]
    ]
    return "Feeling: " + ("; ".join(said) or "not said")


def _scale() -> Markup:
    frame = Frame([], COLUMN, CURVE)
    names = [
        el("i", {"style": f"top:{number(frame.y(level))}px"}, name) for level, name in LEVELS.items() if level % 2 == 0
    ]
    return el("span", {"class": "scale", "aria-hidden": "true"}, names)


def _notes(notes: Sequence[Note], lane: str) -> list[Markup]:
    return [
        el("img", {"class": "picture-of", "src": note.image, "alt": note.says})
        if note.image
        else el(
            "p",
            {"class": f"note-of note-{lane}"},
            el("b", {}, f"{note.persona}: ") if note.persona else None,
            note.says,
            el("small", {}, f"{note.severity} severity") if note.severity else None,
        )
        for note in notes
    ]


def _chips(notes: Sequence[Note]) -> Markup | None:
    return el("p", {"class": "chips"}, [el("span", {}, note.says) for note in notes]) if notes else None


def _list(show: Exhibit) -> Markup | None:
    """The map as headings and lists, for narrow screens and for reading in order."""
    if not show.board.columns:
        return None
    parts = [
        [el("h3", {}, f"{k}. {stage.title}"), _of_stage(show, stage)] for k, stage in enumerate(show.board.stages, 1)
    ]
    return el("section", {"class": "as-list"}, el("h2", {}, "The map as a list"), parts)


def _of_stage(show: Exhibit, stage: StageHead) -> Child:
    whole = [
        el("li", {}, el("b", {}, f"{lane.title}: "), _told(lane.strips[stage.id]))
        for lane in show.board.lanes
        if stage.id in lane.strips
    ]
    columns = [(k, column) for k, column in enumerate(show.board.columns) if column.stage == stage.id and column.card]
    return [
        el("p", {"class": "goal"}, stage.goal) if stage.goal else None,
        el("ul", {"class": "whole"}, whole) if whole else None,
        [_of_column(show, k, column) for k, column in columns],
    ]


def _of_column(show: Exhibit, k: int, column: Column) -> Markup:
    said = [
        el("li", {}, el("b", {}, f"{lane.title}: "), _told(lane.notes[column.place]))
        for lane in show.board.lanes
        if column.place in lane.notes
    ]
    behind = el("p", {"class": "marks"}, "back stage") if column.card and not column.card.front else None
    felt = el("li", {}, _level(show.lines, k)) if any(line.levels[k] is not None for line in show.lines) else None
    return el(
        "article", {"class": "card-of"}, el("h4", {}, column.title), _marks(column), behind, el("ul", {}, felt, said)
    )


def _told(notes: Sequence[Note]) -> str:
    return "; ".join(f"{note.persona}: {note.says}" if note.persona else note.says for note in notes)
