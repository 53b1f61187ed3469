"""Scores by which people rank opportunities: RICE, ICE, importance–satisfaction, or a formula of their own.

What the data know comes from the data; effort, and whatever a person knows better, is handed in.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from math import isfinite
from types import MappingProxyType

from desireline.errors import FormulaUnclear

ORDERS = ("loss", "rice", "ice", "importance–satisfaction")
"""The orders that need nothing but the data, and efforts where they are known."""

CONFIDENCE: Mapping[str, float] = MappingProxyType({"A": 1.0, "B": 0.8, "C": 0.65, "D": 0.5})
"""How far a finding is trusted, by its design grade."""


@dataclass(frozen=True)
class Known:
    """What a formula may name."""

    reach: float  # journeys a year
    impact: float  # part of a journey lost per affected journey, 0–1
    confidence: float  # 0–1
    effort: float  # person-months, or whatever unit the team takes; 1 where nobody said
    importance: float  # 0–10: impact, as an opportunity landscape asks for it
    satisfaction: float  # 0–10: journeys here that are not affected
    lost: float  # journeys wholly lost a year
    money: float  # a year; 0 where not known
    customers: float


def rice(known: Known) -> float:
    """Reach × impact × confidence ÷ effort."""
    return known.reach * known.impact * known.confidence / known.effort


def ice(known: Known) -> float:
    """Impact × confidence × ease, each from 0 to 10; ease is 10 ÷ effort, at most 10."""
    return 10 * known.impact * 10 * known.confidence * min(10.0, 10.0 / known.effort)


def underserved(known: Known) -> float:
    """Importance + what satisfaction lacks of it. Source: Ulwick 2002, Harvard Business Review 80(1), 91–97."""
    return known.importance + max(known.importance - known.satisfaction, 0.0)


def check_formula(formula: str) -> None:
    """Nothing happens when the formula can be worked out of ordinary numbers. Raises FormulaUnclear."""
    own(formula, Known(*(1.0 for _ in fields(Known))))


def own(formula: str, known: Known) -> float:
    """The formula's value. It may name the fields of `Known` and use + − × ÷ ** ( ) min max.

    Raises FormulaUnclear, which says what it stumbled over.
    """
    try:
        tree = ast.parse(formula, mode="eval")
        found = float(_value(tree.body, vars(known)))
    except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
        raise FormulaUnclear(formula, "it is not arithmetic") from None
    except (ZeroDivisionError, OverflowError) as error:
        raise FormulaUnclear(formula, str(error)) from None
    if not isfinite(found):
        raise FormulaUnclear(formula, "the result is too large")
    return found


_TWO: Mapping[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda a, b: float(a) ** min(b, 9.0),
}


def _value(node: ast.expr, names: Mapping[str, float]) -> float:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id=name) if name in names:
            return names[name]
        case ast.Name(id=name):
            raise FormulaUnclear(name, "it is none of " + ", ".join(names))
        case ast.UnaryOp(op=ast.USub(), operand=inner):
            return -_value(inner, names)
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _TWO:
            return _TWO[type(op)](_value(left, names), _value(right, names))
        case ast.Call(func=ast.Name(id="min" | "max" as name), args=args, keywords=[]) if args:
            return (min if name == "min" else max)(_value(one, names) for one in args)
    raise ValueError(ast.dump(node))
