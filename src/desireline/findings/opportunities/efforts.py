"""Efforts as people write them down: a YAML file of numbers by rule@place or by a finding's id."""

from __future__ import annotations

from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from desireline.errors import EffortsUnreadable


def load_efforts(path: Path) -> dict[str, float]:
    """The efforts by name. Raises EffortsUnreadable.

    late@delivery: 3        # person-months, or whatever the team counts in
    ee3763ca: 0.5
    """
    try:
        told = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError) as fault:
        raise EffortsUnreadable(path.name, str(fault).splitlines()[0]) from None
    if not isinstance(told, dict):
        raise EffortsUnreadable(path.name, "it is no list of names with numbers")
    wrong = [name for name, effort in told.items() if not _is_effort(effort)]
    if wrong:
        raise EffortsUnreadable(path.name, f"the effort of {wrong[0]!r} is no number above 0")
    return {str(name): float(effort) for name, effort in told.items()}


def _is_effort(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e9
