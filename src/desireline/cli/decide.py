"""desireline decide: what is done with a finding."""

from __future__ import annotations

from typing import Annotated

import typer

from desireline.cli.findings import named
from desireline.cli.initiative_out import tell_delivery
from desireline.cli.initiative_words import Who, by, day
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.voice import progress, say, say_json
from desireline.ledger.decisions import ACCEPT, DISMISS, REOPEN, SNOOZE
from desireline.maps.files import load_map
from desireline.workspace import Workspace

_DONE = {ACCEPT: "is accepted", DISMISS: "is dismissed", SNOOZE: "is put off", REOPEN: "is open again"}


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(decide)


def decide(
    map_path: MapFileArgument,
    finding: Annotated[str, typer.Argument(metavar="FINDING", help="The finding, by its id or its beginning.")],
    decision: Annotated[
        str, typer.Argument(metavar="DECISION", help=f"{ACCEPT}, {DISMISS}, {SNOOZE} or {REOPEN}.")
    ] = ACCEPT,
    workspace: WorkspaceFolder = HERE,
    because: Annotated[str, typer.Option("--because", help="The reason; a dismissal needs one.")] = "",
    until: Annotated[
        str | None, typer.Option("--until", metavar="DATE", help="Put off until this day, such as 2026-12-01.")
    ] = None,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Accept, dismiss (with a reason) or put off a finding; what is dismissed or put off is no longer listed."""
    last, opened = day(until, "--until"), Workspace.open(workspace)
    with progress("Looking", quiet=as_json) as step:
        one = named(opened.findings(load_map(map_path), step=step), finding)
    ledger = opened.ledger()
    made = ledger.decide(one.key, decision, reason=because, by=by(who), until=last)
    if as_json:
        say_json({"finding": one.id, **made.as_json()})
    else:
        say(f"“{one.key}” {_DONE[made.decision]}{f' until {made.until}' if made.until else ''}.")
    for sent in ledger.deliver():
        tell_delivery(sent)
