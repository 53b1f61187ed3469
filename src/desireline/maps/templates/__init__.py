"""Templates: maps to begin with, for common companies, with measures, promises and suggestions for bindings.

    from desireline.maps.templates import load_template, template_names
    text = load_template("hotel-stay")

A template is an ordinary map file. Its `when` rules guess at common event names; its cards are assumptions.
"""

from __future__ import annotations

import re
from importlib import resources

from desireline.errors import UnknownTemplate

DEFAULT = "default"
_ENDING = ".journey.yaml"
_TITLE = re.compile(r"^  title: (.+)$", re.MULTILINE)
_ABOUT = re.compile(r"^# (.+)$", re.MULTILINE)


def template_names() -> list[str]:
    """Names of all templates: `default` first, then by the alphabet."""
    files = (entry.name for entry in resources.files(__name__).iterdir())
    names = sorted(name.removesuffix(_ENDING) for name in files if name.endswith(_ENDING))
    return sorted(names, key=lambda name: name != DEFAULT)


def load_template(name: str) -> str:
    """The template's text, YAML with comments. Raises UnknownTemplate, which names the nearest one."""
    names = template_names()
    if name not in names:
        raise UnknownTemplate(name, names)
    return resources.files(__name__).joinpath(name + _ENDING).read_text(encoding="utf-8")


def template_titles() -> dict[str, str]:
    """Name and title of each template, in the order of `template_names`."""
    return {name: _first(_TITLE, name) for name in template_names()}


def template_abouts() -> dict[str, str]:
    """Name and one sentence of each template: what it is for."""
    return {name: _first(_ABOUT, name) for name in template_names()}


def _first(pattern: re.Pattern[str], name: str) -> str:
    found = pattern.search(load_template(name))
    return found[1].strip('"') if found else name
