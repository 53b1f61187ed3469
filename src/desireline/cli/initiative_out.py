"""desireline initiative export, hook: initiatives leave for trackers, as files or as messages."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.initiative_words import Who, by
from desireline.cli.options import HERE, AsJson, Force, WorkspaceFolder
from desireline.cli.output import free, write_output
from desireline.cli.voice import WrongOption, complain, out, say, say_json
from desireline.draw.figures import many
from desireline.draw.files.spreadsheet import csv_text
from desireline.draw.table import show_table
from desireline.initiatives.export import as_table
from desireline.ledger.delivering import Delivered
from desireline.ledger.hooks import SENT, WAITING, Hook
from desireline.ledger.store import Ledger
from desireline.workspace import Workspace

Url = Annotated[str | None, typer.Argument(metavar="URL", help="Where changes are sent; without it, hooks are listed.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the group."""
    app.command()(export)
    app.command()(hook)


def export(
    workspace: WorkspaceFolder = HERE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="The file: .csv or .json; else JSON is printed.")
    ] = None,
    force: Force = False,
    as_json: AsJson = False,
) -> None:
    """Write all initiatives for another tracker: CSV with a row for each, or JSON with everything."""
    if output is not None and output.suffix.lower() not in (".csv", ".json"):
        raise WrongOption("--output", f"{output.name}: initiatives are written as .csv or .json.")
    free(output, force=force)
    found = Workspace.open(workspace).ledger().initiatives()
    whole = [one.as_json() for one in found]
    if output is None:
        say_json(whole)
        return
    if output.suffix.lower() == ".csv":
        write_output(output, csv_text(as_table(found)))
    else:
        write_output(output, json.dumps(whole, ensure_ascii=False, indent=2) + "\n")
    if as_json:
        say_json({"file": str(output), "initiatives": len(found)})
    else:
        say(f"{many(len(found), 'initiative')} written to {output}.")


def hook(
    url: Url = None,
    workspace: WorkspaceFolder = HERE,
    remove: Annotated[int | None, typer.Option("--remove", metavar="NUMBER", help="Send nothing there.")] = None,
    send: Annotated[bool, typer.Option("--send", help="Send what waits, and what failed, now.")] = False,
    allow_local: Annotated[bool, typer.Option("--allow-local", help="The receiver is in your own network.")] = False,
    log: Annotated[bool, typer.Option("--log", help="Show what was sent, and what became of it.")] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Send every change to an address of yours, signed; nothing is sent anywhere until you name one.

    The secret is shown once, when the hook is made. Receivers check `webhook-signature` with it (Standard Webhooks).
    Addresses are https:// and on the open internet, unless you say --allow-local.
    """
    if sum([url is not None, remove is not None, send, log]) > 1:
        raise WrongOption("hook", "say one thing: an address, --remove, --send or --log.")
    if allow_local and url is None:
        raise WrongOption("--allow-local", "say it with the address of a receiver in your own network.")
    ledger = Workspace.open(workspace).ledger()
    if url is not None:
        _added(ledger.add_hook(url, by=by(who), allow_local=allow_local), as_json=as_json)
    elif send:
        _sent(ledger.deliver(again=True), as_json=as_json)
    elif log:
        _log(ledger, as_json=as_json)
    else:
        if remove is not None:
            ledger.remove_hook(remove)
        _listed(ledger.hooks(), as_json=as_json)


def tell_delivery(one: Delivered) -> None:
    """A change that could not be sent is told; one that was sent is not."""
    if one.status != SENT:
        later = "The next change, or " if one.status == WAITING else ""
        complain(
            f"The change is made, but {one.host} did not take the message ({one.says}). "
            f"{later}`desireline initiative hook --send` tries again."
        )


def _added(made: Hook, *, as_json: bool) -> None:
    if as_json:
        say_json(made.as_json(with_secret=True))
        return
    say(f"Hook {made.number}: changes are sent to {made.url}.")
    say(f"Its secret, shown this once: {made.secret}")


def _listed(found: list[Hook], *, as_json: bool) -> None:
    if as_json:
        say_json([one.as_json() for one in found])
        return
    table = [[str(one.number), one.host, one.who, one.at[:10]] for one in found]
    show_table(out(), ["Hook>", "Receiver", "Made by", "On"], table, empty="No hook: nothing is sent anywhere.")


def _sent(found: list[Delivered], *, as_json: bool) -> None:
    if as_json:
        say_json([vars(one) for one in found])
        return
    table = [[one.host, one.status, str(one.tries), one.says] for one in found]
    show_table(out(), ["Receiver", "Status", "Tries>", "Answer"], table, empty="Nothing waits to be sent.")


def _log(ledger: Ledger, *, as_json: bool) -> None:
    found = ledger.deliveries()
    if as_json:
        say_json([vars(one) for one in found])
        return
    table = [[one.at[:16], str(one.hook), one.event_id, one.status, str(one.tries), one.says] for one in found]
    heads = ["When", "Hook>", "Message", "Status", "Tries>", "Answer"]
    show_table(out(), heads, table, empty="Nothing was ever to be sent.")
