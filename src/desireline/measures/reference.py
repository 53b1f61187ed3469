"""The reference page of all measures, made from their docstrings.

`python -m desireline.measures.reference > docs/reference/measures.md` writes it anew; a test fails when it is
stale.
"""

from __future__ import annotations

import sys

from desireline.measures.catalog import CATALOG
from desireline.measures.measure import Measure

_HEAD = """# Measures

Made from the code by `python -m desireline.measures.reference`; do not edit by hand.

A reading holds a value, a 95 % interval with customers as the unit, and `n`, the customers behind it. Readings with
fewer than five customers are hidden; where that leaves one hidden part of a total, the next smallest part is hidden
too. Below a measure's minimum the note says how many customers would be needed. Money, scores and times are added up as
whole numbers, so any order and any split of the work gives the same readings.
"""


def definitions() -> dict[str, str]:
    """The help page of each measure, by name."""
    return {name: measure.about for name, measure in CATALOG.items()}


def reference_page() -> str:
    """All measures as Markdown."""
    return "\n".join([_HEAD, *(_entry(measure) for measure in CATALOG.values())])


def _entry(measure: Measure) -> str:
    facts = [f"unit: {measure.unit}", f"at: {', '.join(measure.places)}"]
    if measure.minimum > 1:
        facts.append(f"needs {measure.minimum} customers")
    weighted = (
        "\n\nWith survey weights; there is a reading only where weights differ from 1." if measure.weighted else ""
    )
    return f"## {measure.title} (`{measure.name}`)\n\n{' · '.join(facts)}\n\n{measure.about}{weighted}\n"


if __name__ == "__main__":
    sys.stdout.write(reference_page())
