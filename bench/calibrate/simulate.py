"""Runs the registered simulations, each with all its trials, and keeps what came out.

python -m bench.calibrate.simulate                     # all
python -m bench.calibrate.simulate "interrupted"       # those whose name holds this word
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from time import monotonic

from tests.calibration.registry import Outcome, Simulation, simulations

from bench.calibrate.kept import Kept

WORKERS = 2
Say = Callable[[str], None]


def simulate(word: str = "", *, say: Say = print) -> list[Outcome]:
    """The outcomes of all simulations whose name holds the word, by name."""
    known = {one.name: one for one in simulations() if word in one.name}
    kept, began = Kept("simulations"), monotonic()
    hits = {name: kept.results().get(f"{name} × {one.full}") for name, one in known.items()}
    open_ = [name for name, held in hits.items() if held is None]
    if open_:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")  # each worker has a core of its own
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
            for done in as_completed([pool.submit(_run, name) for name in open_]):
                name, held = done.result()
                hits[name] = held
                kept.put(f"{name} × {known[name].full}", held)
                say(f"{_outcome(known[name], held)} ({monotonic() - began:.0f} s)")
    return [_outcome(one, hits[name]) for name, one in known.items()]


def _outcome(one: Simulation, hits: int | None) -> Outcome:
    return Outcome(one, one.full, hits or 0)


def _run(name: str) -> tuple[str, int]:
    one = next(one for one in simulations() if one.name == name)
    return name, one.run(one.full).hits


if __name__ == "__main__":
    outcomes = simulate(" ".join(sys.argv[1:]))
    for outcome in outcomes:
        print(f"{'  ' if outcome.passes else 'X '}{outcome}")
    sys.exit(0 if all(outcome.passes for outcome in outcomes) else 1)
