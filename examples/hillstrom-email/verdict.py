"""Did either e-mail help? The Hillstrom test, arm by arm, beside a plain two-sample computation.

    python examples/hillstrom-email/verdict.py [--data FOLDER]

The data is never part of the project: FOLDER holds it (default ../shared/data beside the project, or DESIRELINE_DATA).
Exit code 1 when a figure differs from `verdicts.json`, which was computed by scipy from the file, without Desireline.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from pathlib import Path

import polars as pl

from desireline.initiatives.verdicts import Arms, Plan, Target, Verdict, judge

HERE = Path(__file__).parent
FILE = "hillstrom_email/hillstrom.csv.gz"
CONTROL = "No E-Mail"
KNOWN_BEFORE = ("recency", "history", "mens", "womens", "newbie", "zip_code", "channel")
TARGETS = (
    Target("visit", "up", at_least=0.005),
    Target("conversion", "up", at_least=0.001),
    Target("spend", "up", at_least=0.10, unit="money:USD"),
)
PLAN = Plan(share=1, shares=dict.fromkeys((CONTROL, "Mens E-Mail", "Womens E-Mail"), 1 / 3))


def main() -> int:
    """Print each verdict; 0 when every figure agrees."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    asked.add_argument(
        "--data", type=Path, default=Path(os.environ.get("DESIRELINE_DATA", HERE / "../../../shared/data"))
    )
    file = asked.parse_args().data.resolve() / FILE
    if not file.exists():
        print(f"hillstrom-email: not run, its data is not at {file}")
        return 0
    people = pl.read_csv(file, infer_schema_length=None).rename({"segment": "arm"})
    expected = json.loads((HERE / "verdicts.json").read_text(encoding="utf-8"))
    wrong = sum(not tell(people, target, expected[target.measure]) for target in TARGETS)
    print(f"\n{'All figures agree.' if not wrong else f'{wrong} targets differ.'}")
    return 1 if wrong else 0


def tell(people: pl.DataFrame, target: Target, expected: dict[str, list[float]]) -> bool:
    """Print the verdicts on one target, without and with what was known before; true when the plain ones agree."""
    rows = people.with_columns(y=pl.col(target.measure))
    plain = judge(Arms(rows, CONTROL), target, PLAN)
    adjusted = judge(Arms(rows, CONTROL, KNOWN_BEFORE), target, PLAN)
    agree = True
    for one, narrower in zip(plain, adjusted, strict=True):
        same = [round(number, 7) for number in figures(one)] == expected[one.arm]
        agree &= same
        print(f"\n{'ok ' if same else 'NOT'} {one.says}")
        print(f"    grade {one.grade}, {one.strength}; p {one.p:.2g}, over both arms {one.p_adjusted:.2g}")
        print(f"    less what was known before: {narrower.says}")
        print(f"    interval {100 * (narrower.narrowed or 0):.2f} % narrower")
    return agree


def figures(verdict: Verdict) -> tuple[float, float, float]:
    """The effect and its interval."""
    assert verdict.effect is not None
    assert verdict.effect.low is not None
    assert verdict.effect.high is not None
    return verdict.effect.value, verdict.effect.low, verdict.effect.high


if __name__ == "__main__":
    sys.exit(main())
