"""Where everything on the board stands: pure numbers, the same for the picture and for the report.

Columns are equally wide, one per touchpoint, so that the emotion curve runs through their centres. Heights
follow from the text, measured without a browser; the report takes the widths and lets the browser find the
heights.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desireline.draw.board import BEHIND, Board, Card, Lane, Note, StageHead
from desireline.draw.text import width_of, wrap

HEAD = 120.0  # width of the lane titles
COLUMN = 184.0
GAP = 8.0  # around each card
INSIDE = COLUMN - 2 * GAP - 20  # width of the text on a card
MARGIN = 32.0
CURVE = 168.0
TOP = 104.0  # title, purpose and legend
LINE = 15.0
BODY = 11.5
BADGE = 20.0
PICTURE = 104.0


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.y + self.height

    @property
    def middle(self) -> float:
        """The x of the centre."""
        return self.x + self.width / 2


@dataclass(frozen=True)
class Layout:
    """The places of a board's parts. Cells are found by (lane, place), strips by (lane, stage)."""

    width: float
    height: float
    stages: Mapping[str, Box]
    columns: Mapping[str, Box]
    lanes: Mapping[str, Box]
    cells: Mapping[tuple[str, str], Box]
    strips: Mapping[tuple[str, str], Box]
    visibility: float | None
    column: float = COLUMN
    curve: float = CURVE

    @property
    def centres(self) -> list[float]:
        """The centre of each column, from the left edge of the first."""
        return centres(len(self.columns), self.column)


def centres(columns: int, column: float = COLUMN) -> list[float]:
    """The centre of each of some columns, from the left edge of the first."""
    return [(k + 0.5) * column for k in range(columns)]


def lay_out(board: Board, *, top: float = TOP, column: float = COLUMN, curve: float = CURVE) -> Layout:
    """The layout of a board: stages over columns, lanes below each other, the line of visibility where one is
    needed. `top` is the room above the stages, `column` how wide a touchpoint is, `curve` how high the feeling.
    """
    left = MARGIN + HEAD
    head = max((stage_height(stage, column) for stage in board.stages), default=60.0)
    places = {one.place: left + k * column for k, one in enumerate(board.columns)}
    stages = _stages(board, Box(left, top, column, head))
    lanes: dict[str, Box] = {}
    cells: dict[tuple[str, str], Box] = {}
    strips: dict[tuple[str, str], Box] = {}
    y = top + head + GAP
    visibility = None
    for lane in board.lanes:
        if lane.key in BEHIND and visibility is None:
            visibility = y + 10
            y += 26
        strip = max((notes_height(notes, stages[id_].width - 36) for id_, notes in lane.strips.items()), default=0.0)
        strips |= {
            (lane.key, id_): Box(stages[id_].x + GAP, y + GAP, stages[id_].width - 2 * GAP, strip)
            for id_ in lane.strips
        }
        below = y + (strip + GAP if strip else 0)
        tall = max([_cell_height(lane, board, place, column, curve) for place in places], default=0.0)
        cells |= {(lane.key, place): Box(x + GAP, below + GAP, column - 2 * GAP, tall) for place, x in places.items()}
        lanes[lane.key] = Box(MARGIN, y, HEAD + column * len(places), below + tall + 2 * GAP - y)
        y = lanes[lane.key].bottom
    columns = {place: Box(x, top, column, y - top) for place, x in places.items()}
    width = max(left + column * len(places) + MARGIN, 640)
    return Layout(width, y + MARGIN, stages, columns, lanes, cells, strips, visibility, column, curve)


def stage_height(stage: StageHead, column: float = COLUMN) -> float:
    """The height of a stage's head."""
    return (
        16
        + 20 * len(stage_title(stage, column))
        + 15 * len(stage_goal(stage, column))
        + (20 if stage.figures else 0)
        + 8
    )


def stage_title(stage: StageHead, column: float = COLUMN) -> list[str]:
    """The lines of a stage's title."""
    return wrap(stage.title, stage.columns * column - 2 * GAP - 20, 15, bold=True, most=3)


def stage_goal(stage: StageHead, column: float = COLUMN) -> list[str]:
    """The lines of a stage's customer goal."""
    return wrap(stage.goal, stage.columns * column - 2 * GAP - 20, BODY, most=5)


def card_title(card: Card, column: float = COLUMN) -> list[str]:
    """The lines of a card's title."""
    return wrap(card.title, inside(column), 13, bold=True, most=6)


def card_marks(card: Card, column: float = COLUMN) -> list[str]:
    """The lines of a card's marks."""
    room = inside(column) - (14 if "moment of truth" in card.marks else 0)
    return wrap(" · ".join(card.marks), room, 10.5, most=5)


def card_height(card: Card, *, measured: bool, column: float = COLUMN) -> float:
    """The height of a touchpoint's card."""
    numbers = 16 * len(card.figures) + 6 if card.figures else 32 if measured else 0
    badges = (BADGE + 2) * min(len(card.badges), 3) + (4 if card.badges else 0)
    return 14 + 16 * len(card_title(card, column)) + 14 * len(card_marks(card, column)) + numbers + badges + 12


def inside(column: float) -> float:
    """How wide the text on a card is in a column of this width."""
    return column - 2 * GAP - 20


def note_lines(note: Note, width: float) -> list[str]:
    """The lines of a statement, with whose it is in front."""
    return wrap(f"{note.persona}: {note.says}" if note.persona else note.says, width, BODY, most=24)


def notes_height(notes: Sequence[Note], width: float) -> float:
    """The height of some statements below each other."""
    return sum(note_height(note, width) for note in notes) + 6 * max(len(notes) - 1, 0)


def note_height(note: Note, width: float) -> float:
    """The height of one statement, with the line that tells how severe it is."""
    if note.image:
        return PICTURE
    return LINE * (len(note_lines(note, width)) + bool(note.severity)) + 14


def chip_rows(notes: Sequence[Note], width: float) -> list[list[tuple[str, float]]]:
    """Short words side by side: rows of (text, width)."""
    rows: list[list[tuple[str, float]]] = [[]]
    for note in notes:
        wide = min(width_of(note.says, 10.5) + 14, width)
        if rows[-1] and sum(w + 4 for _, w in rows[-1]) + wide > width:
            rows.append([])
        rows[-1].append((note.says, wide))
    return rows


def _stages(board: Board, first: Box) -> dict[str, Box]:
    """The heads over their columns; `first` is the head over the first column."""
    found: dict[str, Box] = {}
    x = first.x
    for stage in board.stages:
        found[stage.id] = Box(x, first.y, stage.columns * first.width, first.height)
        x += stage.columns * first.width
    return found


def _cell_height(lane: Lane, board: Board, place: str, wide: float, curve: float) -> float:
    if lane.key == "feeling":
        return curve
    column = next(column for column in board.columns if column.place == place)
    notes = lane.notes.get(place, ())
    if lane.key == "touchpoint":
        front = column.card and column.card.front
        return card_height(column.card, measured=board.measured, column=wide) if column.card and front else 40.0
    if lane.key == "backstage" and column.card and not column.card.front:
        own = notes_height(notes, inside(wide))
        return card_height(column.card, measured=board.measured, column=wide) + (own + 6 if own else 0)
    if lane.key in ("channel", "system", "team"):
        return 24.0 * len(chip_rows(notes, wide - 2 * GAP)) if notes else 0.0
    return notes_height(notes, inside(wide))
