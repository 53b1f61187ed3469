"""The emotion curve: the feeling that the map intends against the one that answers tell, from −2 to +2.

Between neighbours that were both measured there is a line and a 95 % band; where nothing was measured there
is a gap, hatched, never a zero. Points of fewer than 30 customers are hollow.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.draw.figures import NOT_MEASURED, explain, signed
from desireline.draw.html import Markup, el, number
from desireline.draw.readings import Reading, Readings
from desireline.maps.outline import Outline

FEW = 30
LEVELS = {2: "delighted", 1: "pleased", 0: "neutral", -1: "annoyed", -2: "awful"}


@dataclass(frozen=True)
class Point:
    """One place on the curve; `whole_stage` names the stage when only the stage as a whole was drawn or asked
    about.
    """

    place: str
    title: str
    intended: float | None
    reading: Reading | None
    whole_stage: str = ""
    sources: tuple[Reading, ...] = ()  # what the measured feeling was put together from

    @property
    def measured(self) -> float | None:
        """The measured feeling, if it may be shown."""
        return self.reading.value if self.reading else None

    @property
    def meant(self) -> str:
        """The intended feeling in words."""
        return "no feeling intended" if self.intended is None else f"intended {signed(self.intended, 1)}"

    @property
    def says(self) -> str:
        """The point in words, for people who do not see it."""
        whole = f" (whole stage “{self.whole_stage}”)" if self.whole_stage else ""
        found = explain(self.reading, "measured").replace("measured: ", "measured ", 1)
        if self.measured is None:
            found = (self.reading.note if self.reading else "") or NOT_MEASURED
        apart = "".join(f"; {_source(one)}" for one in self.sources)
        return f"{self.title}: {self.meant}, {found}{whole}{apart}"


@dataclass(frozen=True)
class Frame:
    """Where the curve is drawn: the centre of each point's column, the width of a column, and the height."""

    centres: Sequence[float]
    column: float
    height: float
    pad: float = 14

    @property
    def roomy(self) -> bool:
        """True when columns are wide enough for words."""
        return self.column >= 90

    @property
    def width(self) -> float:
        """From the left edge of the first column to the right edge of the last."""
        return (self.centres[-1] + self.column / 2) if self.centres else self.column

    def y(self, level: float) -> float:
        """The height of a level; levels beyond the scale stay at its end."""
        return self.pad + (2 - min(max(level, -2), 2)) / 4 * (self.height - 2 * self.pad)


def curve_points(outline: Outline, readings: Readings, *, group: str = "") -> list[Point]:
    """One point per touchpoint in order (per stage where it has none), falling back on the stage as a
    whole.

    What is measured is `emotion`; where only scores were measured, `feeling`.
    """
    found: list[Point] = []
    for stage in outline.stages:
        inside = [point for point in outline.touchpoints if point.stage == stage.id]
        meant = {point.id: outline.intended_feeling(point.id) for point in inside}
        felt = {point.id: _felt(readings, point.id, group) for point in inside}
        whole_meant = None if any(level is not None for level in meant.values()) else outline.intended_feeling(stage.id)
        of_stage = _felt(readings, stage.id, group)
        known = any(reading and reading.shown for reading in felt.values())
        whole_felt = of_stage if of_stage and of_stage.shown and not known else None
        whole = stage.title or stage.id if whole_meant is not None or whole_felt else ""
        for point in inside:
            level = whole_meant if meant[point.id] is None else meant[point.id]
            sources = _sources(readings, stage.id if whole_felt else point.id, group)
            title = point.title or point.id
            found.append(Point(point.id, title, level, whole_felt or felt[point.id], whole, sources))
        if not inside:
            level, sources = outline.intended_feeling(stage.id), _sources(readings, stage.id, group)
            found.append(Point(stage.id, stage.title or stage.id, level, of_stage, sources=sources))
    return found


SOURCES = {"feeling": "scores", "sentiment": "texts", "trouble": "trouble"}


def _felt(readings: Readings, place: str, group: str) -> Reading | None:
    return readings.get("emotion", place, group=group) or readings.get("feeling", place, group=group)


def _sources(readings: Readings, place: str, group: str) -> tuple[Reading, ...]:
    """What the feeling of a place was put together from; nothing where it is the scores alone."""
    found = [readings.get(measure, place, group=group) for measure in SOURCES]
    shown = tuple(one for one in found if one and one.shown)
    return shown if any(one.measure == "sentiment" for one in shown) or len(shown) > 1 else ()


def _source(reading: Reading) -> str:
    return explain(reading, SOURCES[reading.measure]).replace(": ", " ", 1)


def draw_curve(points: Sequence[Point], frame: Frame, *, gaps: bool = True) -> Markup:
    """The curve as the inside of an SVG; without `gaps` nothing is hatched, because nobody tried to
    measure.
    """
    return Markup(
        "".join(
            [
                el("g", {"class": "levels"}, _levels(frame)),
                el(
                    "g",
                    {"class": "gaps"},
                    [_gap(k, point, frame) for k, point in enumerate(points) if gaps and point.measured is None],
                ),
                el("g", {"class": "intended"}, _intended(points, frame)),
                el(
                    "g",
                    {"class": "differences"},
                    [_difference(k, point, frame) for k, point in enumerate(points)],
                ),
                el(
                    "g",
                    {"class": "measured"},
                    [_band(run, points, frame) for run in _runs(points)],
                    [_mark(k, point, frame) for k, point in enumerate(points) if point.measured is not None],
                ),
            ]
        )
    )


