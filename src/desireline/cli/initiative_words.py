"""What people say of initiatives on the command line, and how initiatives are told in a terminal."""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any

import typer

from desireline.cli.voice import WrongOption, out, say
from desireline.draw.figures import say as say_value
from desireline.draw.figures import say_effect, say_interval
from desireline.draw.table import show_table
from desireline.initiatives.records import LONGEST_TITLE, Baseline, By, Initiative, is_plain
from desireline.initiatives.revision import overlap_notes

Many = list[str] | None

Id = Annotated[str, typer.Argument(metavar="ID", help="The initiative, as `desireline initiative list` calls it.")]
Who = Annotated[str | None, typer.Option("--who", help="Who says this; your user name when missing.")]
Day = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day, such as 2026-03-02; today if missing.")]

At = Annotated[str | None, typer.Option("--at", help="Where: a stage, a touchpoint, a>b; the map when missing.")]
Group = Annotated[str | None, typer.Option("--group", help="For whom: channel:email, property:state=SP …")]
Better = Annotated[str | None, typer.Option("--better", help="up or down; by the measure when missing.")]
Expect = Annotated[float | None, typer.Option("--expect", help="By how much, in its unit: 0.05 is 5 points.")]
Smallest = Annotated[float | None, typer.Option("--smallest", help="The smallest effect that would matter.")]
Randomised = Annotated[bool, typer.Option("--randomised", help="Customers get it by lot; --by tells the arm.")]
ByArms = Annotated[str | None, typer.Option("--by", help="What tells arms apart: property:NAME, channel, persona.")]
Treated = Annotated[Many, typer.Option("--treated", help="An arm that gets it, also NAME@DATE; several times.")]
Control = Annotated[Many, typer.Option("--control", help="An arm that does not; else everybody else.")]
Unaffected = Annotated[Many, typer.Option("--unaffected", help="A group that it cannot touch; several times.")]
StartsOn = Annotated[str | None, typer.Option("--starts-on", metavar="DATE", help="The planned first day.")]
EndsOn = Annotated[str | None, typer.Option("--ends-on", metavar="DATE", help="The planned last day.")]

LONGEST_CELL = 60


def by(who: str | None) -> By:
    """Who changes something, now. Raises WrongOption for a name that is too long or hides something."""
    name = who or _user()
    if len(name) > LONGEST_TITLE or not is_plain(name):
        raise WrongOption("--who", f"a name has at most {LONGEST_TITLE} characters, and no control characters.")
    return By(name, datetime.now(UTC))


def day(text: str | None, option: str) -> date | None:
    """The day that an option names, if it names one. Raises WrongOption."""
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongOption(option, f"{text[:40]!r} is no day. Write it like 2026-03-02.") from None


def arms(treated: Sequence[str], control: Sequence[str]) -> list[dict[str, Any]]:
    """The arms that were named; a treated one may say since when, written NAME@2026-03-02. Raises WrongOption."""
    found: list[dict[str, Any]] = []
    for text in treated:
        name, at, since = text.rpartition("@")
        dated = bool(at) and since[:1].isdigit()
        found.append({"name": name if dated else text, "since": day(since, "--treated") if dated else None})
    return found + [{"name": name, "treated": False} for name in control]


def kind_of(by_: str | None, *, randomised: bool) -> str:
    """The kind of roll-out that was meant."""
    return "randomised" if randomised else "by group" if by_ else "everywhere"


def show_list(found: Sequence[Initiative]) -> None:
    """One line each."""
    heads = ["Initiative", "Status", "Since", "Owner", "Moves", "Tasks>", "Verdict"]
    show_table(out(), heads, [_line(one) for one in found], empty="No initiative yet: `desireline initiative add`.")


