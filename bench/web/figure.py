"""A figure beside its bar."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """What was measured, in a unit, and where the bar is; without a bar it is only told."""

    what: str
    measured: float
    unit: str
    bar: float | None = None
    more: bool = False  # the bar is the least, not the most
    digits: int = 0

    @property
    def met(self) -> bool:
        """The figure is on the good side of its bar."""
        if self.bar is None:
            return True
        return self.measured >= self.bar if self.more else self.measured <= self.bar

    def cells(self) -> tuple[str, str, str, str]:
        """As a row of a table: what, bar, measured, and whether it is met."""
        bar = "" if self.bar is None else f"{'≥' if self.more else '≤'} {self._with_unit(self.bar)}"
        verdict = "" if self.bar is None else "met" if self.met else "**missed**"
        return self.what, bar, self._with_unit(self.measured), verdict

    def _with_unit(self, number: float) -> str:
        text = f"{number:,.{self.digits}f}"
        return f"{text.rstrip('0').rstrip('.') if number == self.bar and '.' in text else text} {self.unit}"
