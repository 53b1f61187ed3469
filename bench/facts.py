"""What a data folder holds and what the tasks ask of it: `facts.json`, read by every engine."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Facts:
    """Names by code, the map's stage of each touchpoint, and the touchpoints that the tasks speak of (as codes)."""

    events: int
    customers: int
    touchpoints: tuple[str, ...]
    channels: tuple[str, ...]
    stages: tuple[int, ...]  # by touchpoint, 0 is the map's first
    funnel: tuple[int, ...]  # the five steps of (a), in order
    purchase: int  # where the paths of (f) end
    first_at: int  # µs since 1970, of the earliest event
    last_at: int  # and of the latest

    @property
    def funnel_names(self) -> tuple[str, ...]:
        """The five steps of (a) by name."""
        return tuple(self.touchpoints[code] for code in self.funnel)

    @property
    def apart(self) -> int:
        """More than lies between two moments of one customer and a week: customer × apart + moment keeps all apart."""
        return self.last_at - self.first_at + 8 * 86_400_000_000

    @property
    def wide(self) -> bool:
        """True when such numbers need more than 64 bits."""
        return (self.customers + 1) * self.apart >= 2**63

    @property
    def purchase_name(self) -> str:
        """The touchpoint where the paths of (f) end, by name."""
        return self.touchpoints[self.purchase]

    @property
    def stage_of(self) -> dict[str, int]:
        """The map's stage of each touchpoint, by name."""
        return dict(zip(self.touchpoints, self.stages, strict=True))


def write_facts(folder: Path, facts: Facts) -> None:
    """`facts.json` says what the folder holds."""
    (folder / "facts.json").write_text(json.dumps(asdict(facts), indent=1) + "\n", "utf-8")


def read_facts(folder: Path) -> Facts:
    """The facts of a data folder."""
    held: dict[str, Any] = json.loads((folder / "facts.json").read_text("utf-8"))
    plain: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in held.items()}
    return Facts(**plain)
