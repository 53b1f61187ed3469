"""The section on scores: every question where it was asked, with interval and distribution, and who answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final

import polars as pl

from desireline.draw.figures import NARROW, say, say_interval
from desireline.draw.html import Child, Markup, Size, el, number
from desireline.draw.listing import Cell, Head, bar, dots, listing
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline
from desireline.voice.counts import say_count, say_many
from desireline.voice.scores.kinds import RULES
from desireline.voice.scores.pains import Pains
from desireline.voice.scores.responders import Responders
from desireline.voice.scores.scores import Scores, in_places
from desireline.voice.scores.trend import Trend

Row = Mapping[str, Any]

TITLES: Final = {"nps": "Net promoter score", "csat": "Satisfaction", "ces": "Effort", "mean": "Mean score"}
DOMAINS: Final = {"nps": (-100.0, 100.0), "csat": (0.0, 1.0)}
MOST_PAINS: Final = 5
_WIDTH, _HEIGHT, _MOST_BARS = 88.0, 20.0, 24


def scores_section(
    found: Scores | None,
    outline: Outline,
    *,
    trend: Trend | None = None,
    responders: Responders | None = None,
    pains: Pains | None = None,
) -> Section | None:
    """Scores of everybody over the whole time, table by table; None when nothing was scored and nothing coded.

    A dot is hollow below 30 customers: beside it stands where the value lies once it is moved towards its parent.
    """
    cells = [] if found is None else _whole(in_places(found.cells, _places(outline)))
    reasons = None if pains is None else _reasons(pains, outline)
    if not cells and not reasons:
        return None
    courses = _courses(trend)
    tables = [
        _table(kind, scale, list(some), outline, courses)
        for (kind, scale), some in groupby(sorted(cells, key=_scale_of), key=_scale_of)
    ]
    notes = [el("p", {"class": "note"}, note) for note in (found.notes if found else [])]
    who = _who(found, responders) if found is not None else None
    lead = (
        f"Every score with its 95{NARROW}% interval and all answers behind it, from the worst on the left to the best. "
        "A hollow dot stands for fewer than 30 customers; it has moved towards the places or groups beside it."
    )
    return Section("scores", "Scores", "What customers answered", lead, (tables, notes, reasons, who))


def _scale_of(cell: Row) -> tuple[str, str]:
    return (str(list(TITLES).index(cell["kind"])) + cell["kind"], cell["scale"])


def _whole(cells: pl.DataFrame) -> list[dict[str, Any]]:
    """Everybody's cells; a stage says nothing that one of its touchpoints says word for word."""
    whole = cells.filter((pl.col("group") == "") & (pl.col("period") == ""))
    points = whole.filter(pl.col("level") == "touchpoint")
    same = ("stage", "question", "kind", "scale", "value", "n")
    echoes = whole.filter(pl.col("level") == "stage").join(points, on=same, how="semi", nulls_equal=True)
    return whole.join(echoes, on=["place", "question", "kind", "scale"], how="anti", maintain_order="left").to_dicts()


def _table(
    kind: str, scale: str, cells: Sequence[Row], outline: Outline, courses: Mapping[tuple[str, ...], str]
) -> Markup:
    kind = kind[1:]
    weighted = any(cell["weighted_value"] is not None for cell in cells)
    course = any(_key(cell) in courses for cell in cells)
    heads = [
        Head("Asked about"),
        Head("On its scale", "wide", hidden=True),
        Head(TITLES[kind], "num"),
        *[Head("Weighted", "num")] * weighted,
        Head("Answers"),
        *[Head("Course")] * course,
        Head("n", "num"),
    ]
    rows = [
        [
            Cell([outline.titles.get(cell["place"], cell["place"]), " ", el("small", {}, cell["question"])], place),
            _dots(cell),
            _evidence(cell, "value", "low", "high"),
            *[_evidence(cell, "weighted_value", "weighted_low", "weighted_high")] * weighted,
            _answers(cell),
            *[Markup(courses.get(_key(cell), ""))] * course,
            Cell("" if cell["n"] is None else f"{cell['n']:,}", cell["n"] if cell["n"] is not None else -1),
        ]
        for place, cell in enumerate(cells)
    ]
    known = f", {scale}" if scale != "score" else ""
    return listing(f"{TITLES[kind]}{known}: {RULES[kind]}", heads, rows, css="scores")


def _dots(cell: Row) -> Markup:
    marks = [("hollow" if cell["hollow"] else "measured", _placed(cell)), ("weighted", cell["weighted_value"])]
    domain = _domain(cell)
    return dots(marks, low=cell["low"], high=cell["high"], domain=domain, zero=0.0 if domain[0] < 0 else None)


def _placed(cell: Row) -> float | None:
    """Where the dot stands: the moved value of a hollow one, where there is one."""
    moved = cell["shrunk"] if cell["hollow"] else None
    value: float | None = moved if moved is not None else cell["value"]
    return value


def _domain(cell: Row) -> tuple[float, float]:
    known = DOMAINS.get(cell["kind"])
    ends = [end for end in cell["scale"].split("–") if end]
    if known is None and len(ends) == 2:
        worst, best = (float(end) for end in ends)
        return (min(worst, best), max(worst, best)) if cell["kind"] == "ces" else (worst, best)
    top = max(cell["high"] or 0.0, cell["value"] or 0.0, 1.0)
    return known or (min(0.0, cell["low"] or 0.0), top)


