"""What the tests of suggestions start from: samples with their data in sight, and what is suggested for them."""

from __future__ import annotations

import polars as pl

from desireline.recipes.suggest import Preview, Suggestion, suggest


def preview(text: str, name: str = "log.csv") -> Preview:
    """A sample from a table written with | between cells; an empty cell is nothing."""
    lines = [[cell.strip() or None for cell in line.split("|")] for line in text.strip().splitlines()]
    header = [str(cell) for cell in lines[0]]
    return Preview(name, pl.DataFrame(lines[1:], schema=dict.fromkeys(header, pl.String), orient="row"))


def suggested(text: str, **told: object) -> Suggestion:
    """What is suggested for one source, called log."""
    return suggest({"log": preview(text)}, **told)  # type: ignore[arg-type]


def open_codes(suggestion: Suggestion) -> list[str]:
    """Which questions are open."""
    return [question.code for question in suggestion.questions]
