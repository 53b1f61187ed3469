"""desireline initiative set, baseline, start, finish, stop, task: what happens to an initiative."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.initiative_out import tell_delivery
from desireline.cli.initiative_words import (
    At,
    Better,
    ByArms,
    Control,
    Day,
    EndsOn,
    Expect,
    Group,
    Id,
    Randomised,
    Smallest,
    StartsOn,
    Treated,
    Unaffected,
    Who,
    arms,
    by,
    day,
    kind_of,
    show_one,
)
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import WrongOption, progress, say, say_json
from desireline.errors import BaselineMissing
from desireline.initiatives import changes
from desireline.initiatives.records import By, Initiative, new_task
from desireline.initiatives.trial import Trial
from desireline.maps.files import load_map
from desireline.workspace import Workspace

Text = str | None
Many = list[str] | None
Edit = Callable[[Initiative, By], Initiative]


def register(app: typer.Typer) -> None:
    """Add these commands to the group."""
    for command in (baseline, start, finish, stop, task):
        app.command()(command)
    app.command("set")(set_)


def set_(
    id_: Id,
    workspace: WorkspaceFolder = HERE,
    title: Annotated[Text, typer.Option("--title", help="What is to be done, in a line.")] = None,
    owner: Annotated[Text, typer.Option("--owner", help="Who answers for it.")] = None,
    team: Annotated[Text, typer.Option("--team", help="Whose work it is.")] = None,
    hypothesis: Annotated[Text, typer.Option("--hypothesis", help="Why it should work.")] = None,
    finding: Annotated[Many, typer.Option("--finding", help="The findings that it answers; several times.")] = None,
    starts_on: StartsOn = None,
    ends_on: EndsOn = None,
    measure: Annotated[Text, typer.Option("--measure", "-m", help="The measure that is to move.")] = None,
    at: At = None,
    group: Group = None,
    better: Better = None,
    expect: Expect = None,
    smallest: Smallest = None,
    randomised: Randomised = False,
    by_: ByArms = None,
    treated: Treated = None,
    control: Control = None,
    unaffected: Unaffected = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Change what an initiative says; what its verdict rests on only before it has started.

    When the measure, the place or the group changes, the baseline is gone and has to be measured anew.
    """
    words = {"title": title, "owner": owner, "team": team, "hypothesis": hypothesis, "findings": finding}
    said: dict[str, Any] = {name: value for name, value in words.items() if value is not None}
    days = {"starts_on": day(starts_on, "--starts-on"), "ends_on": day(ends_on, "--ends-on")}
    said |= {name: value for name, value in days.items() if value is not None}
    numbers: dict[str, Any] = {"expected": expect, "smallest": smallest}
    target = numbers | {"measure": measure, "at": at, "group": group, "direction": better}
    moved = {name: value for name, value in target.items() if value is not None}
    if by_ or treated or control or unaffected or randomised:
        said["roll_out"] = {
            "kind": kind_of(by_, randomised=randomised),
            "by": by_ or "",
            "arms": arms(treated or [], control or []),
            "controls": unaffected or [],
        }
    if not said and not moved:
        raise WrongOption("set", "say what is to be changed, such as --owner NAME.")
    _change(
        workspace, id_, lambda one, by_: changes.edit(one, said | _target(one, moved), by=by_), who=who, as_json=as_json
    )


def baseline(
    id_: Id,
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    since: Annotated[Text, typer.Option("--since", metavar="DATE", help="First day of the window.")] = None,
    until: Annotated[Text, typer.Option("--until", metavar="DATE", help="Last day of the window.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Measure how things are before the start: the half year before it, or the window that you name."""
    shop = Workspace.open(workspace)
    one = shop.ledger().initiative(id_)
    with progress("Measuring", quiet=as_json) as step:
        seen = shop.watch(load_map(map_path), Trial.planned(one), step=step)
        found = seen.baseline(day(since, "--since"), day(until, "--until"))
    if found is None:
        say("Fewer than five customers stand behind the measure in this window: there is no baseline.", style="yellow")
        raise BaselineMissing(id_)
    target = one.target.model_copy(update={"baseline": found})
    _change(workspace, id_, lambda old, by_: changes.edit(old, {"target": target}, by=by_), who=who, as_json=as_json)


def start(id_: Id, workspace: WorkspaceFolder = HERE, on: Day = None, who: Who = None, as_json: AsJson = False) -> None:
    """It has begun: from now on target, baseline, design and start stay as they are."""
    _change(
        workspace,
        id_,
        lambda one, by_: changes.start(one, on=day(on, "--on") or by_.at.date(), by=by_),
        who=who,
        as_json=as_json,
    )


def finish(
    id_: Id, workspace: WorkspaceFolder = HERE, on: Day = None, who: Who = None, as_json: AsJson = False
) -> None:
    """It is done, and what it changed stays. Ask for its verdict with `desireline verdict`."""
    _change(
        workspace,
        id_,
        lambda one, by_: changes.finish(one, on=day(on, "--on") or by_.at.date(), by=by_),
        who=who,
        as_json=as_json,
    )


def stop(
    id_: Id,
    workspace: WorkspaceFolder = HERE,
    reason: Annotated[str, typer.Option("--reason", help="Why, for those who would try it again.")] = "",
    on: Day = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """It is given up, for a reason that stays written down."""
    _change(
        workspace,
        id_,
        lambda one, by_: changes.stop(one, reason=reason, on=day(on, "--on") or by_.at.date(), by=by_),
        who=who,
        as_json=as_json,
    )


def task(
    id_: Id,
    title: Annotated[Text, typer.Argument(metavar="TITLE", help="Something to do.")] = None,
    workspace: WorkspaceFolder = HERE,
    owner: Annotated[str, typer.Option("--owner", help="Who does it.")] = "",
    done: Annotated[int | None, typer.Option("--done", metavar="NUMBER", help="The task that is done.")] = None,
    reopen: Annotated[int | None, typer.Option("--open", metavar="NUMBER", help="The task that is not done.")] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Add something to do, or say that it is done."""
    if sum(one is not None for one in (title, done, reopen)) != 1:
        raise WrongOption("task", "name one new task, or say --done NUMBER or --open NUMBER.")
    if title is not None:
        added = new_task(title, owner)
        _change(workspace, id_, lambda one, by_: changes.add_task(one, added, by=by_), who=who, as_json=as_json)
    else:
        number, is_done = (reopen or 0, False) if done is None else (done, True)
        _change(
            workspace,
            id_,
            lambda one, by_: changes.set_task(one, number, done=is_done, by=by_),
            who=who,
            as_json=as_json,
        )


def _change(workspace: Path, id_: str, edit: Edit, *, who: str | None, as_json: bool) -> None:
    """The initiative is changed in the ledger, told, and sent to hooks."""
    ledger = Workspace.open(workspace).ledger()
    now = by(who)
    one = ledger.change(id_, lambda old: edit(old, now))
    if as_json:
        say_json(one.as_json())
    else:
        show_one(one, ledger.initiatives())
    for sent in ledger.deliver():
        tell_delivery(sent)


def _target(one: Initiative, moved: dict[str, Any]) -> dict[str, Any]:
    """The target with what moved; its baseline is kept only where it is still that of the same number."""
    if not moved:
        return {}
    said = one.target.model_dump() | moved
    if any(said[name] != getattr(one.target, name) for name in ("measure", "at", "group")):
        said["baseline"] = None
    return {"target": said}