def show_one(one: Initiative, others: Sequence[Initiative] = ()) -> None:
    """All of it, except the whole history."""
    say(f"{one.id}: {one.title}", style="bold")
    for name, text in _facts(one):
        if text:
            say(f"{name:<12}{text}")
    for number, task in enumerate(one.tasks, 1):
        say(f"{'Task ' + str(number):<12}{'done' if task.done else 'open'}: {task.title}{_owned(task.owner)}")
    for verdict in one.verdicts:
        say(f"{'Verdict':<12}{verdict.at:%Y-%m-%d}, {verdict.word}: {verdict.says}")
    tell_overlaps(one, others)


def show_history(one: Initiative) -> None:
    """Every change, the oldest first."""
    table = [
        [f"{line.at:%Y-%m-%d %H:%M}", line.who, line.what, _short(line.before), _short(line.after)]
        for line in one.history
    ]
    show_table(out(), ["When (UTC)", "Who", "What", "From", "To"], table, empty="")


def tell_overlaps(one: Initiative, others: Sequence[Initiative]) -> None:
    """The same, printed."""
    for note in overlap_notes(one, others):
        say(f"Careful: {note}", style="yellow")


def say_baseline(base: Baseline | None) -> str:
    """The baseline with its interval, n and window."""
    if base is None:
        return "none yet"
    known = base.low is not None and base.high is not None
    interval = f" ({say_interval(base.low or 0.0, base.high or 0.0, base.unit)})" if known else ""
    per = f" per {base.per}" if base.per else ""
    return f"{say_value(base.value, base.unit)}{per}{interval}, n = {base.n:,}, {base.since} to {base.until}"


def _short(text: str) -> str:
    """The beginning of a long text, on one line; `--json` has all of it."""
    line = " ".join(text.split())
    return line if len(line) <= LONGEST_CELL else f"{line[: LONGEST_CELL - 1]}…"


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no name for this user: it happens in containers
        return "somebody"


def _line(one: Initiative) -> list[str]:
    done = sum(task.done for task in one.tasks)
    return [
        one.id,
        one.status,
        str(one.starts_on or ""),
        one.owner,
        _moves(one),
        f"{done}/{len(one.tasks)}" if one.tasks else "",
        one.verdicts[-1].word if one.verdicts else "",
    ]


def _moves(one: Initiative) -> str:
    target = one.target
    return f"{target.measure} at {target.at}{f', {target.group}' if target.group else ''}, {target.direction}"


def _facts(one: Initiative) -> list[tuple[str, str]]:
    target, unit = one.target, one.target.baseline.unit if one.target.baseline else ""
    sign = 1 if target.direction == "up" else -1
    return [
        ("Status", one.status),
        ("Owner", f"{one.owner}{f', {one.team}' if one.team else ''}"),
        ("Findings", ", ".join(one.findings)),
        ("Hypothesis", one.hypothesis),
        ("Moves", _moves(one)),
        ("Baseline", say_baseline(target.baseline)),
        ("Expected", say_effect(sign * target.expected, unit) if target.expected else ""),
        ("Smallest", f"{say_effect(sign * target.smallest, unit)} would matter" if target.smallest else ""),
        ("Runs", f"{one.starts_on or 'no start yet'} to {_end(one)}"),
        ("Roll-out", _roll_out(one)),
    ]


def _end(one: Initiative) -> str:
    if one.ended_on is None:
        return str(one.ends_on or "open end")
    return f"{one.ended_on}{f', planned to {one.ends_on}' if one.ends_on not in (None, one.ended_on) else ''}"


def _roll_out(one: Initiative) -> str:
    design = one.roll_out
    named = [f"{arm.name}{f' since {arm.since}' if arm.since else ''}" for arm in design.arms if arm.treated]
    control = [arm.name for arm in design.arms if not arm.treated]
    parts = [f"{design.kind}{f' by {design.by}' if design.by else ''}"]
    parts += [", ".join(named)] if named else []
    parts += [f"against {', '.join(control) or 'everybody else'}"] if named else []
    parts += [f"not touched: {', '.join(design.controls)}"] if design.controls else []
    return "; ".join(parts)


def _owned(owner: str) -> str:
    return f" ({owner})" if owner else ""
