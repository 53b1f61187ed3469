"""The reference page of the checks, made from their docstrings."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.catalog import CHECKS, FAMILIES
from desireline.maps.checks.check import Check

_HEAD = """\
# What `desireline map check` looks for

Made from the docstrings of `src/desireline/maps/checks/`; a test keeps it fresh.

- **error**: something on the map cannot work. The exit code is 1.
- **warning**: people will be misled. `--fail-on warning` makes the exit code 1.
- **hint**: the map could say more. `--fail-on hint` makes the exit code 1.

Checks marked *with data* compare the map with a workspace (`--workspace`).
"""


def checks_page() -> str:
    """The page as Markdown: one section per family, one entry per check."""
    return _HEAD + f"\nThere are {len(CHECKS)} checks.\n" + "".join(_families())


def _families() -> Iterator[str]:
    for title, checks in FAMILIES.items():
        yield f"\n## {title}\n"
        yield from map(_entry, checks)


def _entry(check: Check) -> str:
    what, *rest = check.about.split("\n\n")
    data = ", with data" if check.needs == "data" else ""
    parts = "\n\n".join(_paragraph(text) for text in rest)
    return f"\n### {check.code}\n\n*{check.severity}{data}*. {_flat(what)}\n\n{parts}\n"


def _paragraph(text: str) -> str:
    """Why and help each on a line of their own; other paragraphs as they are."""
    flat = _flat(text).replace(" What helps:", "\n\nWhat helps:")
    return flat.replace("Why it matters:", "**Why it matters:**").replace("What helps:", "**What helps:**")


def _flat(text: str) -> str:
    return " ".join(text.split())
