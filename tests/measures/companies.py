"""Random small companies for property tests."""

from __future__ import annotations

import numpy as np
from tests.measures.rows import STAGE_OF, trips

from desireline.tables import Trips

POINTS = list(STAGE_OF)
STATES = ("done", "lost", "stuck", "under_way")
KINDS = ("missing", "repeated", "late", "lost", "ad hoc")


def company(seed: int, *, people: int = 40) -> Trips:
    """Customers with one to three journeys of one to six steps, answers, deviations and properties."""
    dice = np.random.default_rng(seed)
    steps, journeys, answers, deviations, customers = [], [], [], [], []
    for number in range(people):
        customer = f"c{number}"
        state = dice.choice(["NY", "SP", ""])
        persona = dice.choice(["maya", "omar", ""]) or None
        customers.append(
            {
                "customer": customer,
                "persona": persona,
                "properties": f'{{"state":"{state}"}}' if state else None,
            }
        )
        for trip in range(dice.integers(1, 4)):
            journey = f"{customer}~{trip}"
            minute = int(dice.integers(0, 200_000))
            for _ in range(dice.integers(1, 7)):
                minute += int(dice.integers(0, 300))
                steps.append(
                    {
                        "customer": customer,
                        "journey": journey,
                        "minute": minute,
                        "touchpoint": dice.choice(POINTS),
                    }
                    | {
                        "channel": dice.choice(["web", "shop", ""]) or None,
                        "value": int(dice.integers(0, 4)) * 10,
                    }
                    | {"kept": dice.choice([True, False, None])}
                )
            journeys.append(
                {"journey": journey, "state": dice.choice(STATES), "fitness": float(dice.random())}
                | {"cost": float(dice.integers(0, 3)), "kept": dice.choice([True, False, None])}
            )
            for _ in range(dice.integers(0, 3)):
                rule, low, high = [("nps", 0, 10), ("csat", 1, 5), ("ces", 5, 1), ("mean", 1, 5)][dice.integers(0, 4)]
                low, high = float(low), float(high)
                known = dice.random() < 0.7
                answers.append(
                    {
                        "customer": customer if known else None,
                        "journey": journey if known else None,
                        "rule": rule,
                    }
                    | {
                        "low": low,
                        "high": high,
                        "score": float(dice.integers(min(low, high), max(low, high) + 1)),
                    }
                    | {"place": dice.choice(["shop", "pay", "use"]), "minute": minute}
                    | {"weight": float(dice.choice([0.5, 1.0, 2.0]))}
                )
            for kind in dice.choice(KINDS, size=dice.integers(0, 3), replace=False):
                deviations.append(
                    {"customer": customer, "journey": journey, "kind": kind, "place": dice.choice(POINTS)}
                )
    return trips(steps, journeys=journeys, answers=answers, deviations=deviations, customers=customers)
