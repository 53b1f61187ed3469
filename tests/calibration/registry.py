"""The simulations that say how far a detector or a verdict may be trusted, each registered by the file that holds it.

    from tests.calibration.registry import simulation

    @simulation("two-sample verdict", kind="false positives", nominal=0.05, about="no effect, 200 against 200")
    def a_difference_where_there_is_none(rng: np.random.Generator) -> bool:
        return verdict(rng.normal(size=200), rng.normal(size=200)).p < 0.05

Put such functions into a file of their own in this folder; it is found by itself. The quick suite runs `quick` trials
of each, `make calibrate` runs `full` ones and writes the table of docs/calibration.md.
"""

from __future__ import annotations

import pkgutil
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from math import sqrt
from pathlib import Path
from typing import Literal

import numpy as np

Kind = Literal["false positives", "coverage", "power"]
Trial = Callable[[np.random.Generator], bool]
_FOLDER = Path(__file__).parent
_KNOWN: dict[str, Simulation] = {}


@dataclass(frozen=True)
class Simulation:
    """A trial to repeat, and the share of trials that should come out true."""

    name: str  # of the detector or verdict, then the case: "interrupted series, AR(1) 0.6"
    kind: Kind  # false positives: it cried without cause; coverage: the truth lay inside; power: it saw what is there
    nominal: float  # the most false positives, the least coverage or power
    trial: Trial  # draws from the generator that it is given and from nothing else
    about: str = ""  # what is simulated, in a few words
    quick: int = 200  # trials in `make test-thorough`; 0 leaves it to `make calibrate`
    full: int = 2000

    def run(self, trials: int) -> Outcome:
        """The trials one after the other, each with dice of its own, so that a part of them is a part of the whole."""
        key = zlib.crc32(self.name.encode())
        hits = sum(bool(self.trial(np.random.default_rng([key, place]))) for place in range(trials))
        return Outcome(self, trials, hits)


@dataclass(frozen=True)
class Outcome:
    """How many trials came out true."""

    simulation: Simulation
    trials: int
    hits: int

    @property
    def share(self) -> float:
        """The share that came out true; 0 without trials."""
        return self.hits / self.trials if self.trials else 0.0

    @property
    def allowed(self) -> float:
        """The nominal share and two standard errors of it, to the side that counts."""
        nominal = self.simulation.nominal
        room = 2 * sqrt(nominal * (1 - nominal) / max(self.trials, 1))
        return nominal + room if self.simulation.kind == "false positives" else nominal - room

    @property
    def passes(self) -> bool:
        """Whether the share is as good as promised, within two standard errors."""
        return self.share <= self.allowed if self.simulation.kind == "false positives" else self.share >= self.allowed

    def __str__(self) -> str:
        one = self.simulation
        bar = "at most" if one.kind == "false positives" else "at least"
        return f"{one.name}: {one.kind} {self.share:.4f} in {self.trials:,} trials, {bar} {self.allowed:.4f}"


def simulation(
    name: str, *, kind: Kind, nominal: float, about: str = "", quick: int = 200, full: int = 2000
) -> Callable[[Trial], Trial]:
    """Registers the decorated trial under a name that no other has."""

    def register(trial: Trial) -> Trial:
        if name in _KNOWN:
            raise ValueError(f"two simulations are called {name!r}")
        _KNOWN[name] = Simulation(name, kind, nominal, trial, about, quick, full)
        return trial

    return register


def simulations() -> list[Simulation]:
    """All simulations of this folder's files, by name."""
    for module in pkgutil.iter_modules([str(_FOLDER)]):
        if not module.name.startswith("test_"):
            import_module(f"tests.calibration.{module.name}")
    return [_KNOWN[name] for name in sorted(_KNOWN)]
