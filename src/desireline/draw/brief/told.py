"""What pages and slides for managers say where there is nothing to show."""

from __future__ import annotations

from desireline.draw.brief.brief import Brief


def no_claims(shown: Brief) -> str:
    """Why no finding is told."""
    if not shown.measured or not shown.looked:
        return "Nothing was looked for yet. Import data and bind the map to them: then this says what costs most."
    return f"Nothing departs by more than would not matter. {shown.looked} An empty list is an answer."


def no_deeds() -> str:
    """Nothing was decided."""
    return "Nothing was decided yet. An initiative says who changes which number, by how much, and since when."


def no_verdicts() -> str:
    """Nothing was judged."""
    return "No initiative has a verdict yet. One can be judged once enough weeks lie after its start."


def no_map() -> str:
    """The map has no stages."""
    return "Nothing is drawn yet: the map has no stages."
