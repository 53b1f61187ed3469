"""Rules: which events, answers or customers a record means. Declarative; nothing is ever executed.

    when: {event: pay}                                  equals
    when: {event: [pay, pay_card]}                      any of
    when: {event: {glob: "pay*"}}                       glob: * any text, ? any character
    when: {event: {regex: "^pay_(card|cash)$"}}         regex (linear time: no look-around, no back-references)
    when: {event: pay, channel: web}                    and: all the named fields must hold
    when: {property: {amount: {at_least: 100}}}         above, at_least, below, at_most: numbers, or ISO dates as text
    when: {property: {coupon: {absent: true}}}          absent: nothing there; {absent: false}: something there
    when: {any: [{event: a}, {event: b}]}               or
    when: {all: [...], not: {channel: store}}           and, not

Text is compared exactly as the source wrote it. A field without a value (null or empty text) satisfies nothing but
`absent`.
A rule is evaluated on a frame with one column per field: `event`, `channel`, `status`, `kind`, `question`, `topic`
(of an answer's text, when topics were bound), and `property.NAME` for properties (all text).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import reduce
from operator import and_, or_
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_serializer,
    model_validator,
)

FIELDS = ("event", "channel", "status", "kind", "question", "topic")


def _readable_pattern(pattern: str) -> str:
    try:
        pl.Series([""]).str.contains(pattern)
    except pl.exceptions.ComputeError as fault:
        raise ValueError(f"this regular expression cannot be read: {pattern!r} ({_reason(fault)})") from None
    return pattern


def _reason(fault: Exception) -> str:
    """The one line of a long message that says what is wrong with a pattern."""
    told, _, _ = str(fault).partition("\n\nThis error occurred")
    found: list[str] = re.findall(r"^(?:regex )?error: (.+)$", told, re.MULTILINE) or [told]
    return found[-1].removesuffix(".")


class Test(BaseModel):
    """What must hold for one field. Several entries must all hold."""

    __test__ = False  # not a test case, whatever its name says to pytest
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    equals: str | None = None
    any_of: list[str] | None = Field(None, min_length=1)
    glob: str | None = None
    regex: Annotated[str, AfterValidator(_readable_pattern)] | None = None
    above: float | str | None = None
    at_least: float | str | None = None
    below: float | str | None = None
    at_most: float | str | None = None
    absent: bool | None = None

    @model_validator(mode="after")
    def _says_something(self) -> Test:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise ValueError("an empty test matches nothing; say equals, any_of, glob, regex, at_least … or absent")
        return self

    @model_serializer(mode="plain")
    def _as_written(self) -> Any:
        said = {name: getattr(self, name) for name in type(self).model_fields if getattr(self, name) is not None}
        if set(said) == {"equals"}:
            return said["equals"]
        if set(said) == {"any_of"}:
            return said["any_of"]
        return said

    def expr(self, column: str) -> pl.Expr:
        """True where the column's text passes; never null."""
        text = pl.when(pl.col(column) != "").then(pl.col(column))
        parts: list[pl.Expr] = []
        if self.equals is not None:
            parts.append(text == self.equals)
        if self.any_of is not None:
            parts.append(text.is_in(self.any_of))
        if self.glob is not None:
            parts.append(text.str.contains(_glob_to_regex(self.glob)))
        if self.regex is not None:
            parts.append(text.str.contains(self.regex))
        for bound, holds in _COMPARISONS:
            limit = getattr(self, bound)
            if limit is not None:
                parts.append(holds(text if isinstance(limit, str) else _number(text), limit))
        if self.absent is not None:
            parts.append(text.is_null() if self.absent else text.is_not_null())
        return reduce(and_, parts).fill_null(False)


_COMPARISONS: tuple[tuple[str, Callable[[pl.Expr, Any], pl.Expr]], ...] = (
    ("above", lambda value, limit: value > limit),
    ("at_least", lambda value, limit: value >= limit),
    ("below", lambda value, limit: value < limit),
    ("at_most", lambda value, limit: value <= limit),
)


def _number(text: pl.Expr) -> pl.Expr:
    """The text as a number; null where it is none (`nan` is none: polars would sort it above all numbers)."""
    return text.cast(pl.Float64, strict=False).fill_nan(None)


def _glob_to_regex(glob: str) -> str:
    wild = {"*": ".*", "?": "."}
    return "(?s)^" + "".join(wild.get(sign) or pl.escape_regex(sign) for sign in glob) + "$"


def _plain_to_test(value: object) -> object:
    """Plain values are shorthands: a text or number means equals, a list means any of."""
    if isinstance(value, bool | int | float | str):
        return {"equals": _as_text(value)}
    if isinstance(value, list):
        return {"any_of": [_as_text(item) for item in value]}
    return value


def _as_text(value: object) -> object:
    """A number or truth value as sources write it; `1234567` stays 1234567, and `100.0` becomes 100."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return f"{value:.15g}" if isinstance(value, float) else str(value) if isinstance(value, int) else value


Said = Annotated[Test, BeforeValidator(_plain_to_test)]


class Rule(BaseModel):
    """A condition on an event, an answer or a customer. All that is said must hold."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    event: Said | None = None
    channel: Said | None = None
    status: Said | None = None
    kind: Said | None = None
    question: Said | None = None
    topic: Said | None = None
    property: dict[str, Said] | None = Field(None, min_length=1)
    any: list[Rule] | None = Field(None, min_length=1)
    all: list[Rule] | None = Field(None, min_length=1)
    not_: Rule | None = Field(None, alias="not")

    @model_validator(mode="after")
    def _says_something(self) -> Rule:
        if all(getattr(self, name) is None for name in type(self).model_fields):
            raise ValueError("an empty rule matches nothing; say event, channel, property, any, all or not")
        return self

    @model_serializer(mode="wrap")
    def _as_written(self, handler: Callable[[Rule], dict[str, Any]]) -> dict[str, Any]:
        said = {name: value for name, value in handler(self).items() if value is not None}
        if "not_" in said:
            said["not"] = said.pop("not_")
        return said

    def expr(self) -> pl.Expr:
        """True where the rule holds; never null. Needs the columns that `fields()` names."""
        parts: list[pl.Expr] = [getattr(self, name).expr(name) for name in FIELDS if getattr(self, name) is not None]
        parts += [test.expr(f"property.{name}") for name, test in (self.property or {}).items()]
        if self.any is not None:
            parts.append(reduce(or_, (rule.expr() for rule in self.any)))
        if self.all is not None:
            parts.append(reduce(and_, (rule.expr() for rule in self.all)))
        if self.not_ is not None:
            parts.append(~self.not_.expr())
        return reduce(and_, parts)

    def fields(self) -> set[str]:
        """The columns that the rule looks at: `event`, `channel`, `property.plan` …"""
        own = {name for name in FIELDS if getattr(self, name) is not None}
        own |= {f"property.{name}" for name in self.property or {}}
        return own.union(*(rule.fields() for rule in self._inner()))

    def texts(self, field: Literal["event", "channel", "question"]) -> set[str]:
        """The exact texts that the rule names for a field (equals and any of), in all its parts."""
        test: Test | None = getattr(self, field)
        own = set() if test is None else {*(test.any_of or []), *([test.equals] if test.equals is not None else [])}
        return own.union(*(rule.texts(field) for rule in self._inner()))

    def _inner(self) -> Iterator[Rule]:
        yield from self.any or []
        yield from self.all or []
        if self.not_ is not None:
            yield self.not_
