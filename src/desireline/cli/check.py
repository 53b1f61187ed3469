"""desireline check: does the map still hold? For machines that watch over it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from desireline.cli.drift import day_said
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.output import there_if_named, write_output
from desireline.cli.voice import WrongOption, progress, say, say_json
from desireline.draw.figures import many
from desireline.errors import KnownFindingsUnreadable, did_you_mean
from desireline.findings.finding import Finding
from desireline.findings.notice import Findings
from desireline.findings.opportunities.opportunity import opportunities
from desireline.kept.living import AGE, Alive, Wanted, alive
from desireline.living.check import Failure, taken_as_known
from desireline.living.promises import KEPT
from desireline.living.truth import WEIGHTS
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.workspace import Workspace

FORMAT = "desireline-known-findings/1"
OWN = ("drift", "silent source")
"""Rules whose findings the check tells itself."""

Least = Annotated[float, typer.Option("--truth", min=0, max=100, help="The truth score that it takes.")]
Kept = Annotated[
    float, typer.Option("--kept", min=0, max=1, help="The share of journeys that must keep a promise of time.")
]
Weighed = Annotated[
    list[str] | None, typer.Option("--weight", help="A part's weight in the truth score: fitness=40; several times.")
]
MostFindings = Annotated[
    int | None, typer.Option("--findings", min=0, help="Fail when there are more new findings than this.")
]
MostLoss = Annotated[
    float | None, typer.Option("--loss", min=0, help="Fail when a new finding costs so many journeys a year.")
]
Known = Annotated[
    Path | None, typer.Option("--known", callback=there_if_named, help="A file of findings that are known already.")
]
WriteKnown = Annotated[Path | None, typer.Option("--write-known", help="Write today's findings into this file.")]
Age = Annotated[int, typer.Option("--age", min=0, help="Fail when the data end more days before today.")]
Today = Annotated[str | None, typer.Option("--today", help="The day to judge by; now when missing.")]


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(check)


def check(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    truth: Least = 60.0,
    kept: Kept = KEPT,
    weight: Weighed = None,
    findings: MostFindings = None,
    loss: MostLoss = None,
    known: Known = None,
    write_known: WriteKnown = None,
    age: Age = AGE,
    today: Today = None,
    as_json: AsJson = False,
) -> None:
    """Check that promises are kept, the map is not stale, and nothing new went wrong. Exit code 1 when something did.

    A promise is broken, and drift is told, only where the whole interval says so. Drift from before the last review is
    taken as known. Findings are looked at when --findings, --loss, --known or --write-known is there; what is written
    with --write-known alone is known from then on and fails nothing. Drift and silent sources are told once, as such.
    """
    outline, day = Outline(load_map(map_path)), day_said(today, "--today") or datetime.now(UTC).date()
    wanted = Wanted(day, least=truth, kept=kept, age=age, weights=_weights(weight or []))
    old = _read_known(known) if known else frozenset()
    judged = any(one is not None for one in (findings, loss, known))
    place = Workspace.open(workspace)
    with progress("Checking", quiet=as_json) as step:
        found = alive(place, outline, wanted, step=step)
        noticed = place.findings(outline.map, today=day, step=step) if judged or write_known else None
    if write_known and noticed:
        _write_known(write_known, noticed)
        old = old if judged else frozenset(map(_key, noticed.findings))
    news = _news(noticed, old) if noticed else None
    failures = [*found.failures, *(_too_many(news, noticed, findings, loss=loss) if noticed and news else [])]
    if as_json:
        say_json(_as_json(found, failures, news or []))
    else:
        _show(found, failures, news=news)
    raise typer.Exit(1 if failures else 0)


def _news(noticed: Findings, old: frozenset[str]) -> list[Finding]:
    """The findings that are not known; what the check tells itself, drift and silent sources, is left to it."""
    return [one for one in noticed.findings if _key(one) not in old and one.rule not in OWN]


def _as_json(found: Alive, failures: list[Failure], news: list[Finding]) -> dict[str, Any]:
    told = [{"key": _key(one), "id": one.id, "says": one.says, "at": one.at} for one in news]
    head = {"map": found.outline.map.map.id, "failed": bool(failures)}
    return {**head, "failures": [one.as_json() for one in failures], "new": told, **found.as_json()}


def _write_known(path: Path, noticed: Findings) -> None:
    keys = sorted({_key(one) for one in noticed.findings})
    write_output(path, json.dumps({"format": FORMAT, "findings": keys}, ensure_ascii=False, indent=2) + "\n")


def _too_many(news: list[Finding], noticed: Findings, most: int | None, *, loss: float | None) -> list[Failure]:
    """The new findings, where they are more than `most` or cost `loss`; all of them where neither is said."""
    lost = {
        one.finding.id: one.lost.value
        for one in opportunities(noticed.findings, noticed.worth, noticed.around)
        if one.lost is not None
    }
    chosen = [] if loss is None else [one for one in news if lost.get(one.id, 0.0) >= loss]
    if (most is not None and len(news) > most) or (most is None and loss is None):
        chosen = news
    return [
        Failure(
            "finding",
            one.at,
            f"New finding at {one.at} ({one.rule}): {one.says} {one.customers:,} customers.",
            f"`desireline findings --show {one.id}` tells more; or take it as known: --write-known.",
            one.effect.value,
            one.effect.low,
            one.effect.high,
            one.customers,
        )
        for one in chosen
    ]


def _key(one: Finding) -> str:
    """What a finding is about, whatever the day: data of tomorrow tell the same finding with other numbers."""
    return " | ".join((one.rule, one.at, one.who.kind, one.group))


def _read_known(path: Path) -> frozenset[str]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as fault:
        raise KnownFindingsUnreadable(path, "it is no JSON") from fault
    if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("findings"), list):
        raise KnownFindingsUnreadable(path, f"it is not of the format {FORMAT!r}")
    return frozenset(str(one) for one in told["findings"])


def _weights(said: list[str]) -> dict[str, float]:
    found = {}
    for one in said:
        name, _, number = one.partition("=")
        if name not in WEIGHTS:
            raise WrongOption("--weight", f"there is no part {name!r}. {did_you_mean(name, WEIGHTS, _known_parts())}")
        try:
            found[name] = float(number)
        except ValueError:
            raise WrongOption("--weight", f"{number!r} is no number. Write it like {name}=40.") from None
        if not 0 <= found[name] < float("inf"):
            raise WrongOption("--weight", f"{number!r} is no weight: it must be 0 or more.")
    return found


def _known_parts() -> str:
    return f"Known: {', '.join(WEIGHTS)}."


def _show(found: Alive, failures: list[Failure], *, news: list[Finding] | None) -> None:
    for one in failures:
        say(f"✗ {one.says}")
        say(f"  {one.way_out}", style="dim")
    truth = found.truth
    say(f"Truth score {'not told' if truth.score is None else f'{truth.score:g} of 100'}.", style="bold")
    for part in truth.parts:
        value = "   –" if part.value is None else f"{100 * part.value:4.0f}"
        say(f"  {part.name:<10}{value}  × {part.weight:g}  {part.says}")
    counts = [
        sum(one.verdict == name for one in found.promises) for name in ("kept", "broken", "undecided", "not measured")
    ]
    first, last = found.span
    over = f", over all data since {first}" if first else ""
    say("Promises: {} kept, {} broken, {} too close to call, {} not measured".format(*counts) + f"{over}.")
    if last is not None:
        say(f"Data up to {last}, {many(max(found.age or 0, 0), 'day')} ago.")
    say(_drift_line(found))
    if news is not None:
        say(f"{many(len(news), 'new finding')}.")
    say("The map holds." if not failures else f"{many(len(failures), 'check')} failed.")


def _drift_line(found: Alive) -> str:
    if found.drift.note:
        return f"Drift: {found.drift.note}."
    older, silent = taken_as_known(found.drift, found.reviewed)
    told = f"{len(found.drift.drifted)} of {many(len(found.drift.signs), 'check')} tell of drift"
    known = f"{older} from before the last review"
    if silent:
        known += f", and {many(silent, 'source')} silent since before it"
    return f"Drift: {told}, {known}; `desireline drift` tells more."
