"""The app says numbers in the words of reports and the terminal: `web/tests/said.json` holds what both must say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from desireline.draw.figures import say, say_effect, say_effect_range, say_interval
from desireline.draw.readings import Reading
from desireline.draw.sections.targets import target_met
from desireline.maps.records import Kpi

FILE = Path(__file__).parents[2] / "web" / "tests" / "said.json"
NUMBERS = [0, 1, -1, 0.004, -0.004, 0.5, 0.3775, 0.382, 0.96, -0.25, 1.5, 12.4, 59, 61, 90, 899, 5400, 86_399, 129_600]
NUMBERS += [99.5, 100, 1234.5, -1234.56, 4012, 872_640, 9_000_000, 1e9, 0.0349, 2.675, -0.04, 3.14159]
BOUNDS = [(None, None), (0.5, None), (None, 0.5), (0.4, 0.6)]
MEASURED = [
    (None, None, None),
    (0.45, None, None),
    (0.45, 0.42, 0.48),
    (0.45, 0.4, 0.5),
    (0.7, 0.55, 0.8),
    (0.2, 0.1, 0.3),
]
UNITS = ["share", "s", "points", "level", "money:EUR", "money", "score:1–5", "per journey", "customers", "journeys", ""]


def words() -> dict[str, list[list[object]]]:
    """What is said of each number in each unit; of each pair that follow each other, the interval."""
    pairs = [(min(a, b), max(a, b)) for a, b in pairwise(NUMBERS)]
    return {
        "values": [[number, unit, say(number, unit)] for unit in UNITS for number in NUMBERS],
        "effects": [[number, unit, say_effect(number, unit)] for unit in UNITS for number in NUMBERS],
        "intervals": [[low, high, unit, say_interval(low, high, unit)] for unit in UNITS for low, high in pairs],
        "ranges": [[low, high, unit, say_effect_range(low, high, unit)] for unit in UNITS for low, high in pairs],
        "targets": [[*target, *measured, _met(target, measured)] for target in BOUNDS for measured in MEASURED],
    }


def _met(target: Sequence[float | None], measured: Sequence[float | None]) -> str:
    """What is said of a measured share and a target; nothing where there is no telling."""
    least, most = target
    value, low, high = measured
    reading = Reading("conversion", "", "", "", value, low, high, 100, "share", "")
    word, says = target_met(Kpi(measure="conversion", at_least=least, at_most=most), reading)
    return says.rpartition(": ")[2] if word else ""


def test_what_the_app_is_tested_against_is_what_python_says():
    assert json.loads(FILE.read_text("utf-8")) == words()


if __name__ == "__main__":  # writes the file anew
    FILE.write_text(json.dumps(words(), ensure_ascii=False) + "\n", "utf-8")
