"""The reference page of all rules, made from their docstrings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from desireline.findings.catalog import RULES
from desireline.findings.rule import Rule

_HEAD = """# What `desireline findings` looks for

Made from the docstrings of `src/desireline/findings/rules/`; a test keeps it fresh.

A rule looks at every place, group and pair that it could speak about, and each look is a check. A check passes when its
effect is surely larger than the smallest that matters, after all others that were looked at. *Problems* cost something;
*chances* are what works where it is taken. Settings are changed with `--set 'late smallest 0.2'`.
"""


def rules_page() -> str:
    """The page as Markdown: one entry per rule."""
    return _HEAD + f"\nThere are {len(RULES)} rules.\n" + "".join(map(_entry, RULES.values()))


def _entry(rule: Rule) -> str:
    parts = "\n\n".join(_paragraphs(rule.about))
    return f"\n## {rule.title} (`{rule.name}`)\n\n*{rule.sort.capitalize()}*. {parts}\n{_settings(rule)}"


def _settings(rule: Rule) -> str:
    if not rule.settings:
        return ""
    return "\nSettings: " + ", ".join(f"`{name}` {value}" for name, value in rule.settings.items()) + ".\n"


def _paragraphs(about: str) -> Iterator[str]:
    for text in about.split("\n\n"):
        lines = re.split(r"\s*(?=Why it matters:|What helps:)", " ".join(text.split()))
        yield "\n\n".join(re.sub(r"^(Why it matters:|What helps:)", r"**\1**", line) for line in lines if line)
