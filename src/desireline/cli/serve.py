"""`desireline serve`: the web app, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import WorkspaceFolder
from desireline.cli.voice import say

PLAIN = (
    "Others can reach this address, and what is sent over plain HTTP can be read on the way. Put a proxy with TLS in "
    "front of it (then also say --behind-proxy), or use it only in a network that you trust."
)


def register(app: typer.Typer) -> None:
    """`serve` is a command of the app."""
    app.command()(serve)


def serve(
    workspace: WorkspaceFolder = Path(),
    host: Annotated[str, typer.Option(help="The address to listen on; others can reach only what is not loopback.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")] = 8765,
    browser: Annotated[bool, typer.Option("--open", help="Open the app in the browser.")] = False,
    behind_proxy: Annotated[
        bool, typer.Option("--behind-proxy", help="Believe a proxy on this machine who asks (X-Forwarded-…).")
    ] = False,
    log: Annotated[bool, typer.Option("--log", help="Write a line of JSON to stderr for each request.")] = False,
) -> None:
    """Open the web app: draw maps together, on this machine or with the people you invite."""
    from desireline.server.desk import PATIENCE_S, open_desk
    from desireline.server.lock import only_on_ledger, only_server
    from desireline.server.logs import begin_log
    from desireline.server.run import address_of, first_link, is_local, listen, run

    workspace.mkdir(parents=True, exist_ok=True)
    with only_server(workspace) as lock, listen(host, port) as on:
        begin_log(requests=log)
        desk, address = open_desk(workspace, patience_s=PATIENCE_S), address_of(host, on)
        lock.tells(address)
        with only_on_ledger(desk.engine, desk.workspace):
            link = first_link(desk, address)
            say(f"Open {link}")
            say("The link works once. Press Ctrl+C to stop.")
            if not is_local(host):
                say(PLAIN)
            if browser:
                _show(link)
            run(desk, on, behind_proxy=behind_proxy)
    say("Stopped. Everything that was saved is on the disk.")


def _show(link: str) -> None:
    """The browser opens this; one that runs in the terminal does not keep the server from starting."""
    import threading
    import webbrowser

    threading.Thread(target=webbrowser.open, args=(link,), daemon=True).start()