def _evidence(cell: Row, value: str, low: str, high: str) -> Markup:
    if cell[value] is None and not (value == "value" and cell["hollow"]):
        return el("span", {"class": "none"}, cell["note"] if value == "value" else "")
    unit = cell["unit"]
    said = "" if cell[value] is None else say(cell[value], unit)
    interval = "" if cell[low] is None or cell[high] is None else say_interval(cell[low], cell[high], unit)
    moved = None
    if value == "value" and cell["hollow"] and cell["shrunk"] is not None:
        moved = el("small", {}, f"moved to {say(cell['shrunk'], unit)}")
    shown = el("b", {"class": "value"}, said or cell["note"])
    return el("span", {"class": "evidence"}, shown, el("small", {}, interval) if interval else None, moved)


def _answers(cell: Row) -> Markup | None:
    """A small bar for each answer that was given, the worst first."""
    counts = cell["counts"]
    if not counts:
        return None
    told = sorted(((one["score"], one["count"]) for one in counts), reverse=_turned(cell))[:_MOST_BARS]
    words = ", ".join(f"{score:g}: {count:,}" for score, count in told)
    most, step = max(count for _, count in told), _WIDTH / max(len(told), 5)
    bars = [
        el(
            "rect",
            {
                "class": "answer",
                "x": k * step,
                "y": _HEIGHT * (1 - count / most),
                "width": step - 1.5,
                "height": _HEIGHT * count / most,
            },
        )
        for k, (_, count) in enumerate(told)
    ]
    return _picture(f"Answers: {words}", bars)


def _turned(cell: Row) -> bool:
    """Whether the larger number is the worse end."""
    ends = cell["scale"].split("–")
    return len(ends) == 2 and float(ends[0]) > float(ends[1])


def _courses(trend: Trend | None) -> dict[tuple[str, ...], str]:
    """A line per question with at least two periods."""
    found: dict[tuple[str, ...], list[Row]] = {}
    for row in trend.values.iter_rows(named=True) if trend is not None else ():
        if row["value"] is not None:
            found.setdefault(_key(row), []).append(row)
    return {key: _line(rows) for key, rows in found.items() if len(rows) > 1}


def _line(rows: Sequence[Row]) -> Markup:
    values = [row["value"] for row in rows]
    low, high = min(values), max(values)
    step, room = _WIDTH / (len(values) - 1), _HEIGHT - 6
    points = " ".join(
        f"{number(k * step)},{number(3 + room * (0.5 if high == low else (high - value) / (high - low)))}"
        for k, value in enumerate(values)
    )
    ends = " … ".join(f"{row['period']}: {say(row['value'], row['unit'])}" for row in (rows[0], rows[-1]))
    return _picture(ends, [el("polyline", {"class": "measured-line", "points": points})])


def _picture(says: str, parts: Sequence[Markup]) -> Markup:
    size: Size = {"viewBox": f"0 0 {number(_WIDTH)} {number(_HEIGHT)}", "width": _WIDTH, "height": _HEIGHT}
    return el("svg", {"class": "pic spark", "role": "img", "aria-label": says, **size}, el("title", {}, says), *parts)


def _key(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("place", "question", "kind", "scale"))


def _reasons(pains: Pains, outline: Outline) -> Markup | None:
    rows = list(pains.at(_places(outline), limit=MOST_PAINS).rows.iter_rows(named=True))
    most = max((row["high"] for row in rows), default=1.0)
    table: list[list[Child | Cell]] = [
        [
            Cell([outline.titles.get(row["place"], row["place"]), " ", el("small", {}, row["question"])], place),
            row["reason"],
            bar(row["share"], row["low"], row["high"], most=most),
            el(
                "span",
                {"class": "evidence"},
                el("b", {"class": "value"}, say(row["share"], "share")),
                el("small", {}, say_interval(row["low"], row["high"], "share")),
            ),
            f"{row['n']:,}",
        ]
        for place, row in enumerate(rows)
    ]
    heads = [
        Head("Where"),
        Head("Reason"),
        Head("Share", "wide", hidden=True),
        Head("Of all asked", "num"),
        Head("n", "num"),
    ]
    return listing("Reasons that were given, by code", heads, table, css="scores") or None


def _who(found: Scores, responders: Responders | None) -> Markup:
    """How many answered, what they left out, and whether they are like all customers."""
    said: list[str] = []
    if responders is not None and responders.customers:
        of = say_many(responders.customers, "customer")
        said.append(f"{say_count(responders.responders)} of {of} with journeys answered.")
        said.append(responders.says)
        if responders.anonymous:
            said.append(f"{say_many(responders.anonymous, 'answer')} came from nobody known.")
    holes = [row for row in found.asked.to_dicts() if row["not_applicable"] or row["off_scale"] or row["skipped"]]
    rows: list[list[Child | Cell]] = [
        [
            row["question"],
            f"{row['responses']:,}",
            *(_part(row[name], row["responses"]) for name in ("answered", "not_applicable", "off_scale", "skipped")),
        ]
        for row in holes
    ]
    heads = [
        Head("Question"),
        *(Head(title, "num") for title in ("Responses", "Answered", "Not applicable", "Off the scale", "Skipped")),
    ]
    return el(
        "div",
        {"class": "who-answered"},
        el("h3", {}, "Who answered") if said or rows else None,
        [el("p", {}, one) for one in said],
        listing("What became of the questions", heads, rows),
    )


def _part(count: int, of: int) -> str:
    return f"{count:,} ({say(count / of, 'share')})" if count else "0"


def _places(outline: Outline) -> list[str]:
    """The map, then each stage with its touchpoints."""
    found = [outline.map.map.id]
    for stage in outline.stages:
        found += [stage.id, *(point.id for point in outline.touchpoints if point.stage == stage.id)]
    return found
