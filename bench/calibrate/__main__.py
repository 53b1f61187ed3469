"""The whole calibration: companies with problems and without, every simulation, and the page that says how it went.

python -m bench.calibrate
"""

from __future__ import annotations

import sys

from bench.calibrate.exam import null_companies, planted_truth, say_coverage, say_nulls, say_planted
from bench.calibrate.page import PAGE, failures, page
from bench.calibrate.simulate import simulate


def main() -> int:
    """`docs/calibration.md` says what was measured; 1 when something is not as good as promised."""
    planted = planted_truth()
    say_planted(planted)
    say_coverage(planted)
    nulls = null_companies()
    say_nulls(nulls)
    outcomes = simulate()
    PAGE.write_text(page(planted, nulls, outcomes), "utf-8")
    print(PAGE)
    missed = failures(planted, nulls, outcomes)
    for told in missed:
        print(f"MISSED: {told}")
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())
