"""A small shop for the command line: its files, its map, its recipe, and a way to say words to the program."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from tests.loops import off_the_loop

from desireline.cli.start import run

RECIPE = """
recipe: shop
times: {form: iso, zone: UTC}
sources:
  log: {file: "log*.csv"}
  reviews: {file: "reviews*.csv"}
tables:
  log:
    into: events
    source: log
    customer: customer
    channel: channel
    currency: EUR
    events: [{event: event, at: at, value: paid}]
  reviews:
    into: feedback
    source: reviews
    customer: customer
    at: at
    kind: review
    answers: [{question: {text: Stars}, answer: stars, low: 1, high: 5, rule: csat}]
"""
MAP = """
format: desireline/1
map:
  id: shop
  title: "Buying [soap] :smile:"
  owner: Shop team
  currency: EUR
  journey: {by: life, patience: 1d, success: [pay]}
teams: [{id: web, title: Web team}]
channels: [{id: web-shop, title: Web, names: [web]}, {id: app, title: App}]
stages:
  - {id: find, title: Find}
  - {id: buy, title: Buy}
touchpoints:
  - {id: see, stage: find, title: Sees the soap, team: web, channels: [web-shop, app], when: {event: see}}
  - {id: cart, stage: buy, title: Puts it into the cart, team: web, channels: [web-shop, app], when: {event: cart}}
  - {id: pay, stage: buy, title: Pays, team: web, channels: [web-shop, app], when: {event: pay}}
"""


@dataclass(frozen=True)
class Said:
    """What the program answered."""

    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        """Standard output as one JSON document; nothing else may stand there."""
        return json.loads(self.out)


class Desk:
    """Somebody at a terminal in a folder. Paths are named as they lie in the folder."""

    def __init__(self, capsys: pytest.CaptureFixture[str]) -> None:
        self._capsys = capsys

    def say(self, *words: str | Path) -> Said:
        """The program's answer to these words."""
        self._capsys.readouterr()
        code = off_the_loop(lambda: run([str(word) for word in words]))
        told = self._capsys.readouterr()
        assert "Traceback" not in told.err
        return Said(code, told.out, told.err)


def write_shop(folder: Path) -> None:
    """The folder holds log.csv, reviews.csv, shop.recipe.yaml and shop.journey.yaml.

    Of 20 customers all see the soap, 12 put it into the cart, 8 pay 5 EUR; even ones come by web, odd ones by app.
    Those who pay give 5 stars; customer 8, who only filled a cart, gives 1. Customer 99 comes late and is under way.
    """
    log = ["customer,event,at,channel,paid"]
    for k in range(20):
        channel = "app" if k % 2 else "web"
        log.append(f"c{k:02},see,2026-03-{1 + k % 3:02}T10:00:00Z,{channel},")
        log += [f"c{k:02},cart,2026-03-04T10:{k:02}:00Z,{channel},"] if k < 12 else []
        log += [f"c{k:02},pay,2026-03-04T11:{k:02}:00Z,{channel},5.00"] if k < 8 else []
    log.append("c99,see,2026-03-20T10:00:00Z,web,")
    stars = [f"c{k:02},2026-03-05T10:00:00Z,{5 if k < 8 else 1}" for k in range(9)]
    (folder / "log.csv").write_text("\n".join(log) + "\n")
    (folder / "reviews.csv").write_text("\n".join(["customer,at,stars", *stars]) + "\n")
    (folder / "shop.recipe.yaml").write_text(RECIPE)
    (folder / "shop.journey.yaml").write_text(MAP)
