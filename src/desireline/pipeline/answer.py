"""What comes back from a question about paths: plain rows, and what holds for all of them.

A number about fewer than five customers is None here already, so nothing that draws an answer can show it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from desireline.access import SMALL_GROUP, may_show

if TYPE_CHECKING:
    import polars as pl

HIDDEN = f"fewer than {SMALL_GROUP} customers"
KEPT_BACK = f"{HIDDEN}, alone or by subtraction"


@dataclass(frozen=True)
class Answer:
    """Rows under `columns`, and `about` the whole. Shares are 0–1; columns that end with `_s` are seconds."""

    question: str  # funnel, edges, routes, visits, retention, attribution, order
    columns: tuple[str, ...]
    rows: tuple[tuple[Any, ...], ...]
    about: Mapping[str, Any] = field(default_factory=dict)
    hidden: int = 0  # rows or numbers that are kept back, since they speak of too few, or would tell what does

    @property
    def note(self) -> str:
        """Why something is kept back."""
        return KEPT_BACK

    def records(self) -> list[dict[str, Any]]:
        """Each row by the names of its columns."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def as_json(self) -> dict[str, Any]:
        """The answer as plain data."""
        note = self.note if self.hidden else ""
        return {"question": self.question, **self.about, "hidden": self.hidden, "note": note, "rows": self.records()}

    @property
    def frame(self) -> pl.DataFrame:
        """The rows as a Polars frame."""
        import polars as pl  # noqa: PLC0415 - loaded for those who want a frame; a first answer does not wait for it

        return pl.DataFrame(list(self.rows), schema=list(self.columns), orient="row", infer_schema_length=None)

    def _repr_html_(self) -> str:
        return self.frame._repr_html_()


def shown(count: int) -> int | None:
    """The count of customers, or None when it may not be shown."""
    return int(count) if may_show(int(count)) else None


def share(part: int | None, whole: int | None) -> float | None:
    """The part of the whole, 0–1; None when either is unknown or the whole is nothing."""
    return part / whole if part is not None and whole else None


def count_hidden(counts: Iterable[int | None]) -> int:
    """How many of the counts are kept back."""
    return sum(count is None for count in counts)


def first_rows(rows: Sequence[tuple[Any, ...]], limit: int | None) -> tuple[tuple[Any, ...], ...]:
    """The first rows; all of them without a limit."""
    return tuple(rows if limit is None else rows[:limit])
