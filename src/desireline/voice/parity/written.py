"""What `desireline parity --json` says, for whoever asks the same elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desireline.maps.outline import Outline
from desireline.voice.parity.facts import Promised
from desireline.voice.parity.paper import Drawn, drawn_differently
from desireline.voice.parity.parity import Parities


def parity_json(
    found: Parities, outline: Outline, *, at: Sequence[str] = (), facts: Sequence[Promised] = ()
) -> dict[str, Any]:
    """Everything as plain data: what was compared, promised facts, and what the map itself promises differently."""
    return {
        "map": outline.map.map.id,
        **found.as_json(),
        "facts": [one.as_json() for one in facts],
        "drawn_differently": [
            {"place": p.place, "channel": p.channel, "part": p.part, "here": p.here, "elsewhere": p.elsewhere}
            for p in drawn_at(outline, at)
        ],
    }


def drawn_at(outline: Outline, at: Sequence[str]) -> list[Drawn]:
    """What the map promises differently in some channel, at these places or at all."""
    return [one for one in drawn_differently(outline) if not at or one.place in at]
