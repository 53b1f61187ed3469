"""What `desireline feedback …` prints: tables for people, each number with its interval and n."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from desireline.access import may_show
from desireline.cli.feedback_marks import (
    count_of,
    distribution,
    q_of,
    range_of,
    say_gap,
    spark,
    value_of,
)
from desireline.cli.voice import out, say
from desireline.cli.wide import show_fitting
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.maps.outline import Outline
from desireline.voice.counts import say_many
from desireline.voice.scores.compare import Comparison
from desireline.voice.scores.kinds import RULES
from desireline.voice.scores.scores import Scores
from desireline.voice.scores.trend import Trend

Row = Mapping[str, Any]

HOLLOW = "○"


def show_scores(found: Scores, outline: Outline) -> None:
    """Scores place by place; hollow ones with where they lie once moved towards their parent."""
    cells = found.cells.to_dicts()
    grouped = any(cell["group"] for cell in cells)
    dated = any(cell["period"] for cell in cells)
    weighted = any(cell["weighted_value"] is not None for cell in cells)
    heads = ["Where", "Question", "Score", "Scale", *["Group"] * grouped, *["Period"] * dated]
    heads += [
        "Value>",
        "95 % interval>",
        "n>",
        *(["Weighted>", "its interval>", "Effective n>"] * weighted),
        "Answers",
        "",
    ]
    rows = [
        [
            outline.titles.get(cell["place"], cell["place"]),
            cell["question"],
            cell["kind"],
            cell["scale"],
            *[cell["group"] or "everybody"] * grouped,
            *[cell["period"] or "all"] * dated,
            _score(cell),
            range_of(cell["low"], cell["high"], cell["unit"]),
            count_of(cell["n"]),
            *(_weighted(cell) if weighted else []),
            distribution(cell["counts"], cell["scale"]),
            cell["note"],
        ]
        for cell in cells
    ]
    last = len(heads) - 1
    show_fitting(heads, rows, spare=(last - 1, 3, *([last - 2] if weighted else [])), empty="No answer has a score.")
    kinds = list(dict.fromkeys(cell["kind"] for cell in cells))
    for kind in kinds:
        say(f"{kind}: {RULES[kind]}.", style="dim")
    if any(cell["hollow"] for cell in cells):
        say(
            f"{HOLLOW} fewer than 30 customers: beside it the value moved towards its parent, the raw one first.",
            style="dim",
        )
    _show_raked(found)
    _show_asked(found)
    for note in found.notes:
        say(f"Look: {note}")


def _show_raked(found: Scores) -> None:
    if found.raked is None:
        return
    raked = found.raked
    margins = ", ".join(found.margins)
    if not may_show(len(raked.weights)):
        say(f"\nWeighted to the known shares of {margins}: {say_many(len(raked.weights), 'response')}.")
        return
    say(
        f"\nWeighted to the known shares of {margins}: {len(raked.weights):,} responses are worth {raked.n_eff:,.0f} "
        f"equal ones (design effect {raked.design_effect:.2f}); {raked.rounds} rounds, largest miss {raked.off:.1g}."
    )
    if raked.trimmed:
        say(f"{many(raked.trimmed, 'weight')} cut.", style="dim")


def _show_asked(found: Scores) -> None:
    holes = ("not_applicable", "off_scale", "skipped")
    rows = [
        [
            row["question"],
            f"{row['responses']:,}",
            *(_part(row[name], row["responses"]) for name in ("answered", *holes)),
        ]
        for row in found.asked.iter_rows(named=True)
        if any(row[name] for name in holes)
    ]
    if rows:
        say("\nWhat became of the questions:")
        heads = ["Question", "Responses>", "Answered>", "Not applicable>", "Off the scale>", "Skipped>"]
        show_table(out(), heads, rows, empty="")


def show_comparison(found: Comparison, outline: Outline, *, limit: int) -> None:
    """What holds first, the surest first; then what does not, up to `limit` rows."""
    say(f"{found.says}\n")
    heads = [
        "",
        "Where",
        "Question",
        "Score",
        "Group",
        "Value>",
        "n>",
        "Others>",
        "n>",
        "Difference>",
        "95 % interval>",
        "q>",
    ]
    rows = [
        [
            "✓" if row["holds"] else "",
            outline.titles.get(row["place"], row["place"]),
            row["question"],
            row["kind"],
            row["group"],
            value_of(row["value"], row["unit"]),
            count_of(row["n"]),
            value_of(row["rest"], row["unit"]),
            count_of(row["n_rest"]),
            *say_gap(row["gap"], row["low"], row["high"], row["unit"]),
            q_of(row["q"]),
        ]
        for row in found.rows.head(limit).iter_rows(named=True)
    ]
    show_fitting(
        heads, rows, spare=(8, 6, 3), empty="Nothing could be compared: no question has answers from two known groups."
    )
    left = found.rows.height - len(rows)
    if left > 0:
        say(f"{many(left, 'more comparison')}: say -n {found.rows.height}.", style="dim")
    if found.kept_back:
        say(
            f"{many(found.kept_back, 'comparison')} not made: a side has too few customers, or would tell of few.",
            style="dim",
        )


def show_trend(found: Trend, outline: Outline) -> None:
    """A line of bars per question, what changed, and what is too short to tell."""
    say(f"{found.says}\n")
    series: dict[tuple[str, ...], list[Row]] = {}
    for row in found.values.iter_rows(named=True):
        series.setdefault(_cell(row), []).append(row)
    heads = [
        "Where",
        "Question",
        "Score",
        "Periods",
        "Course",
        "Last>",
        "95 % interval>",
        "n>",
        "Last against before>",
        "q>",
        "Per period>",
        "q>",
        "",
    ]
    rows = []
    for change in found.changes.iter_rows(named=True):
        told = [row for row in series[_cell(change)] if row["value"] is not None]
        last = told[-1] if told else {"value": None, "low": None, "high": None, "n": None}
        unit = change["unit"]
        rows.append(
            [
                outline.titles.get(change["place"], change["place"]),
                change["question"],
                change["kind"],
                f"{told[0]['period']} … {told[-1]['period']}" if told else "",
                spark([row["value"] for row in told]),
                value_of(last["value"], unit),
                range_of(last["low"], last["high"], unit),
                count_of(last["n"]),
                _with_range(change, "change", unit),
                q_of(change["change_q"]),
                _with_range(change, "slope", unit),
                q_of(change["slope_q"]),
                change["note"],
            ]
        )
    show_fitting(heads, rows, spare=(3, 6, 7), empty="No scored answer has a date.")


def _cell(row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in ("place", "question", "kind", "scale"))


def _score(cell: Row) -> str:
    value = value_of(cell["value"], cell["unit"])
    if not cell["hollow"]:
        return value
    moved = f" → {value_of(cell['shrunk'], cell['unit'])}" if cell["shrunk"] is not None else ""
    return f"{HOLLOW} {value or '–'}{moved}"


def _weighted(cell: Row) -> list[str]:
    unit, n = cell["unit"], cell["weighted_n_eff"]
    ends = range_of(cell["weighted_low"], cell["weighted_high"], unit)
    return [value_of(cell["weighted_value"], unit), ends, "" if n is None else f"{n:,.0f}"]


def _with_range(change: Row, what: str, unit: str) -> str:
    value, ends = say_gap(change[what], change[f"{what}_low"], change[f"{what}_high"], unit)
    return f"{value} ({ends})" if value and ends else value


def _part(count: int, of: int) -> str:
    return f"{count:,} ({say_value(count / of, 'share')})" if count else "0"
