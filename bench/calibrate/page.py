"""Writes `docs/calibration.md` from what the exam and the simulations gave."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from statistics import median

from tests.calibration.registry import Outcome

from bench import places
from bench.calibrate.companies import Claim
from bench.calibrate.coverage import Covered, covered
from bench.calibrate.matching import TOP, first_by_problem, problem_of
from bench.page import table
from desireline.demo.problems import PROBLEMS
from desireline.measures.intervals import wilson

PAGE = places.REPOSITORY / "docs" / "calibration.md"
INTRODUCTION = Path(__file__).parent / "introduction.md"
ENOUGH, SEEDS = 11, 9  # problems among the first 15 findings; seeds of ten
MOST, LEAST = 0.10, 0.90  # companies without problems that get a finding; intervals that hold the truth
Found = Mapping[int, Sequence[Claim]]
COLUMNS = ("false positives", "coverage", "power")


def page(planted: Found, nulls: Found, outcomes: Sequence[Outcome]) -> str:
    """The whole page as Markdown."""
    held, _ = covered(planted)
    parts = [
        INTRODUCTION.read_text("utf-8").strip(),
        "## Whole companies\n\n" + _bars(planted, nulls, held),
        "What is planted, and where it is found:\n\n" + _problems(planted, held),
        _beside(planted),
        _fired(nulls),
        "## Detectors and verdicts\n\n" + _simulations(outcomes),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def failures(planted: Found, nulls: Found, outcomes: Sequence[Outcome]) -> list[str]:
    """What is not as good as promised."""
    held, _ = covered(planted)
    told = [name for name, _, _, good in _measured(planted, nulls, held) if not good]
    return told + [str(outcome) for outcome in outcomes if not outcome.passes]


def _measured(planted: Found, nulls: Found, held: Sequence[Covered]) -> list[tuple[str, str, str, bool]]:
    """By bar: what, how good it must be, how good it is, and whether that is enough."""
    counts = [len(first_by_problem(claims)) for claims in planted.values()]
    good, fired = sum(count >= ENOUGH for count in counts), sum(bool(claims) for claims in nulls.values())
    inside = sum(one.inside for one in held)
    return [
        (
            f"seeds with {ENOUGH} of {len(PROBLEMS)} planted problems among the first {TOP} findings",
            f"≥ {SEEDS} of 10",
            f"{good} of {len(counts)} ({_spread(counts)} found)",
            good * 10 >= SEEDS * max(len(counts), 1),
        ),
        (
            "companies without problems that get any finding",
            f"≤ {MOST:.0%}".replace("%", " %"),
            f"{fired} of {len(nulls)}: {_share(fired, len(nulls))}",
            fired <= MOST * len(nulls),
        ),
        (
            "found effects whose 95 % interval holds the true size",
            f"≥ {LEAST:.0%}".replace("%", " %"),
            f"{inside} of {len(held)}: {_share(inside, len(held))}",
            inside >= LEAST * len(held),
        ),
    ]


def _bars(planted: Found, nulls: Found, held: Sequence[Covered]) -> str:
    rows = [(what, bar, is_, "holds" if good else "missed") for what, bar, is_, good in _measured(planted, nulls, held)]
    return table(("what", "bar", "measured", ""), rows)


def _spread(counts: Sequence[int]) -> str:
    if not counts:
        return "none"
    return f"{min(counts)} to {max(counts)}" if min(counts) < max(counts) else f"{counts[0]} each"


def _share(hits: int, of: int) -> str:
    """A share with its 95 % interval."""
    if not of:
        return "–"
    ends = wilson(hits / of, of)
    return f"{100 * hits / of:.1f} % [{100 * float(ends.low):.1f}; {100 * float(ends.high):.1f}]"


def _problems(planted: Found, held: Sequence[Covered]) -> str:
    firsts = [first_by_problem(claims) for claims in planted.values()]
    rows = []
    for problem in PROBLEMS:
        ranks = [first[problem.id][0] for first in firsts if problem.id in first]
        mine = [one for one in held if one.problem == problem.id]
        rules = Counter(one.claim.rule for one in mine).most_common(1)
        rows.append(
            (
                problem.says.split(". ")[0].split(": ")[0],
                f"{len(ranks)} of {len(firsts)}",
                f"{median(ranks):g}" if ranks else "–",
                rules[0][0] if rules else "–",
                _mean(one.claim.value for one in mine),
                _mean(one.true for one in mine),
                f"{sum(one.inside for one in mine)} of {len(mine)}",
            )
        )
    return table(("problem", "found", "place", "by", "effect, mean", "true size, mean", "inside"), rows)


def _mean(numbers: Iterable[float]) -> str:
    values = list(numbers)
    return f"{sum(values) / len(values):.3f}" if values else "–"


def _beside(planted: Found) -> str:
    """What else is told of companies with problems."""
    others = Counter(
        f"{claim.rule}, {claim.at}" + (f", {claim.group}" if claim.group else "")
        for claims in planted.values()
        for claim in claims[:TOP]
        if problem_of(claim) is None
    )
    if not others:
        return "Nothing else is among their first findings."
    rows = [(name, f"{count} of {len(planted)}") for name, count in others.most_common()]
    return "What else is among their first findings, most of it consequences of what is planted:\n\n" + table(
        ("rule, place, group", "companies"), rows
    )


def _fired(nulls: Found) -> str:
    """What fires where nothing is wrong."""
    fired = Counter(claim.rule for claims in nulls.values() for claim in claims)
    if not fired:
        return "No rule fires in any company without problems."
    rows = [(rule, str(count)) for rule, count in fired.most_common()]
    return "What fires in companies without problems:\n\n" + table(("rule", "findings"), rows)


def _simulations(outcomes: Sequence[Outcome]) -> str:
    head = ("detector or verdict", "what is simulated", "trials", *COLUMNS, "promised", "command")
    rows = []
    for outcome in outcomes:
        one = outcome.simulation
        shares = [f"{outcome.share:.3f}" if one.kind == column else "" for column in COLUMNS]
        bar = f"{'≤' if one.kind == COLUMNS[0] else '≥'} {one.nominal:g}"
        command = f'`python -m bench.calibrate.simulate "{one.name}"`'
        rows.append((one.name, one.about, f"{outcome.trials:,}", *shares, bar, command))
    return table(head, rows)
