"""Answers about scenarios as JSON: plain numbers, texts and lists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from desireline.scenarios.backtest import Backtest
from desireline.scenarios.memory import Memory
from desireline.scenarios.outcome import Amount, Outcome, Said
from desireline.scenarios.scenarios import IF, Scenarios, WhatIf

Json = Mapping[str, Any]


def about(scenarios: Scenarios) -> Json:
    """What every answer says of its data."""
    return {
        "map": scenarios.outline.map.map.id,
        "only": scenarios.only,
        "basis": scenarios.basis(),
        "notes": list(scenarios.notes()),
    }


def levers_json(scenarios: Scenarios) -> Json:
    """What can be edited."""
    found = [
        {
            "place": one.place,
            "what": one.what,
            "rate": one.rate,
            "n": one.n,
            "conversions": _amount(one.conversions),
            "value": _amount(one.value),
            "felt": _amount(one.felt),
        }
        for one in scenarios.levers()
    ]
    waits = [asdict(one) for one in scenarios.waits()]
    return {**about(scenarios), "levers": found, "waits": waits, "backtest": backtest_json(scenarios.backtest)}


def whatif_json(scenarios: Scenarios, answer: WhatIf) -> Json:
    """What edits do."""
    imagined = answer.imagined
    return {
        **about(scenarios),
        "if": IF,
        "journeys": imagined.journeys,
        "period": imagined.period,
        "edits": [_said(one) for one in imagined.edits],
        "outcomes": [_outcome(one) for one in imagined.outcomes],
        "places": [_outcome(one) for one in imagined.places],
        "backtest": backtest_json(answer.backtest),
        "memory": memory_json(answer.memory),
    }


def backtest_json(found: Backtest) -> Json:
    """The back-test: errors by outcome, and the months."""
    outcomes = list(dict.fromkeys(one.outcome for one in found.months))
    errors = [
        {
            "outcome": name,
            "error": found.error(name),
            "naive_error": found.naive_error(name),
            "inside": found.inside(name),
            "months": len(found.of(name)),
        }
        for name in outcomes
    ]
    months = [asdict(one) | {"inside": one.inside} for one in found.months]
    return {
        "note": found.note,
        "errors": errors,
        "told_edited_rates": found.told,
        "not_told": found.untold,
        "months": months,
    }


def memory_json(memory: Memory) -> Json:
    """The check for a longer memory."""
    return {
        "bic_order_1": memory.forgetting,
        "bic_order_2": memory.remembering,
        "conversion_delta_order_2": memory.delta,
    }


def _said(one: Said) -> Json:
    responses = {
        name: {
            "known": response.known,
            "says": response.says,
            "groups": [
                dict(zip(("seconds", "value", "low", "high", "n"), row, strict=True)) for row in response.groups
            ],
        }
        for name, response in one.responses
    }
    return {
        "edit": one.edit.says,
        "kind": one.edit.kind,
        "place": one.edit.place,
        "to": one.edit.to,
        "now": one.now,
        "then": one.then,
        "n": one.n,
        "responses": responses,
    }


def _outcome(one: Outcome) -> Json:
    return {
        "name": one.name,
        "title": one.title,
        "unit": one.unit,
        "before": _amount(one.before),
        "after": _amount(one.after),
        "delta": _amount(one.delta),
        "n": one.n,
        "note": one.note,
    }


def _amount(one: Amount | None) -> Json | None:
    return None if one is None else {"value": one.value, "low": one.low, "high": one.high}
