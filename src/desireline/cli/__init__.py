"""The command line. One file per group of commands; `main` is the only entry."""

from desireline.cli.start import main

__all__ = ["main"]
