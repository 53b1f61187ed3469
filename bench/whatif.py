"""What a scenario foretells, beside what the demo company does when the problem is really taken away.

    python bench/whatif.py [SEED …]

For each seed two companies are generated: with all twelve problems, and with one of them taken away. The first is asked
what if the rate were that of the second, which tells the truth. Both have the same customers and the same luck.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from desireline.demo.company import DemoFiles, build_demo
from desireline.demo.problems import APP_CHECKOUT, MOBILE_COSTS, PROBLEMS, STUCK_REFUND, Problem
from desireline.scenarios.change import present_rate
from desireline.scenarios.edits import parse_edits
from desireline.scenarios.model import Model
from desireline.scenarios.scenarios import Scenarios
from desireline.workspace import Workspace

CASES: tuple[tuple[Problem, str, str], ...] = (
    (MOBILE_COSTS, "channel:mobile", "delivery_costs lost"),
    (MOBILE_COSTS, "", "delivery_costs lost"),
    (APP_CHECKOUT, "channel:app", "checkout failing"),
    (APP_CHECKOUT, "", "checkout failing"),
    (STUCK_REFUND, "channel:store", "return_received stuck"),
    (STUCK_REFUND, "", "return_received stuck"),
)


def main(seeds: list[int]) -> None:
    """Print one line for each seed and case."""
    print(
        "seed  what if                                         successes: foretold  interval       truly"
        "       value: foretold  truly"
    )
    for seed in seeds:
        with tempfile.TemporaryDirectory() as folder:
            company = _company(Path(folder) / "all", seed, None)
            twins = {
                id(one): _company(Path(folder) / one.id, seed, one) for one in {id(p): p for p, _, _ in CASES}.values()
            }
            for problem, only, edit in CASES:
                _line(seed, company, twins[id(problem)], only, edit)


def _company(folder: Path, seed: int, without: Problem | None) -> tuple[DemoFiles, Workspace]:
    files = build_demo(folder, seed=seed, problems=[one for one in PROBLEMS if one is not without])
    shop = Workspace.create(folder / "workspace")
    shop.import_files(files.recipe, files.sources)
    return files, shop


def _line(
    seed: int, company: tuple[DemoFiles, Workspace], twin: tuple[DemoFiles, Workspace], only: str, edit: str
) -> None:
    asked, other = (one.scenarios(files.map, only) for files, one in (company, twin))
    [plain] = parse_edits([f"{edit} 0"], asked.states)
    edit = f"{edit} {present_rate(other.model, plain):.4f}"
    answer = asked.ask([edit])
    began = time.perf_counter()
    asked.ask([edit])
    took = 1000 * (time.perf_counter() - began)
    found = {one.name: one.delta for one in answer.imagined.outcomes if one.delta}
    before, after = _totals(asked), _totals(other)
    success, value = after[0] - before[0], after[1] - before[1]
    told = found["conversions"]
    print(
        f"{seed:4}  {f'{edit} {only}':<48}{told.value:+10.0f}  {told.low:+6.0f} to {told.high:+6.0f}  {success:+6.0f}  "
        f"{found['value'].value:+10.0f}  {value:+10.0f}   ({took:.0f} ms)"
    )


def _totals(scenarios: Scenarios) -> tuple[float, float]:
    """Successes and value of the journeys that began in settled months, scaled to a year like an answer is."""
    model: Model = scenarios.model
    rows = scenarios.tally.journeys
    some = [n for n, month in enumerate(rows.keys) if model.months is None or int(month) in model.months]
    begun, _, success, value, _ = rows.sums[some].sum(axis=0)
    year = scenarios.tally.total * 365.25 / scenarios.tally.days / begun
    return float(success) * year, float(value) / 10_000 * year


if __name__ == "__main__":
    main([int(one) for one in sys.argv[1:]] or [7, 8, 9])
