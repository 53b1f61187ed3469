"""`desireline serve`: the web app, on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.options import WorkspaceFolder
from desireline.cli.voice import say


def register(app: typer.Typer) -> None:
    """`serve` is a command of the app."""
    app.command()(serve)


def serve(
    workspace: WorkspaceFolder = Path(),
    host: Annotated[str, typer.Option(help="The address to listen on; others can reach only what is not loopback.")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port; 0 takes one that is free.")] = 8765,
) -> None:
    """Open the web app: draw maps together, on this machine or with the people you invite."""
    from desireline.server.desk import open_desk
    from desireline.server.run import first_link, listen, run

    workspace.mkdir(parents=True, exist_ok=True)
    on = listen(host, port)
    desk = open_desk(workspace)
    address = f"http://{'localhost' if host == '127.0.0.1' else host}:{on.getsockname()[1]}"
    say(f"Open {first_link(desk, address)}")
    say("The link works once. Press Ctrl+C to stop.")
    run(desk, on)
