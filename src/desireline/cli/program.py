"""The program as typer sees it: commands whose files are loaded when they are called, and not before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from desireline.cli.catalog import COMMANDS, Entry

Command = Any  # typer keeps its own copy of click, whose classes it does not show


class OnDemand(MutableMapping[str, Command]):
    """Commands by name. Looking at the names loads nothing; taking a command loads its file."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        self._entries = dict(entries)
        self._taken: dict[str, Command] = {}

    def __getitem__(self, name: str) -> Command:
        if name not in self._taken:
            self._taken[name] = _load(name, self._entries[name])
        return self._taken[name]

    def __contains__(self, name: object) -> bool:
        return name in self._entries or name in self._taken

    def __setitem__(self, name: str, command: Command) -> None:
        self._taken[name] = command

    def __delitem__(self, name: str) -> None:
        del self._entries[name]
        self._taken.pop(name, None)

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys([*self._entries, *self._taken]))

    def __len__(self) -> int:
        return len(set(self._entries) | set(self._taken))


class Program(TyperGroup):
    """All commands of the catalog. Its own help is written from the catalog alone."""

    def __init__(self, **said: Any) -> None:
        super().__init__(**said)
        self.commands = OnDemand(COMMANDS)

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """The page of `desireline --help`."""
        lines = [TyperCommand(name, help=entry.says) for name, entry in COMMANDS.items()]
        page = TyperGroup(
            name=self.name,
            commands=lines,
            params=self.params,
            help=self.help,
            rich_markup_mode=self.rich_markup_mode,
        )
        page.format_help(ctx, formatter)


def _load(name: str, entry: Entry) -> Command:
    file = import_module(f"desireline.cli.{entry.file}")
    if entry.group:
        group = get_group(file.app)
        group.name = name
        return group
    held = typer.Typer()
    file.register(held)
    return get_group(held).commands[name]
