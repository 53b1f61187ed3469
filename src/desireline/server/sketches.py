"""Maps in a few numbers, for lists: enough to draw a small picture of each and to say how much it still lacks."""

from __future__ import annotations

from collections import OrderedDict
from datetime import date
from functools import cache
from threading import Lock

from pydantic import BaseModel

from desireline.errors import DesirelineError
from desireline.ledger.documents import Document, Documents
from desireline.live.document import document_data
from desireline.live.shape import document_of
from desireline.live.written import map_of_document
from desireline.maps.checks.catalog import run_checks
from desireline.maps.files import read_map
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Map
from desireline.maps.templates import load_template, template_titles

KEPT = 500
_DRAWING = Lock()


class PointSketch(BaseModel):
    """A touchpoint: the number of its stage from 0, the intended feeling (−2 to 2), and what it is."""

    stage: int
    feeling: float | None
    moment_of_truth: bool
    front: bool


class RemarkCounts(BaseModel):
    """What the map linter says, by how much it matters."""

    errors: int = 0
    warnings: int = 0
    hints: int = 0


class MapSketch(BaseModel):
    """A map in a few numbers."""

    stages: list[str]
    points: list[PointSketch]
    cards: int
    personas: list[str]
    remarks: RemarkCounts


def sketch(map_: Map, *, today: date) -> MapSketch:
    """The map's sketch."""
    outline = Outline(map_)
    place = {stage.id: number for number, stage in enumerate(outline.stages)}
    points = [
        PointSketch(
            stage=place[point.stage],
            feeling=outline.intended_feeling(point.id),
            moment_of_truth=point.moment_of_truth,
            front=point.front,
        )
        for point in outline.touchpoints
    ]
    said = [remark.severity for remark in run_checks(map_, None, today)]
    return MapSketch(
        stages=[stage.title or stage.id for stage in outline.stages],
        points=points,
        cards=len(in_order(map_.cards)),
        personas=[persona.title or persona.id for persona in in_order(map_.personas)],
        remarks=RemarkCounts(errors=said.count("error"), warnings=said.count("warning"), hints=said.count("hint")),
    )


def template_sketch(name: str, today: date) -> MapSketch:
    """The sketch of a template, made once a day. Raises UnknownTemplate."""
    with _DRAWING:  # whoever asks while it is being made waits for it, and does not make it again
        return _drawn_template(name, today)


def warm_templates(today: date) -> None:
    """The sketches of all templates are there, so that whoever asks first does not wait for them."""
    for name in template_titles():
        template_sketch(name, today)


@cache
def _drawn_template(name: str, today: date) -> MapSketch:
    return sketch(read_map(load_template(name), name), today=today)


class Sketches:
    """The sketches of a workspace's maps; each is made once, and again when its map or the day has changed."""

    def __init__(self, documents: Documents) -> None:
        self._documents = documents
        self._held: OrderedDict[tuple[str, str, date], MapSketch | None] = OrderedDict()
        self._lock = Lock()

    def of(self, document: Document, *, today: date, draw: bool = True) -> MapSketch | None:
        """The sketch of a map as it stands in the ledger; None for one whose parts do not fit together.

        Without `draw` also None where none is at hand.
        """
        key = (document.id, document.changed_at, today)
        with self._lock:
            if key in self._held:
                self._held.move_to_end(key)
                return self._held[key]
        if not draw:
            return None
        made = self._made(document.id, today)
        with self._lock:
            self._held[key] = made
            while len(self._held) > KEPT:
                self._held.popitem(last=False)
        return made

    def _made(self, id_: str, today: date) -> MapSketch | None:
        data = document_data(document_of(self._documents.history(id_).bodies))
        try:
            return sketch(map_of_document(data), today=today)
        except DesirelineError:
            return None
