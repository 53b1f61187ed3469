"""The exam: companies with all problems, of which most must be found; and companies without, where nothing may be.

python -m bench.calibrate.exam planted 11-14
python -m bench.calibrate.exam null 1001-1020
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from time import monotonic

from bench.calibrate.companies import Claim, found_in, read_claim
from bench.calibrate.coverage import covered
from bench.calibrate.kept import Kept
from bench.calibrate.matching import TOP, first_by_problem, folded_by_problem, problem_of
from desireline.demo.problems import PROBLEMS

PLANTED = range(101, 111)
NULLS = range(1001, 1201)
WORKERS = 2
Say = Callable[[str], None]


def planted_truth(seeds: Sequence[int] = PLANTED, *, say: Say = print) -> dict[int, list[Claim]]:
    """By seed: the findings of a company with all twelve problems."""
    return dict(_asked("planted", seeds, say))


def null_companies(seeds: Sequence[int] = NULLS, *, say: Say = print) -> dict[int, list[Claim]]:
    """By seed: the findings of a company of the same size and rules in which nothing is wrong."""
    return dict(_asked("null", seeds, say))


def _asked(kind: str, seeds: Iterable[int], say: Say) -> Iterator[tuple[int, list[Claim]]]:
    kept, began = Kept(kind), monotonic()
    there = kept.results()
    open_ = [seed for seed in seeds if str(seed) not in there]
    yield from ((seed, [read_claim(one) for one in there[str(seed)]]) for seed in seeds if str(seed) in there)
    if not open_:
        return
    os.environ.setdefault("POLARS_MAX_THREADS", "1")  # each worker has a core of its own
    with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
        for done, (seed, claims) in enumerate(pool.map(_one, [(kind, seed) for seed in open_]), 1):
            kept.put(str(seed), [claim.as_record() for claim in claims])
            say(f"{kind} {seed}: {len(claims)} findings ({done} of {len(open_)}, {monotonic() - began:.0f} s)")
            yield seed, claims


def _one(what: tuple[str, int]) -> tuple[int, list[Claim]]:
    kind, seed = what
    return seed, found_in(seed, problems=PROBLEMS if kind == "planted" else ())


def say_planted(found: dict[int, list[Claim]], say: Say = print) -> None:
    """For each problem: at which place each seed tells it; what else stands among the first."""
    firsts = {seed: first_by_problem(claims) for seed, claims in found.items()}
    late = {seed: folded_by_problem(claims) for seed, claims in found.items()}
    say(f"problem: place among the first {TOP} by seed; (n): folded or later; -: not at all")
    for problem in PROBLEMS:
        cells = [_place(firsts[seed].get(problem.id), late[seed].get(problem.id)) for seed in sorted(found)]
        say(f"{problem.id:28}" + " ".join(f"{cell:>5}" for cell in cells))
    say(f"{'found':28}" + " ".join(f"{len(firsts[seed]):>5}" for seed in sorted(found)))
    others = Counter(
        f"{claim.rule} @ {claim.at} [{claim.group}]"
        for claims in found.values()
        for claim in claims[:TOP]
        if problem_of(claim) is None
    )
    say("not a planted problem:")
    for name, count in others.most_common():
        say(f"  {count:3} of {len(found)}: {name}")


def _place(first: tuple[int, Claim] | None, late: tuple[int, Claim] | None) -> str:
    return str(first[0]) if first else f"({late[0]})" if late else "-"


def say_coverage(found: dict[int, list[Claim]], say: Say = print) -> None:
    """The share of found effects whose interval holds the truth; those that miss it, one by one."""
    held, unknown = covered(found)
    inside = sum(one.inside for one in held)
    say(f"the truth lies inside {inside} of {len(held)} intervals ({inside / max(len(held), 1):.1%})")
    for one in held:
        if not one.inside:
            claim = one.claim
            interval = f"{claim.value:.3g} [{claim.low} {claim.high}]"
            say(f"  seed {one.seed} {one.problem}: {interval} misses {one.true:.4g} ({claim.rule} {claim.group})")
    for name, count in Counter(f"{claim.rule} @ {claim.at} [{claim.group}]" for claim in unknown).most_common():
        say(f"  true size not known {count} times: {name}")


def say_nulls(found: dict[int, list[Claim]], say: Say = print) -> None:
    """The share of companies with any finding, and what was found."""
    any_ = sum(bool(claims) for claims in found.values())
    say(f"{any_} of {len(found)} companies without problems have a finding ({any_ / max(len(found), 1):.1%})")
    fired = Counter(f"{c.rule} @ {c.at} [{c.group}]" for claims in found.values() for c in claims)
    for name, count in fired.most_common():
        say(f"  {count:3} {name}")
    for seed, claims in sorted(found.items()):
        for claim in claims:
            say(f"  seed {seed}: {claim.says} [{claim.value:.3g} {claim.low} {claim.high}] p={claim.p}")


def seeds_of(text: str) -> list[int]:
    """Seeds written as 11-14 or 11,12,20."""
    parts = [part.partition("-") for part in text.split(",")]
    return [seed for first, dash, last in parts for seed in range(int(first), int(last or first) + 1)]


if __name__ == "__main__":
    kind_, seeds_ = sys.argv[1], seeds_of(sys.argv[2])
    if kind_ == "planted":
        found_ = planted_truth(seeds_)
        say_planted(found_)
        say_coverage(found_)
    else:
        say_nulls(null_companies(seeds_))