def describe(points: Sequence[Point]) -> str:
    """The curve in one or two sentences."""
    both = [
        (point.measured - point.intended, point)
        for point in points
        if point.measured is not None and point.intended is not None
    ]
    measured = sum(point.measured is not None for point in points)
    if not measured:
        return f"The feeling was {NOT_MEASURED} at any of {len(points)} places."
    if not both:
        return f"The feeling was measured at {measured} of {len(points)} places; the map draws no feeling there."
    gap, worst = min(both, key=lambda pair: pair[0])
    below = sum(difference < 0 for difference, _ in both)
    return (
        f"Measured at {measured} of {len(points)} places, "
        f"below the intended feeling at {below} of {len(both)}. The widest gap is at “{worst.title}”: "
        f"{signed(worst.measured or 0, 1)} instead of {signed(worst.intended or 0, 1)} ({signed(gap, 1)})."
    )


def _runs(points: Sequence[Point]) -> list[list[int]]:
    runs: list[list[int]] = []
    for k, point in enumerate(points):
        if point.measured is None:
            continue
        if runs and runs[-1][-1] == k - 1:
            runs[-1].append(k)
        else:
            runs.append([k])
    return runs


def _levels(frame: Frame) -> list[Markup]:
    return [
        el(
            "line",
            {
                "class": "zero" if level == 0 else "level",
                "x1": 0,
                "x2": frame.width,
                "y1": frame.y(level),
                "y2": frame.y(level),
            },
        )
        for level in LEVELS
    ]


def _gap(k: int, point: Point, frame: Frame) -> Markup:
    left, width = frame.centres[k] - frame.column / 2 + 6, frame.column - 12
    middle = frame.centres[k]
    place = frame.height - 8 if point.intended is None or point.intended > -1 else 16
    hatched = el(
        "rect",
        {"x": left, "y": 4, "width": width, "height": frame.height - 8, "fill": "url(#hatch)", "rx": 4},
    )
    if not frame.roomy:
        return el("g", {"class": "gap"}, hatched)
    return el(
        "g",
        {"class": "gap"},
        [
            hatched,
            el(
                "rect",
                {"class": "plate", "x": middle - 42, "y": place - 11, "width": 84, "height": 15, "rx": 3},
            ),
            el(
                "text",
                {"class": "small soft", "x": middle, "y": place, "text-anchor": "middle"},
                NOT_MEASURED,
            ),
        ],
    )


def _intended(points: Sequence[Point], frame: Frame) -> list[Markup]:
    drawn = [
        (frame.centres[k], frame.y(point.intended)) for k, point in enumerate(points) if point.intended is not None
    ]
    line = el("polyline", {"points": _path(drawn), "class": "intended-line"}) if len(drawn) > 1 else None
    marks = [
        el("rect", {"class": "intended-mark", "x": x - 3.5, "y": y - 3.5, "width": 7, "height": 7}) for x, y in drawn
    ]
    return [*([line] if line else []), *marks]


def _band(run: Sequence[int], points: Sequence[Point], frame: Frame) -> list[Markup]:
    ends = [(frame.centres[k], *interval) for k in run if (interval := _interval(points[k]))]
    line = [(frame.centres[k], frame.y(points[k].measured or 0)) for k in run]
    drawn: list[Markup] = []
    if len(ends) == len(run) > 1:
        around = [(x, frame.y(high)) for x, _, high in ends] + [(x, frame.y(low)) for x, low, _ in reversed(ends)]
        drawn.append(el("polygon", {"points": _path(around), "class": "band"}))
    drawn += [
        el("line", {"class": "whisker", "x1": x, "x2": x, "y1": frame.y(low), "y2": frame.y(high)})
        for x, low, high in ends
    ]
    return [*drawn, el("polyline", {"points": _path(line), "class": "measured-line"})] if len(run) > 1 else drawn


def _difference(k: int, point: Point, frame: Frame) -> Markup | None:
    if point.measured is None or point.intended is None:
        return None
    side = "below" if point.measured < point.intended else "above"
    x = frame.centres[k]
    return el(
        "line",
        {
            "class": f"difference {side}",
            "x1": x,
            "x2": x,
            "y1": frame.y(point.intended),
            "y2": frame.y(point.measured),
        },
    )


def _mark(k: int, point: Point, frame: Frame) -> Markup:
    x, y = frame.centres[k], frame.y(point.measured or 0)
    few = point.reading is not None and point.reading.n < FEW
    circle = el("circle", {"class": "hollow" if few else "solid", "cx": x, "cy": y, "r": 5 if frame.roomy else 4})
    if not frame.roomy:
        return circle
    text = signed(point.measured or 0, 1)
    above = point.intended is None or (point.measured or 0) >= point.intended
    lifted = y - 10 if (above and y > 24) or y > frame.height - 20 else y + 19
    return el(
        "g",
        {"class": "mark", "tabindex": "0", "role": "img", "aria-label": point.says, "data-tip": point.says},
        [
            circle,
            el("text", {"class": "value", "x": x + 9, "y": lifted, "text-anchor": "start"}, text),
        ],
    )


def _interval(point: Point) -> tuple[float, float] | None:
    return point.reading.interval if point.reading else None


def _path(corners: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{number(x)},{number(y)}" for x, y in corners)
