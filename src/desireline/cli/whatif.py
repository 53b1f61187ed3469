"""desireline whatif: a rate or a wait on the map is changed; conversions, value, loyalty and time move with it."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import out, progress, say, say_json
from desireline.draw.figures import many, say_effect, say_effect_range, signed
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.maps.files import load_map
from desireline.scenarios.backtest import Backtest
from desireline.scenarios.memory import Memory
from desireline.scenarios.outcome import PER_YEAR, Amount, Outcome, Said
from desireline.scenarios.scenarios import IF, Scenarios, WhatIf
from desireline.scenarios.waits import Response
from desireline.scenarios.written import levers_json, whatif_json
from desireline.units import say_duration
from desireline.workspace import Workspace

WAITS = 8
PLACES = 5
SUMMED = ("conversions", "value")
HALF_A_POINT = 0.005


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(whatif)


def whatif(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    edits: Annotated[
        list[str] | None,
        typer.Option("--set", help="What changes: 'checkout lost 0.05'; may be given several times."),
    ] = None,
    only: Annotated[
        str, typer.Option("--only", help="Of this group: persona:NAME, channel:NAME, property:NAME=VALUE.")
    ] = "",
    limit: Limit = 12,
    as_json: AsJson = False,
) -> None:
    """Tell what would happen if a rate or a wait on the map were another; without --set, what can be changed.

    A rate is of the stays at a place: 'checkout lost 0.05', 'checkout failing x0.5', 'delivery late 5%',
    'cart > checkout 0.9'. A wait is a mean: 'wait dispatch > delivery 2d'. Everything holds if behaviour elsewhere
    stays the same.
    """
    map_ = load_map(map_path)
    with progress("Listening", quiet=as_json) as step:
        scenarios = Workspace.open(workspace).scenarios(map_, only, step=step)
    if edits:
        answer = scenarios.ask(edits)
        if as_json:
            say_json(whatif_json(scenarios, answer))
        else:
            _show_answer(scenarios, answer)
    elif as_json:
        say_json(levers_json(scenarios))
    else:
        _show_levers(scenarios, limit)


def _show_answer(scenarios: Scenarios, answer: WhatIf) -> None:
    say(f"What if, {IF}:", style="bold")
    for edit in answer.imagined.edits:
        say(f"  {_say_edit(edit, scenarios)}")
    _show_notes(scenarios)
    yearly = f", {PER_YEAR}" if answer.imagined.period == PER_YEAR else ", in the data"
    table = [_row(one, yearly) for one in answer.imagined.outcomes]
    show_table(out(), ["", "Now>", "Then>", "Change>", "95 % interval>"], table, empty="")
    for outcome in answer.imagined.outcomes:
        if outcome.note:
            say(f"{outcome.title}: {outcome.note}.", style="dim")
    _show_responses(answer)
    _show_places(scenarios, answer, yearly)
    _show_backtest(answer.backtest, scenarios)
    _show_memory(answer)


def _say_edit(said: Said, scenarios: Scenarios) -> str:
    edit, titles = said.edit, scenarios.outline.titles
    here = f"“{titles.get(edit.place, 'the start')}”"
    behind = f"({many(said.n, 'customer')})"
    if edit.kind == "wait":
        then, now = say_duration(said.then), say_duration(said.now)
        return f"the wait from {here} to “{titles[edit.to]}” is {then} on average instead of {now} {behind}"
    then, now = say_value(said.then, "share"), say_value(said.now, "share")
    if edit.kind != "move":
        return f"{then} of the stays at {here} are {edit.kind} instead of {now} {behind}"
    if edit.place == "start":
        return f"{then} of journeys begin with “{titles.get(edit.to, edit.to)}” instead of {now} {behind}"
    goes = f"go on to “{titles[edit.to]}”" if edit.to in titles else f"end there, {edit.to},"
    return f"{then} of the stays at {here} {goes} instead of {now} {behind}"


def _row(one: Outcome, yearly: str) -> list[str]:
    title = one.title + (yearly if one.name in SUMMED else "")
    if one.before is None or one.after is None or one.delta is None:
        return [title, "not known", "", "", ""]
    return [title, _say(one.before.value, one.unit), _say(one.after.value, one.unit), *_change(one.delta, one.unit)]


def _change(delta: Amount, unit: str) -> list[str]:
    if unit == "s":
        return [_days(delta.value), f"{_days(delta.low)} to {_days(delta.high)}"]
    if unit in ("journeys", "stays") or unit.startswith("money"):
        told = [signed(one, 0) for one in (delta.value, delta.low, delta.high)]
        money = unit.partition(":")[2]
        return [f"{told[0]} {money}".strip(), f"{told[1]} to {told[2]}"]
    if unit == "level":
        return [signed(delta.value, 3), f"{signed(delta.low, 3)} to {signed(delta.high, 3)}"]
    return [say_effect(delta.value, unit), say_effect_range(delta.low, delta.high, unit)]


def _say(value: float, unit: str) -> str:
    if unit in ("journeys", "stays") or unit.startswith("money"):
        return f"{value:,.0f} {unit.partition(':')[2]}".strip().replace("-", "−")
    if unit == "level":
        return signed(value, 2)
    return say_value(value, unit)


def _days(seconds: float) -> str:
    return f"{'+' if seconds > 0 else ''}{say_duration(seconds)}".replace("-", "−")


def _show_notes(scenarios: Scenarios) -> None:
    say(scenarios.basis(), style="dim")
    for note in scenarios.notes():
        say(note, style="bold")
    say("")


def _show_responses(answer: WhatIf) -> None:
    """How outcomes went with a wait that is changed."""
    titles = {"conversion": "Success", "back": "Coming back", "felt": "Feeling"}
    for said in answer.imagined.edits:
        known = [(titles[name], name, one) for name, one in said.responses if one.known]
        for title, name, response in known:
            say(f"{title} by the wait {said.edit.place} > {said.edit.to}: {_doses(response, name)}.", style="dim")


def _doses(response: Response, name: str) -> str:
    unit = "level" if name == "felt" else "share"
    return "; ".join(f"{say_duration(row[0])}: {_say(row[1], unit)} (n = {row[4]:,})" for row in response.groups)


def _show_places(scenarios: Scenarios, answer: WhatIf, yearly: str) -> None:
    moved = [one for one in answer.imagined.places if one.delta and abs(one.delta.value) >= 0.5][:PLACES]
    if moved:
        say(f"\nWhere it shows most, stays{yearly}:")
        table = [[scenarios.outline.titles[one.name], *_row(one, "")[1:]] for one in moved]
        show_table(out(), ["Touchpoint", "Now>", "Then>", "Change>", "95 % interval>"], table, empty="")


def _show_backtest(found: Backtest, scenarios: Scenarios) -> None:
    say("")
    if found.note:
        say(found.note)
        return
    units = {"conversion": "share", "value": f"money:{scenarios.outline.map.map.currency or ''}"}
    titles = {"conversion": "conversion", "value": "value per journey"}
    for outcome, unit in units.items():
        months = found.of(outcome)
        if months:
            error, naive = (_error(one, unit) for one in (found.error(outcome), found.naive_error(outcome)))
            say(
                f"Back-test: {titles[outcome]} of {months[0].month} to {months[-1].month}, foretold from the months "
                f"before, missed by {error} on average (as in the 3 months before: {naive}); "
                f"{found.inside(outcome)} of {len(months)} within their 95 % intervals."
            )
    if found.error("conversion") > found.naive_error("conversion") + HALF_A_POINT:
        say("The naive guess came nearer, so take the answers as rough.", style="bold")
    if found.told is not None and found.untold is not None:
        told, untold = _error(found.told, "share"), _error(found.untold, "share")
        say(f"Told the edited rates of each month, it would have missed conversion by {told} instead of {untold}.")


def _error(value: float, unit: str) -> str:
    return say_effect(abs(value), unit).lstrip("+")


def _show_memory(answer: WhatIf) -> None:
    memory: Memory = answer.memory
    lower = abs(memory.forgetting - memory.remembering)
    if not memory.matters:
        say(f"The step before does not matter: a chain that forgets it fits better (BIC lower by {lower:,.0f}).")
        return
    told = f"A chain that remembers the step before fits better (BIC lower by {lower:,.0f})"
    delta = answer.imagined.outcomes[0].delta
    if memory.delta is None or delta is None:
        say(f"{told}; it cannot answer this question.")
        return
    theirs, ours = say_effect(memory.delta, "share"), say_effect(delta.value, "share")
    say(f"{told}; of success it says {theirs}, beside {ours} above. It leaves waits as they are.")


def _show_levers(scenarios: Scenarios, limit: int) -> None:
    titles = scenarios.outline.titles
    say(f"What could be changed, and what ten per cent less of it is worth, {IF}.", style="bold")
    _show_notes(scenarios)
    every = scenarios.levers()
    money = any(one.value for one in every)
    currency = scenarios.outline.map.map.currency or ""
    table = []
    for one in every[:limit]:
        won = _change(one.conversions, "journeys")
        row = [f"{one.place} {one.what}", titles[one.place], say_value(one.rate, "share"), f"{one.n:,}", *won]
        row += _change(one.value, f"money:{currency}") if one.value else []
        table.append([*row, *(_change(one.felt, "level")[:1] if one.felt else [])])
    heads = ["Edit", "Touchpoint", "Now>", "Customers>", "Successes>", "95 % interval>"]
    heads += ["Value>", "95 % interval>"] * money + ["Feeling>"] * any(one.felt for one in every)
    show_table(out(), heads, table, empty="Nothing can be changed.")
    if len(every) > limit:
        say(f"{len(every) - limit} more: say -n {len(every)}.", style="dim")
    waits = scenarios.waits()[:WAITS]
    if waits:
        say("\nWaits that could be changed, the most time in all first:")
        rows = [
            [f"wait {w.place} > {w.to}", say_duration(w.seconds), f"{w.n:,}", say_value(w.share, "share")]
            for w in waits
        ]
        show_table(out(), ["Edit", "Mean wait>", "Customers>", "Of stays before>"], rows, empty="")
    _show_backtest(scenarios.backtest, scenarios)
    if every:
        say(f'\nTry: desireline whatif MAP --set "{every[0].place} {every[0].what} x0.9"', style="dim")
