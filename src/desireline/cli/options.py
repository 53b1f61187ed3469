"""Options and arguments that several commands have."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from desireline.cli.output import there
from desireline.cli.voice import HERE

__all__ = ["HERE", "AsJson", "Force", "Limit", "MapFileArgument", "Output", "WorkspaceFolder"]

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
WorkspaceFolder = Annotated[Path, typer.Option("--workspace", "-w", help="The workspace: the folder with the lake.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, help="How many to show.")]
MapFileArgument = Annotated[Path, typer.Argument(metavar="MAP", callback=there, help="A *.journey.yaml file.")]
Output = Annotated[Path, typer.Option("--output", "-o", help="The file to write.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file.")]
