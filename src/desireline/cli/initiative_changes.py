"""desireline initiative set, baseline, start, finish, stop, task: what happens to an initiative."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.initiative_out import tell_delivery
from desireline.cli.initiative_said import Design, Revision, days_of
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
    Many,
    Randomised,
    Smallest,
    StartsOn,
    Treated,
    Unaffected,
    Who,
    by,
    day,
    show_one,
)
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import WrongOption, progress, say, say_json
from desireline.errors import BaselineMissing
from desireline.initiatives import changes
from desireline.initiatives.records import By, Initiative, new_task
from desireline.initiatives.revision import check_map, given, same_watch
from desireline.initiatives.trial import Trial
from desireline.ledger.store import Ledger
from desireline.maps.files import load_map
from desireline.workspace import Workspace

Text = str | None
MapFile = Annotated[Path | None, typer.Option("--map", metavar="MAP", help="The map, to check what is measured.")]
Options = dict[str, str | float | None]
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
    map_path: MapFile = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Change what an initiative says; what its verdict rests on only before it has started.

    Another measure, place, group or roll-out is checked as in `add`. Another number takes the baseline with it.
    """
    words = {"title": title, "owner": owner, "team": team, "hypothesis": hypothesis, "findings": finding}
    target: Options = {"measure": measure, "at": at, "group": group, "direction": better}
    target |= {"expected": expect, "smallest": smallest}
    design = Design(by_, treated, control, unaffected, randomised)
    asked = Revision(given(words | days_of(starts_on, ends_on)), given(target), design)
    if asked.empty:
        raise WrongOption("set", "say what is to be changed, such as --owner NAME.")
    shop, now = Workspace.open(workspace), by(who)
    said = asked.over(one := shop.ledger().initiative(id_))
    _check(shop, one, changes.edit(one, said, by=now), map_path, quiet=as_json)
    _change(shop, one, lambda old, by_: changes.edit(old, said, by=by_), now, as_json=as_json)


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
    one, map_ = shop.ledger().initiative(id_), load_map(map_path)
    check_map(one, map_.map.id)
    with progress("Measuring", quiet=as_json) as step:
        seen = shop.watch(map_, Trial.planned(one), step=step)
        found = seen.baseline(day(since, "--since"), day(until, "--until"))
    if found is None:
        say("Fewer than five customers stand behind the measure in this window: there is no baseline.", style="yellow")
        raise BaselineMissing(id_)
    target = one.target.model_copy(update={"baseline": found})
    _change(shop, one, lambda old, by_: changes.edit(old, {"target": target}, by=by_), by(who), as_json=as_json)


def start(id_: Id, workspace: WorkspaceFolder = HERE, on: Day = None, who: Who = None, as_json: AsJson = False) -> None:
    """It has begun: from now on target, baseline, design and start stay as they are."""
    _change_now(
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
    _change_now(
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
    _change_now(
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
        _change_now(workspace, id_, lambda one, by_: changes.add_task(one, added, by=by_), who=who, as_json=as_json)
    else:
        number, is_done = (reopen or 0, False) if done is None else (done, True)
        _change_now(
            workspace,
            id_,
            lambda one, by_: changes.set_task(one, number, done=is_done, by=by_),
            who=who,
            as_json=as_json,
        )


def _change_now(workspace: Path, id_: str, edit: Edit, *, who: str | None, as_json: bool) -> None:
    """The initiative is changed, as it is now."""
    ledger, now = Workspace.open(workspace).ledger(), by(who)
    _tell(ledger, ledger.change(id_, lambda old: edit(old, now)), as_json=as_json)


def _change(shop: Workspace, one: Initiative, edit: Edit, now: By, *, as_json: bool) -> None:
    """The initiative is changed, as it was when somebody began to work on it. Raises ChangedMeanwhile."""
    ledger = shop.ledger()
    _tell(ledger, ledger.change(one.id, lambda old: edit(old, now), at_version=one.version), as_json=as_json)


def _tell(ledger: Ledger, one: Initiative, *, as_json: bool) -> None:
    """The initiative is told, and what changed is sent to hooks."""
    if as_json:
        say_json(one.as_json())
    else:
        show_one(one, ledger.initiatives())
    for sent in ledger.deliver():
        tell_delivery(sent)


def _check(shop: Workspace, one: Initiative, changed: Initiative, map_path: Path | None, *, quiet: bool) -> None:
    """What is to be watched can be, when it is something else than before; the same checks as in `add`.

    What the rules of change refuse was told before: nothing is measured for it.
    """
    if same_watch(one, changed):
        return
    if map_path is None:
        raise WrongOption("--map", "name the map file, so that measure, place and groups can be checked.")
    map_ = load_map(map_path)
    check_map(one, map_.map.id)
    with progress("Measuring", quiet=quiet) as step:
        shop.watch(map_, Trial.planned(changed), step=step).baseline()
