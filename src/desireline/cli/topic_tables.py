"""Topics for people: a table, quotes below it, and what is kept back."""

from __future__ import annotations

from typing import Any

import polars as pl
from rich.console import Console
from rich.text import Text

from desireline.access import SMALL_GROUP
from desireline.draw.figures import many, say, say_effect, say_effect_range, say_interval, say_number
from desireline.draw.sections.topics import say_cost_ends, say_heard
from desireline.draw.table import show_table
from desireline.maps.outline import Outline
from desireline.voice.topics.stability import LOOSE
from desireline.voice.topics.topics import FoundTopics, say_left_out

ARROWS = {"rising": "↗ rising", "falling": "↘ falling", "steady": "→ steady"}
QUOTED = 10  # topics whose quotes are printed


def show_topics(found: FoundTopics, outline: Outline, console: Console, *, limit: int) -> None:
    """All topics, the most spoken of first, then quotes."""
    _print(console, _whole(found) + "\n")
    rows = [_row(row, outline) for row in found.topics.head(limit).iter_rows(named=True)]
    voices = "Voices>" if found.staff == found.answers else "Customers>"
    heads = ["Topic", voices, "Share>", "95 %>", "Trend", "Score with it>", "95 %>", "Spoken of at"]
    show_table(console, heads, rows, empty=f"No topic has {SMALL_GROUP} customers.")
    _show_bursts(found, console)
    _show_quotes(found, console, limit=min(limit, QUOTED))
    _notes(found, console, limit)


def show_unmet(found: FoundTopics, console: Console, *, limit: int) -> None:
    """Topics that no touchpoint is about: candidates for a touchpoint that is missing."""
    rows = [
        [row["name"], f"{row['customers']:,}", say(row["share"], "share"), row["unmet_because"]]
        for row in found.unmet.head(limit).iter_rows(named=True)
    ]
    judged = found.topics.filter(pl.col("unmet").is_not_null())
    empty = "Every topic has its touchpoint." if judged.height else f"Not judged: {_why_not_judged(found)}."
    show_table(console, ["Topic", "Customers>", "Share>", "Why no touchpoint fits"], rows, empty=empty)
    if rows:
        _print(console, "Each may be a touchpoint that the map lacks, or words that its touchpoints lack.", style="dim")


def show_issues(found: FoundTopics, console: Console, *, limit: int) -> None:
    """What service contacts are about, the costliest first."""
    names = dict(found.topics.select("id", "name").iter_rows())
    rows = [
        [
            str(row["rank"]),
            names[row["topic"]],
            f"{row['customers']:,}",
            say(row["share"], "share"),
            say_interval(row["low"], row["high"], "share"),
            f"{row['contacts']:,}",
            "" if row["cost"] is None else say_number(row["cost"], 0),
            say_cost_ends(row),
        ]
        for row in found.issues.head(limit).iter_rows(named=True)
    ]
    heads = ["#>", "Issue", "Customers>", "Share>", "95 %>", "Contacts>", "Cost>", "95 %>"]
    show_table(console, heads, rows, empty="No ticket, chat or call has a text here.")
    if rows:
        _print(
            console, "Cost: the property named by --cost, added up; without one, the number of contacts.", style="dim"
        )


def _whole(found: FoundTopics) -> str:
    return f"{say_heard(found)}: {many(found.topics.height, 'topic')}, {say(found.outliers, 'share')} of them in none."


def _row(row: dict[str, Any], outline: Outline) -> list[str]:
    marks = [mark for mark, held in (("new", row["new"]), ("loose", row["loose"]), ("pinned", row["pinned"])) if held]
    effect, ends = _impact(row)
    return [
        row["name"] + (f" ({', '.join(marks)})" if marks else ""),
        f"{row['customers']:,}",
        say(row["share"], "share"),
        say_interval(row["low"], row["high"], "share"),
        ARROWS.get(row["trend"], ""),
        effect,
        ends,
        ", ".join(outline.titles.get(place, place) for place in row["places"] or []),
    ]


def _impact(row: dict[str, Any]) -> tuple[str, str]:
    """The effect on scores, else on feeling."""
    for name, unit in (("score", row["score_unit"]), ("feeling", "level")):
        if row[f"{name}_effect"] is not None:
            said = say_effect(row[f"{name}_effect"], unit) + (" feeling" if name == "feeling" else "")
            return said, say_effect_range(row[f"{name}_low"], row[f"{name}_high"], unit)
    return "", ""


def _show_bursts(found: FoundTopics, console: Console) -> None:
    names = dict(found.topics.select("id", "name").iter_rows())
    for row in found.bursts.sort("q").head(5).iter_rows(named=True):
        people = "" if row["customers"] is None else f" ({many(row['customers'], 'customer')})"
        _print(
            console,
            f"Burst: “{names[row['topic']]}” in {row['period']}, {row['times']:.1f} times as often as before{people}.",
        )


def _show_quotes(found: FoundTopics, console: Console, *, limit: int) -> None:
    for row in found.topics.head(limit).iter_rows(named=True):
        quotes = found.quotes.filter(pl.col("topic") == row["id"])["quote"].to_list()
        if quotes:
            _print(console, f"\n{row['name']}", style="bold")
        for quote in quotes:
            _print(console, f"  “{quote}”")


def _notes(found: FoundTopics, console: Console, limit: int) -> None:
    rest = found.topics.height - limit
    loose = int(found.topics["loose"].sum())
    shares = bool((found.topics["score_unit"] == "share").any() and found.topics["score_effect"].is_not_null().any())
    told = [
        (shares, "Scores have several scales: a pp is a hundredth of a scale."),
        (rest > 0, f"{many(rest, 'more topic')}: say -n {found.topics.height}."),
        (found.hidden > 0, f"{many(found.hidden, 'topic')} of fewer than {SMALL_GROUP} customers not shown."),
        (loose > 0, f"Loose: less than {LOOSE:.0%} of the topic comes back when other texts are drawn."),
        (found.left_out > 0, f"{say_left_out(found.left_out)}."),
        (found.unmet.height > 0, f"{many(found.unmet.height, 'topic')} without a touchpoint: say --unmet."),
        (found.issues.height > 0, "What service contacts are about, by cost: say --issues."),
    ]
    lines = [says for holds, says in told if holds]
    if lines:
        _print(console, "\n" + "\n".join(lines), style="dim")


def _why_not_judged(found: FoundTopics) -> str:
    reasons = found.topics["unmet_because"].unique().to_list() if found.topics.height else []
    return str(reasons[0]) if reasons else "there are no topics"


def _print(console: Console, text: str, *, style: str = "") -> None:
    console.print(Text(text, style=style))
