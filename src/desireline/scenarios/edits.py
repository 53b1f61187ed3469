"""Edits: what is changed on the map in a what-if, as people write it.

checkout lost 0.05          of the stays at checkout 5 % end there (also: stuck, over)
delivery_costs lost x0.5    half as many as now
checkout failing 0          no stay at checkout fails (also: late)
cart > checkout 90%         of the stays at the cart 90 % go on to checkout next
start > newsletter 0.2      20 % of journeys begin with the newsletter
wait dispatch > delivery 2d the mean wait before this move
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from desireline.errors import EditUnclear, RateImpossible, UnknownPlace
from desireline.scenarios.states import LOST, OVER, STUCK, States
from desireline.units import parse_duration

Kind = Literal["move", "failing", "late", "wait"]
ENDINGS = ("lost", "stuck", "over")
BEGINNING = "start"
MANNERS: Mapping[str, Kind] = {"failing": "failing", "late": "late"}
_WORDS = {"failed": "failing", "fails": "failing", "leaves": "lost", "leave": "lost"}

_NAME = r"[^\s>:=]+"
_AMOUNT = r"(?P<amount>\S+(?:\s*%)?)"
_EDGE = re.compile(rf"^(?P<wait>wait\s+)?(?P<place>{_NAME})\s*(?:>|→)\s*(?P<to>{_NAME})\s+{_AMOUNT}$")
_RATE = re.compile(rf"^(?P<place>{_NAME})\s+(?P<what>[a-z]+)\s+{_AMOUNT}$")
_TIMES = re.compile(r"^[x×*]\s*(\d+(?:\.\d+)?|\.\d+)$")
_PLAIN = re.compile(r"^([+-]?(?:\d+(?:\.\d+)?|\.\d+))\s*(%?)$")


@dataclass(frozen=True)
class Edit:
    """One change. `amount` is the new rate, or seconds; where `times`, it is what the present one is multiplied by."""

    kind: Kind
    place: str
    to: str  # the touchpoint or end that a move goes to; "" for failing and late
    amount: float
    times: bool = False

    @property
    def says(self) -> str:
        """The edit, written in one way."""
        amount = f"×{self.amount:g}" if self.times else f"{self.amount:g}{'s' if self.kind == 'wait' else ''}"
        if self.kind == "wait":
            return f"wait {self.place} > {self.to} {amount}"
        if self.kind == "move" and self.to not in ENDINGS:
            return f"{self.place} > {self.to} {amount}"
        return f"{self.place} {self.to or self.kind} {amount}"


def parse_edits(texts: Sequence[str], states: States) -> tuple[Edit, ...]:
    """The edits, in the order given. Raises EditUnclear, RateImpossible, UnknownPlace."""
    edits = tuple(parse_edit(text, states) for text in texts)
    for number, edit in enumerate(edits):
        for other in edits[:number]:
            if (edit.kind, edit.place, edit.to) == (other.kind, other.place, other.to):
                raise EditUnclear(texts[number], f"the same is changed by {other.says!r} already")
    return edits


def parse_edit(text: str, states: States) -> Edit:
    """One edit from its text; capitals, a leading "at", colons and equals signs do not matter.

    Raises EditUnclear, RateImpossible, UnknownPlace.
    """
    plain = re.sub(r"[:=]", " ", text.strip().lower().removeprefix("at "))
    edge = _EDGE.match(plain)
    if edge:
        place, to = _known(edge["place"], states, start=True), _target(edge["to"], states)
        if edge["wait"]:
            return _wait(text, place, to, edge["amount"])
        return _not_after_success(Edit("move", place, to, *_rate(text, edge["amount"])), states)
    rate = _RATE.match(plain)
    if not rate:
        raise EditUnclear(text)
    what = _WORDS.get(rate["what"], rate["what"])
    place = _known(rate["place"], states, start=what in ENDINGS)
    amount, times = _rate(text, rate["amount"])
    if what in ENDINGS:
        return _not_after_success(Edit("move", place, what, amount, times), states)
    if what in MANNERS:
        return Edit(MANNERS[what], place, "", amount, times)
    raise EditUnclear(text, f"nothing can be {what!r} at a place; known: {', '.join(ENDINGS)}, failing, late")


def end_of(name: str) -> int | None:
    """The number of an end by its word in edits; None for touchpoints."""
    return {"lost": LOST, "stuck": STUCK, "over": OVER}.get(name)


def _known(name: str, states: States, *, start: bool = False) -> str:
    folded = {point.casefold(): point for point in states.points}
    if name in folded and name in (BEGINNING, *ENDINGS):
        meant = "the beginning of journeys" if name == BEGINNING else "an end of journeys"
        raise EditUnclear(
            name, f"{folded[name]!r} is a touchpoint of the map and {meant} as well; give the touchpoint another id"
        )
    if start and name == BEGINNING:
        return name
    if name.casefold() not in folded:
        raise UnknownPlace(name, [*states.points, *[BEGINNING] * start])
    return folded[name.casefold()]


def _target(name: str, states: States) -> str:
    known = {point.casefold() for point in states.points}
    return name if name in ENDINGS and name not in known else _known(name, states)


def _not_after_success(edit: Edit, states: States) -> Edit:
    if edit.place in states.success:
        raise EditUnclear(
            edit.says, f"journeys have succeeded when they come to {edit.place!r}; what follows is not in it"
        )
    if edit.place == edit.to:
        raise EditUnclear(edit.says, "steps at one touchpoint that follow each other are one stay")
    return edit


def _wait(text: str, place: str, to: str, amount: str) -> Edit:
    times = _TIMES.match(amount)
    if to in ENDINGS:
        raise EditUnclear(text, "there is no wait before an end")
    if times:
        return Edit("wait", place, to, float(times[1]), times=True)
    try:
        return Edit("wait", place, to, parse_duration(amount).total_seconds())
    except ValueError as fault:
        raise EditUnclear(text, str(fault)) from fault


def _rate(text: str, amount: str) -> tuple[float, bool]:
    times, plain = _TIMES.match(amount), _PLAIN.match(amount)
    if times:
        return float(times[1]), True
    if not plain:
        raise EditUnclear(text, f"{amount!r} is no rate; write 0.12, 12% or x0.5")
    rate = float(plain[1]) / (100 if plain[2] else 1)
    if not 0 <= rate <= 1:
        hint = f" Did you mean {rate:g}%?" if 1 < rate <= 100 and not plain[2] else ""
        raise RateImpossible(f"{text!r}: a rate lies between 0 and 1, and {amount} does not.{hint}")
    return rate, False
