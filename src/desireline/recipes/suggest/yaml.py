"""A suggested recipe as YAML: open questions on top, and above each table why it looks like this."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap

from desireline.recipes.suggest.study import Question, Reason


def recipe_yaml(recipe: Mapping[str, Any], reasons: Sequence[Reason], questions: Sequence[Question]) -> str:
    """The recipe as YAML that reads back as the same recipe, with reasons and questions as comments."""
    document = CommentedMap(recipe)
    document["sources"] = _commented(recipe["sources"], reasons, roles={"missing", "decimal", "unused"}, tables={})
    sources_of = {name: table["source"] for name, table in recipe["tables"].items()}
    document["tables"] = _commented(recipe["tables"], reasons, roles=None, tables=sources_of)
    document.yaml_set_start_comment(_head(questions, reasons, known=set(recipe["sources"])))
    yaml = YAML()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    text = io.StringIO()
    yaml.dump(document, text)
    return text.getvalue()


def _head(questions: Sequence[Question], reasons: Sequence[Reason], *, known: set[str]) -> str:
    lines = [f"OPEN: {question.says} Answer with {question.flag}" for question in questions]
    unused = [reason for reason in reasons if reason.role == "unused" and reason.source not in known]
    if unused:
        lines.append(f"{', '.join(reason.source for reason in unused)}: {unused[0].why}")
    return "\n".join(["Suggested by `desireline recipe suggest`. Read it before the first import.", *lines])


def _commented(
    records: Mapping[str, Any],
    reasons: Sequence[Reason],
    *,
    roles: set[str] | None,
    tables: Mapping[str, str],
) -> CommentedMap:
    """The records, each with the reasons of its source above it."""
    commented = CommentedMap(records)
    for name in records:
        source = tables.get(name, name)
        lines = [
            _line(reason)
            for reason in dict.fromkeys(reasons)
            if reason.source == source and (reason.role in roles if roles else reason.column)
        ]
        if lines:
            commented.yaml_set_comment_before_after_key(name, before="\n".join(lines), indent=2)
    return commented


def _line(reason: Reason) -> str:
    subject = f"{reason.column} is {reason.role}" if reason.column else reason.role
    return f"{subject} ({reason.confidence:.0%}): {reason.why}"
