"""The section on topics: a card for each, with how many speak of it, since when, what it does to scores, and quotes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from desireline.access import SMALL_GROUP, may_show
from desireline.draw.figures import NARROW, many, say, say_effect, say_effect_range, say_interval, say_number, signed
from desireline.draw.html import Child, Markup, el, number
from desireline.draw.listing import Head, bar, listing
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline
from desireline.voice.counts import say_count
from desireline.voice.topics.stability import LOOSE
from desireline.voice.topics.topics import FoundTopics

MOST_CARDS = 12
MOST_ISSUES = 10

_TREND = {"rising": "↗ rising", "falling": "↘ falling", "steady": "→ steady"}
_WIDE, _HIGH, _EDGE = 240.0, 40.0, 3.0


def topics_section(found: FoundTopics | None, outline: Outline) -> Section | None:
    """The topics with most customers as cards, then unmet needs and what service contacts are about.

    None when nobody was asked for topics; with too few texts it says how many there are and are needed.
    """
    if found is None:
        return None
    if not found.topics.height:
        note = found.note or f"no topic has {SMALL_GROUP} customers"
        return Section(
            "topics", "Topics", "What people talk about", f"No topics: {note}.", el("p", {"class": "empty"}, "—")
        )
    shown = found.topics.head(MOST_CARDS).to_dicts()
    most = max(row["high"] for row in shown)
    content: list[Child] = [
        el("div", {"class": "panels topics"}, [_card(row, found, outline, most) for row in shown]),
        _rest(found),
        _unmet(found),
        _issues(found),
    ]
    return Section("topics", "Topics", "What people talk about", say_topics(found), content)


def say_heard(found: FoundTopics) -> str:
    """Whose words these are, and how many."""
    if found.staff and found.staff == found.answers:
        return f"{many(found.answers, 'note')} of staff or interviewers, not of customers"
    if not may_show(found.customers):
        return f"answers with a text of {say_count(found.customers)} customers"
    said = f"{many(found.answers, 'answer')} with a text, of {many(found.customers, 'customer')}"
    return f"{said} ({found.staff:,} of these answers are notes of staff or interviewers)" if found.staff else said


def say_cost_ends(row: Mapping[str, Any]) -> str:
    """Both ends of what an issue costs; nothing where the data give no limit."""
    low, high = row["cost_low"], row["cost_high"]
    if low is None or high is None:
        return ""
    between = " to " if low < 0 or high < 0 else "–"
    return f"{say_number(low, 0)}{between}{say_number(high, 0)}"


def say_topics(found: FoundTopics) -> str:
    """How many topics there are in whose words, in plain ones."""
    loose = f" A topic is loose when less than {100 * LOOSE:.0f}{NARROW}% of it comes back as other texts are drawn."
    return (
        f"{many(found.topics.height, 'topic')} in {say_heard(found)}; {say(found.outliers, 'share')} of them in none. "
        f"A customer counts once for a topic; bars show 95{NARROW}% intervals."
        + (loose if found.topics["loose"].any() else "")
    )


def _card(row: Mapping[str, Any], found: FoundTopics, outline: Outline, most: float) -> Markup:
    share = f"{say(row['share'], 'share')} ({say_interval(row['low'], row['high'], 'share')})"
    heading = el("h3", {"class": "topic", "id": f"topic-{row['id']}"}, row["name"])
    volume = el("p", {"class": "aside"}, f"{many(row['customers'], 'customer')}, {share}")
    places = [el("span", {}, outline.titles.get(place, place)) for place in row["places"] or []]
    return el(
        "article",
        {"class": "panel", "aria-labelledby": f"topic-{row['id']}"},
        heading,
        volume,
        bar(row["share"], row["low"], row["high"], most=most, tone="bad" if _harms(row) else ""),
        _trend(row, found),
        _figures(row),
        _marks(row),
        _quotes(found, row["id"]),
        el("p", {"class": "chips", "aria-label": "Spoken of at"}, places) if places else None,
    )


def _figures(row: Mapping[str, Any]) -> Markup | None:
    """What goes with the topic: scores and feelings, beside answers without it."""
    told: list[tuple[str, str]] = []
    for name, unit, title in (("score", row["score_unit"], "Score with it"), ("feeling", "level", "Feeling with it")):
        if row[f"{name}_effect"] is not None:
            ends = say_effect_range(row[f"{name}_low"], row[f"{name}_high"], unit)
            told.append((title, f"{say_effect(row[f'{name}_effect'], unit)} ({ends})"))
    if row["feeling_mean"] is not None:
        told.append(("Mean feeling", signed(row["feeling_mean"], 1)))
    rows = [el("div", {}, el("dt", {}, title), el("dd", {}, said)) for title, said in told]
    return el("dl", {"class": "figures"}, rows) if rows else None


def _marks(row: Mapping[str, Any]) -> Markup | None:
    marks = [
        (row["unmet"], "No touchpoint is about this"),
        (row["new"], "New: not among the kept topics"),
        (row["loose"], "Loose"),
    ]
    said = [el("span", {"class": "badge"}, says) for held, says in marks if held]
    return el("p", {"class": "badges"}, said) if said else None


def _trend(row: Mapping[str, Any], found: FoundTopics) -> Markup | None:
    every = found.periods.filter(pl.col("topic") == row["id"]).with_row_index("place")
    periods = every.filter(pl.col("share").is_not_null())
    if periods.height < 2:
        return None
    word = _TREND.get(row["trend"], row["trend"])
    said = f"{periods['period'][0]} to {periods['period'][-1]}: {word}"
    loud = found.bursts.filter(pl.col("topic") == row["id"])["period"].to_list()
    burst = f"; burst in {', '.join(loud[:3])}" if loud else ""
    return el("figure", {}, _line(periods), el("figcaption", {}, el("small", {}, said + burst)))


def _line(periods: pl.DataFrame) -> Markup:
    """The share by period as a line in its band of intervals. The words below say the same."""
    top = max(*periods["high"].to_list(), 1e-9)
    first = periods["place"][0]
    step = (_WIDE - 2 * _EDGE) / max(periods["place"][-1] - first, 1)

    def points(column: str) -> list[str]:
        return [
            f"{number(_EDGE + (place - first) * step)},{number(_HIGH - _EDGE - (_HIGH - 2 * _EDGE) * value / top)}"
            for place, value in periods.select("place", column).iter_rows()
        ]

    band = " ".join([*points("high"), *reversed(points("low"))])
    return el(
        "svg",
        {
            "class": "spark",
            "viewBox": f"0 0 {number(_WIDE)} {number(_HIGH)}",
            "aria-hidden": "true",
            "focusable": "false",
        },
        el("polygon", {"points": band, "fill": "currentColor", "opacity": "0.18"}),
        el(
            "polyline",
            {"points": " ".join(points("share")), "fill": "none", "stroke": "currentColor", "stroke-width": "2"},
        ),
    )


def _quotes(found: FoundTopics, topic: str) -> list[Markup]:
    quotes = found.quotes.filter(pl.col("topic") == topic)
    return [
        el("p", {"class": "note note-quote", "lang": language if language != "und" else None}, f"“{quote}”")
        for quote, language in quotes.select("quote", "language").iter_rows()
    ]


def _rest(found: FoundTopics) -> Markup | None:
    """Topics without a card, as a table."""
    rest = found.topics.slice(MOST_CARDS).to_dicts()
    if not rest:
        return None
    most = max(row["high"] for row in rest)
    rows: list[Sequence[Child]] = [
        [
            row["name"],
            bar(row["share"], row["low"], row["high"], most=most),
            f"{row['customers']:,}",
            say(row["share"], "share"),
        ]
        for row in rest
    ]
    heads = [Head("Topic"), Head("Share", "wide", hidden=True), Head("Customers", "num"), Head("Share", "num")]
    return listing("Further topics", heads, rows)


def _unmet(found: FoundTopics) -> Markup | None:
    rows: list[Sequence[Child]] = [
        [row["name"], f"{row['customers']:,}", row["unmet_because"]] for row in found.unmet.iter_rows(named=True)
    ]
    heads = [Head("Topic"), Head("Customers", "num"), Head("Why no touchpoint fits")]
    return listing("Unmet needs: topics without a touchpoint", heads, rows) if rows else None


def _issues(found: FoundTopics) -> Markup | None:
    names = dict(found.topics.select("id", "name").iter_rows())
    rows: list[Sequence[Child]] = [
        [
            names[row["topic"]],
            f"{row['customers']:,}",
            say(row["share"], "share"),
            f"{row['contacts']:,}",
            "" if row["cost"] is None else say_number(row["cost"], 0),
            say_cost_ends(row),
        ]
        for row in found.issues.head(MOST_ISSUES).iter_rows(named=True)
    ]
    heads = [
        Head("Issue"),
        *(Head(title, "num") for title in ("Customers", "Share", "Contacts", "Cost", f"95{NARROW}%")),
    ]
    return listing("Common issues of service contacts, the costliest first", heads, rows) if rows else None


def _harms(row: Mapping[str, Any]) -> bool:
    """True when scores are surely worse with the topic."""
    return row["score_high"] is not None and row["score_high"] < 0
