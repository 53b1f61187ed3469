"""The command line. One file per group of commands; `main` is the only entry."""

from desireline.cli.app import main

__all__ = ["main"]
