"""The app says numbers in the words of reports and the terminal: `web/tests/said.json` holds what both must say."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

from desireline.draw.figures import say, say_effect, say_effect_range, say_interval

FILE = Path(__file__).parents[2] / "web" / "tests" / "said.json"
NUMBERS = [0, 1, -1, 0.004, -0.004, 0.5, 0.3775, 0.382, 0.96, -0.25, 1.5, 12.4, 59, 61, 90, 899, 5400, 86_399, 129_600]
NUMBERS += [99.5, 100, 1234.5, -1234.56, 4012, 872_640, 9_000_000, 1e9, 0.0349, 2.675, -0.04, 3.14159]
UNITS = ["share", "s", "points", "level", "money:EUR", "money", "score:1–5", "per journey", "customers", "journeys", ""]


def words() -> dict[str, list[list[object]]]:
    """What is said of each number in each unit; of each pair that follow each other, the interval."""
    pairs = [(min(a, b), max(a, b)) for a, b in pairwise(NUMBERS)]
    return {
        "values": [[number, unit, say(number, unit)] for unit in UNITS for number in NUMBERS],
        "effects": [[number, unit, say_effect(number, unit)] for unit in UNITS for number in NUMBERS],
        "intervals": [[low, high, unit, say_interval(low, high, unit)] for unit in UNITS for low, high in pairs],
        "ranges": [[low, high, unit, say_effect_range(low, high, unit)] for unit in UNITS for low, high in pairs],
    }


def test_what_the_app_is_tested_against_is_what_python_says():
    assert json.loads(FILE.read_text("utf-8")) == words()


if __name__ == "__main__":  # writes the file anew
    FILE.write_text(json.dumps(words(), ensure_ascii=False) + "\n", "utf-8")
