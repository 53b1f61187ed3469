"""What the codes of a trace mean, how they are named in a text, and what is said of a name that has none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from desireline.errors import UnknownName

NO_CHANNEL = "(none)"


@dataclass(frozen=True)
class Names:
    """What the codes of a trace mean. `rank` is the stage of each touchpoint, −1 where it has none.

    `…_also` are other words for them, in small letters: titles on the map, names that its channels have in the data.
    """

    touchpoints: tuple[str, ...]
    channels: tuple[str | None, ...] = ()
    stages: tuple[str, ...] = ()
    rank: tuple[int, ...] = ()
    touchpoints_also: Mapping[str, str] = field(default_factory=dict)
    channels_also: Mapping[str, str] = field(default_factory=dict)

    def touchpoint(self, name: str) -> int:
        """The code of a touchpoint. Raises UnknownName."""
        what = "event" if not self.stages else "touchpoint"
        return _code(self._own(name), self.touchpoints, what)

    def channel(self, name: str) -> int:
        """The code of a channel; `(none)` is that of events without one. Raises UnknownName."""
        known = self.channel_names
        return _code(name if name in known else self.channels_also.get(name.casefold(), name), known, "channel")

    def parted(self, text: str, sign: str) -> tuple[str, ...]:
        """The names that stand in a text with `sign` between them; a name that is known may hold the sign itself.

        >>> Names(("see", "A > B")).parted("see > A > B > pay", ">")
        ('see', 'A > B', 'pay')
        """
        pieces, found = text.split(sign), []
        while pieces:
            ways = [(many, sign.join(pieces[:many]).strip()) for many in range(len(pieces), 1, -1)]
            many, name = next(((many, name) for many, name in ways if self._knows(name)), (1, pieces[0].strip()))
            found += [name] if name else []
            del pieces[:many]
        return tuple(found)

    def _own(self, name: str) -> str:
        return name if name in self.touchpoints else self.touchpoints_also.get(name.casefold(), name)

    def _knows(self, name: str) -> bool:
        return self._own(name) in self.touchpoints

    @property
    def channel_names(self) -> list[str]:
        """The channels by code, in words."""
        return [NO_CHANNEL if name is None else name for name in self.channels]


def _code(name: str, known: Sequence[str], what: str) -> int:
    try:
        return known.index(name)
    except ValueError:
        raise UnknownName(name, known, what) from None
