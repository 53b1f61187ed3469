"""desireline findings, rules: what matters in the data, with its evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import out, progress, say, say_json
from desireline.draw.figures import many
from desireline.draw.finding import GRADES, beside, facts, place, say_cost, say_size, title
from desireline.draw.table import show_table
from desireline.errors import UnknownFinding
from desireline.findings.catalog import RULES, find_rule
from desireline.findings.finding import Finding
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import Opportunity, opportunities
from desireline.findings.settings import read_setting
from desireline.findings.written import finding_json, findings_json
from desireline.kept.decided import decisions_in, open_ones
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.workspace import Workspace

if TYPE_CHECKING:
    import polars as pl

Rules = Annotated[list[str] | None, typer.Option("--rule", "-r", help="Only what this rule looks for; several times.")]
Set = Annotated[
    list[str] | None, typer.Option("--set", help="A rule's setting: --set 'late smallest 0.2'; several times.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the program."""
    app.command()(findings)
    app.command()(rules)


def findings(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    rule: Rules = None,
    settings: Set = None,
    show: Annotated[str | None, typer.Option("--show", help="All about one finding, named by its id.")] = None,
    customers: Annotated[
        str | None, typer.Option("--customers", help="List the customers behind a finding, one a line.")
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="Also what was dismissed or put off.")] = False,
    limit: Limit = 15,
    as_json: AsJson = False,
) -> None:
    """Tell what matters in the data: problems and chances with their evidence, the costliest first."""
    outline, opened = Outline(load_map(map_path)), Workspace.open(workspace)
    with progress("Looking", quiet=as_json) as step:
        found = opened.findings(outline.map, rules=rule or (), settings=read_settings(settings or []), step=step)
    if customers:
        one = named(found, customers)
        _list(one, opened.behind(outline.map, one), as_json=as_json)
    elif show and as_json:
        say_json(finding_json(named(found, show)))
    elif show:
        _show_one(named(found, show), outline)
    else:
        decided = {} if all_ else decisions_in(opened.folder, today=datetime.now(UTC).date())
        _answer(found, open_ones(found.findings, decided), outline, limit=limit, as_json=as_json)


def rules(
    name: Annotated[str | None, typer.Argument(metavar="RULE", help="All about one rule.")] = None,
    as_json: AsJson = False,
) -> None:
    """List the rules: what each looks for, why it matters, what helps, and what can be set."""
    chosen = [find_rule(name)] if name else list(RULES.values())
    if as_json:
        say_json(
            [
                {"name": one.name, "title": one.title, "sort": one.sort, "about": one.about, "settings": one.settings}
                for one in chosen
            ]
        )
    elif name:
        say(chosen[0].title)
        say(f"\n{chosen[0].about}")
        say("".join(f"\n  {key} = {value}" for key, value in chosen[0].settings.items()))
    else:
        show_table(out(), ["Rule", "Looks for", "Kind"], [[one.name, one.title, one.sort] for one in chosen], empty="")


def named(found: Findings, id_: str) -> Finding:
    """The finding of this id, or of its beginning. Raises UnknownFinding."""
    every = [one for lead in found.findings for one in (lead, *lead.also)]
    for one in every:
        if len(id_) >= 4 and one.id.startswith(id_):
            return one
    raise UnknownFinding(id_, [one.id for one in every])


def read_settings(given: list[str]) -> dict[str, dict[str, float]]:
    """Settings as they are typed: the rule's name, the setting, a number. Raises SettingUnclear, UnknownRule."""
    found: dict[str, dict[str, float]] = {}
    for text in given:
        rule, name, value = read_setting(text)
        found.setdefault(rule, {})[name] = value
    return found


def _list(one: Finding, customers: pl.DataFrame, *, as_json: bool) -> None:
    listed = customers["customer_id"].to_list()
    if as_json:
        say_json({"finding": one.id, "customers": listed})
    else:
        say("\n".join(listed))


def _answer(found: Findings, shown: list[Finding], outline: Outline, *, limit: int, as_json: bool) -> None:
    away, told = len(found.findings) - len(shown), replace(found, findings=tuple(shown))
    if as_json:
        say_json(findings_json(told) | {"put_away": away})
        return
    _show(told, outline, limit)
    if away:
        say(f"{many(away, 'finding')} dismissed or put off: --all shows {'it' if away == 1 else 'them'}.", style="dim")


def _show(found: Findings, outline: Outline, limit: int) -> None:
    passed, tried = found.checks
    looked = f"{passed:,} of {tried:,} checks tell of something, in {many(len(found.families), 'family', 'families')}"
    if not found.findings:
        say(f"Nothing was found: {looked}. An empty list is an answer.")
        return
    say(f"{many(len(found.findings), 'finding')}; {looked}.")
    costs = {one.finding.id: one for one in opportunities(found.findings, found.worth, found.around)}
    for number, one in enumerate(found.findings[:limit], 1):
        out().print(_entry(number, one, outline, costs[one.id]), soft_wrap=not out().is_terminal)
    if len(found.findings) > limit:
        say(f"{len(found.findings) - limit} more: say -n {len(found.findings)}.", style="dim")
    say("--show ID tells all about one and what helps; --customers ID lists whom it is about.", style="dim")
    say("`desireline opportunities` ranks them by cost, effort or a score of yours.", style="dim")


def _entry(number: int, one: Finding, outline: Outline, cost: Opportunity) -> Text:
    text = Text(f"\n{number:>3}  ")
    text.append(f"{title(one)}: {place(one, outline)}", style="bold")
    text.append(f"\n     {one.says}")
    text.append(f"\n     {' · '.join([*facts(one), one.id])}", style="dim")
    if cost.lost:
        text.append(f"\n     costs {say_cost(cost, outline.map.map.currency or '')}", style="dim")
    for other in beside(one, outline):
        text.append(f"\n     also: {other}", style="dim")
    return text


def _show_one(one: Finding, outline: Outline) -> None:
    rule = RULES[one.rule]
    say(f"{title(one)}: {place(one, outline)}", style="bold")
    say(one.says)
    passed, tried = one.checks
    rows = [
        ["Name", one.key],
        ["Effect", f"{say_size(one.effect)} ({one.effect.says})"],
        ["Customers", f"{one.customers:,}" + (f", {many(one.journeys, 'journey')}" if one.journeys else "")],
        ["Grade", f"{one.grade}, {GRADES[one.grade]}"],
        ["Sure", f"{facts(one)[-1]}; {passed:,} of {tried:,} checks of its family passed"],
        *([effect.says.capitalize(), f"{say_size(effect)} ({effect.n:,} customers)"] for effect in one.evidence),
    ]
    show_table(out(), ["", ""], rows, empty="")
    for other in beside(one, outline):
        say(f"Also: {other}")
    for quote in one.quotes:
        say(f"“{quote}”")
    say(f"\n{rule.about}", style="dim")
