"""What the codes of a trace mean, and what is said of a name that has none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desireline.errors import UnknownName

NO_CHANNEL = "(none)"


@dataclass(frozen=True)
class Names:
    """What the codes of a trace mean. `rank` is the stage of each touchpoint, −1 where it has none."""

    touchpoints: tuple[str, ...]
    channels: tuple[str | None, ...] = ()
    stages: tuple[str, ...] = ()
    rank: tuple[int, ...] = ()

    def touchpoint(self, name: str) -> int:
        """The code of a touchpoint. Raises UnknownName."""
        return _code(name, self.touchpoints, "event" if not self.stages else "touchpoint")

    def channel(self, name: str) -> int:
        """The code of a channel; `(none)` is that of events without one. Raises UnknownName."""
        return _code(name, tuple(self.channel_names), "channel")

    @property
    def channel_names(self) -> list[str]:
        """The channels by code, in words."""
        return [NO_CHANNEL if name is None else name for name in self.channels]


def _code(name: str, known: Sequence[str], what: str) -> int:
    try:
        return known.index(name)
    except ValueError:
        raise UnknownName(name, known, what) from None
