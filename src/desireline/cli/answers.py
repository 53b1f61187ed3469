"""Answers about paths for people: a sentence about the whole, a table, and what is kept back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desireline.cli.voice import out, say
from desireline.cli.wide import room, show_fitting, show_in_blocks
from desireline.draw.figures import many
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.pipeline.answer import HIDDEN, Answer

BAR = 20  # characters of a whole bar
LONGEST_ROUTE = 12


def show_answer(answer: Answer, *, limit: int | None = None) -> None:
    """The answer stands in the terminal, or as plain columns in a pipe. `limit`: touchpoints, or periods, to show."""
    if answer.question == "visits":
        _show_visits(answer, limit or 15)
    elif answer.question == "retention":
        _show_retention(answer, limit)
    else:
        _SHOW[answer.question](answer)
    if answer.hidden:
        say(f"{many(answer.hidden, 'number')} not shown: {answer.note}.", style="dim")


def show_names(names: Mapping[str, Sequence[str]]) -> None:
    """What can be asked about, a line for each kind."""
    for kind, known in names.items():
        say(f"{kind}: {', '.join(known)}")


def _show_funnel(answer: Answer) -> None:
    within = answer.about["within_s"]
    limit = f", each within {_seconds(within)} of the first step" if within else ""
    say(f"{_customers(answer)}{limit}.\n")
    heads = ["#>", "Step", "Customers>", "Of first>", "Of previous>", "Lost>", "Median time>", ""]
    rows = [
        [str(level), step, _count(count), _share(first), _share(before), _count(lost), _seconds(median), _bar(first)]
        for level, step, count, first, before, lost, median in answer.rows
    ]
    show_fitting(heads, rows, spare=(7, 5, 6), empty="")


def _show_edges(answer: Answer) -> None:
    about = answer.about
    say(f"{_many(about['moves'], 'move')} of {many(about['distinct'], 'kind')}.\n")
    heads = ["From", "To", "Moves>", "Share>", "Median time>"]
    rows = [[a, b, _count(count), _share(part), _seconds(median)] for a, b, count, part, median in answer.rows]
    show_table(out(), heads, rows, empty="No move is shown." if answer.hidden else "Nobody made a second step.")
    if answer.rows and about["other"]:
        more = about["distinct"] - answer.hidden > len(rows)
        say(f"{many(about['other'], 'move')} of other kinds{f': say -n {2 * len(rows)}' * more}.", style="dim")


def _show_routes(answer: Answer) -> None:
    about = answer.about
    say(f"{_customers(answer)} on {many(about['distinct'], 'route')}.\n")
    rows = [[str(rank), _count(count), _share(part), _route(route)] for rank, route, count, part in answer.rows]
    show_table(out(), ["#>", "Customers>", "Share>", "Route"], rows, empty="No route is shared by five customers.")
    if about["other"]:
        say(f"{about['other']:,} customers ({_share(about['other_share'])}) took other routes.", style="dim")


def _show_visits(answer: Answer, limit: int) -> None:
    about = answer.about
    say(f"{_many(about['visits'], 'visit')}; a silence of more than {_seconds(about['silence_s'])} ends one.\n")
    cells = {(name, step): (count, part) for step, name, count, part in answer.rows}
    steps = sorted({step for _, step in cells})
    total: dict[str, int] = {}
    for (name, _), (count, _part) in cells.items():
        total[name] = total.get(name, 0) + (count or 0)
    names = sorted(total, key=lambda name: (-total[name], name))
    heads = ["Touchpoint", *(f"{step}.>" for step in steps)]
    rows = [
        [name, *(_share(cells[name, step][1]) if (name, step) in cells else "" for step in steps)] for name in names
    ]
    show_in_blocks(heads, rows[:limit], fixed=1, empty="There are no visits.")
    if len(names) > limit:
        say(f"{many(len(names) - limit, 'more touchpoint')}: say -n {len(names)}.", style="dim")
    if about["later"]:
        say(f"{many(about['later'], 'event')} later in {'its' if about['later'] == 1 else 'their'} visit.", style="dim")


def _show_retention(answer: Answer, periods: int | None) -> None:
    grain = answer.about["grain"]
    say(f"{_customers(answer)}, by the {grain} of their first event.\n")
    cohorts: dict[Any, dict[int, tuple[int | None, float | None]]] = {}
    for cohort, offset, count, part in answer.rows:
        cohorts.setdefault(cohort, {})[offset] = (count, part)
    there = max((len(row) for row in cohorts.values()), default=1) - 1
    heads = [f"From {grain}", "Customers>", *(f"+{offset}>" for offset in range(1, there + 1))]
    rows = [
        [str(cohort), _count(row[0][0]), *(_share(row[k][1]) if k in row else "" for k in range(1, there + 1))]
        for cohort, row in cohorts.items()
    ]
    shown = min(there, periods or room(heads, rows, fixed=2))
    show_in_blocks(heads[: shown + 2], [row[: shown + 2] for row in rows], fixed=2, empty="Nobody came.")
    if there > shown:
        say(f"{many(there - shown, f'more {grain}')}: say --periods {there}.", style="dim")
    if answer.about["later"] != 0:
        later = answer.about["later"]
        times = "Fewer than 5 customers" if later is None else f"{later:,} times a customer"
        beyond = f"more than {answer.about['longest']} {grain}s after the first event"
        say(f"{times} came again {beyond}: a date may be wrong.", style="dim")


def _show_attribution(answer: Answer) -> None:
    about = answer.about
    said = f"{_count(about['conversions'])} of {_count(about['customers'])} customers reach {about['goal']}"
    say(f"{said} ({_share(about['probability'])}).\n")
    heads = ["Channel", "Credited>", "Share>", "Lost without it>", "First>", "Last>", "Linear>"]
    rows = [
        [name, _credit(credited), _share(part), _share(removal), _count(first), _count(last), _credit(linear)]
        for name, credited, part, removal, first, last, linear in answer.rows
    ]
    show_table(out(), heads, rows, empty="Nobody who may be shown reached it.")


def _show_order(answer: Answer) -> None:
    about = answer.about
    say(f"{_customers(answer)} on {' > '.join(about['stages'])}.")
    say(
        f"{_count(about['conforming'])} of them ({_share(about['conforming_share'])}) keep to the order, "
        f"{_count(about['complete'])} up to its end. {_many(about['back_steps'], 'step')} back, "
        f"{_many(about['skipped_stages'], 'stage')} skipped.\n"
    )
    rows = [[before, after, kind, _count(count)] for before, after, kind, count in answer.rows]
    show_table(out(), ["From", "To", "Move", "Moves>"], rows, empty="Nobody moved.")


_SHOW: dict[str, Callable[[Answer], None]] = {
    "funnel": _show_funnel,
    "edges": _show_edges,
    "routes": _show_routes,
    "attribution": _show_attribution,
    "order": _show_order,
}


def _customers(answer: Answer) -> str:
    count = answer.about["customers"]
    return HIDDEN.capitalize() if count is None else many(count, "customer")


def _route(route: Sequence[str]) -> str:
    shown = list(route[:LONGEST_ROUTE])
    return " > ".join(shown) + (f" … {len(route) - len(shown)} more" if len(route) > len(shown) else "")


def _count(count: int | None) -> str:
    return "–" if count is None else f"{count:,}"


def _many(count: int | None, what: str) -> str:
    return f"– {what}s" if count is None else many(count, what)


def _credit(credit: float | None) -> str:
    return "–" if credit is None else f"{credit:,.1f}"


def _share(part: float | None) -> str:
    return "–" if part is None else say_value(part, "share")


def _seconds(seconds: float | None) -> str:
    return "" if seconds is None else say_value(seconds, "s")


def _bar(part: float | None) -> str:
    return "█" * round(BAR * (part or 0))
