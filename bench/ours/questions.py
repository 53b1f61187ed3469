"""The seven tasks as questions of `desireline.paths`, and their answers in the form that all engines give."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from bench import answers
from bench.answers import Answer
from bench.facts import Facts
from desireline.paths.attribution import Attribution
from desireline.paths.edges import Edges
from desireline.paths.funnel import Funnel
from desireline.paths.order import Order
from desireline.paths.retention import Retention
from desireline.paths.routes import Routes
from desireline.paths.visits import Visits


@dataclass(frozen=True)
class Coded:
    """The names behind the codes of a trace or of ordered files."""

    touchpoints: Sequence[str]
    channels: Sequence[str | None]


def questions(facts: Facts, coded: Coded) -> dict[str, Any]:
    """The seven by letter."""
    code = {name: number for number, name in enumerate(coded.touchpoints)}
    many = len(coded.touchpoints)
    return {
        "a": Funnel(tuple(code[name] for name in facts.funnel_names), answers.WITHIN),
        "b": Edges(many, exact=True),
        "c": Routes(answers.TOP),
        "d": Visits(many, silence=answers.SILENCE, steps=answers.STEPS),
        "e": Retention("week"),
        "f": Attribution(code[facts.purchase_name], channels=len(coded.channels)),
        "g": Order(tuple(facts.stage_of[name] for name in coded.touchpoints)),
    }


def as_answer(task: str, found: Any, coded: Coded) -> Answer:
    """What a question found, in names."""
    return _FORMS[task](found, coded)


def _funnel(found: Any, _coded: Coded) -> Answer:
    return answers.funnel(found.reached)


def _edges(found: Any, coded: Coded) -> Answer:
    names = coded.touchpoints
    columns = (found.before.tolist(), found.after.tolist(), found.count.tolist(), found.median_seconds.tolist())
    return answers.edges((names[a], names[b], n, seconds) for a, b, n, seconds in zip(*columns, strict=True))


def _routes(found: Any, coded: Coded) -> Answer:
    listed = [[coded.touchpoints[code] for code in route] for route in found.routes]
    return answers.routes(zip(listed, found.customers, strict=True), found.distinct)


def _visits(found: Any, coded: Coded) -> Answer:
    steps = ((step + 1, coded.touchpoints[code], n) for (step, code), n in np.ndenumerate(found.matrix))
    return answers.visits(found.visits, steps)


def _retention(found: Any, _coded: Coded) -> Answer:
    return answers.retention((found.cohorts[row], offset, n) for (row, offset), n in np.ndenumerate(found.matrix))


def _attribution(found: Any, coded: Coded) -> Answer:
    effects = sorted((name, float(found.removal[code])) for code, name in enumerate(coded.channels) if name)
    return {"conversions": int(found.conversions), "removal": [list(pair) for pair in effects]}


def _order(found: Any, _coded: Coded) -> Answer:
    return answers.order(found.backward, found.skipped, found.conforming)


_FORMS: dict[str, Callable[[Any, Coded], Answer]] = {
    "a": _funnel,
    "b": _edges,
    "c": _routes,
    "d": _visits,
    "e": _retention,
    "f": _attribution,
    "g": _order,
}
