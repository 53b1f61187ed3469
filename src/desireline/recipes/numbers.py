"""Numbers and money read from texts as people and programs write them.

Read: `1234.5`, `1,234.50`, `1.234,50`, `1 234,50`, `1'234.50`, `-12`, `12-`, `(12)`, `$12`, `12 €`, `EUR
12`, `1.5e3`. A text that can be read in two ways is no number: `1,234` is refused until the recipe says
`decimal: point` or `decimal: comma`. A single point is the decimal point, as every program writes it,
unless the recipe says comma.
"""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
import polars as pl

from desireline.recipes.cells import is_typed, repeated, text_of
from desireline.tables import MONEY

Mark = Literal["point", "comma"] | None

_CODES = "EUR|USD|GBP|CHF|JPY|CNY|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|MXN|ZAR|KRW|SGD|HKD"
_CURRENCY: Final = rf"(?:R\$|US\$|\p{{Sc}}|{_CODES}|kr\.?|zł|Fr\.)"
_SPACE = "[  \u00a0\u2009\u202f]"
_SPACED = rf"(?:{_SPACE}[0-9]{{3}})+|(?:['’][0-9]{{3}})+"
_POINT: Final = rf"^(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:,[0-9]{{3}})+|{_SPACED}))?(?:\.[0-9]*)?$"
_COMMA: Final = rf"^(?:[0-9]+|[1-9][0-9]{{0,2}}(?:(?:\.[0-9]{{3}})+|{_SPACED}))?(?:,[0-9]*)?$"
_EVERYDAY: Final = r"^-?[0-9]{1,14}(?:\.[0-9]{0,4})?$"
"""Texts that are amounts as they stand."""
_EXACT_E4: Final = 10**15
"""Below it, a float that is a whole ten-thousandth has no other number of 15 digits in its place."""
_POWER: Final = r"^[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}$"
_MARKS: Final = r"[ \u00a0\u2009\u202f'’]"
TWO_WAYS: Final = r"^\D*[1-9][0-9]{0,2},[0-9]{3}\D*$"
"""Texts such as 1,234, which are one thousand to some people and one and a bit to others."""


def read_numbers(texts: pl.Series, *, decimal: Mark = None) -> tuple[pl.Series, pl.Series]:
    """The numbers (Float64), and `bad_number` per text that is none. An empty text has neither.

    >>> read_numbers(pl.Series(["1.234,5", "1,234", None]))[0].to_list()
    [1234.5, None, None]
    """
    return _cast(texts, decimal, pl.Float64())


def read_money(cells: pl.Series, *, decimal: Mark = None) -> tuple[pl.Series, pl.Series]:
    """The amounts as Decimal(18, 4), halves rounded to even, and `bad_number` per text that is none.

    Cells that are numbers already are read like the texts that stand for them. An amount of 15 digits or more before
    the decimal mark does not fit and is no number either.
    """
    if is_typed(cells.dtype) and not isinstance(cells.dtype, pl.Datetime) and decimal != "comma":
        return _money_of_numbers(cells)
    texts = text_of(cells)
    if decimal != "comma" and bool(texts.str.contains(_EVERYDAY).all()):
        return texts.cast(MONEY).alias("value"), _no_reasons(texts)
    return _cast(texts, decimal, MONEY)


def _money_of_numbers(numbers: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Numbers that are whole ten-thousandths are taken as they are; the text decides on the others."""
    floats = numbers.cast(pl.Float64).fill_null(0.0).to_numpy()
    with np.errstate(over="ignore", invalid="ignore"):
        tenths = np.rint(floats * 10_000)
        exact = (tenths / 10_000 == floats) & (np.abs(tenths) < _EXACT_E4)
    if exact.all():
        return numbers.cast(MONEY).alias("value"), _no_reasons(numbers)
    others = np.flatnonzero(~exact)
    values, reasons = _cast(text_of(numbers.gather(others)), None, MONEY)
    taken = numbers.clone().scatter(others, None).cast(MONEY).alias("value")
    return taken.scatter(others, values), _no_reasons(numbers).scatter(others, reasons)


def _no_reasons(like: pl.Series) -> pl.Series:
    return repeated(None, len(like), pl.String).alias("reason")


def plain_numbers(texts: pl.Series, *, decimal: Mark = None) -> pl.Series:
    """Each number as `-1234.5`, digits and a point; null where the text is empty or no number."""
    split = texts.to_frame("text").select(*_sign_and_body())
    body = pl.col("body")
    as_point = body.str.replace_all(r"," + "|" + _MARKS, "")
    as_comma = body.str.replace_all(r"\." + "|" + _MARKS, "").str.replace(",", ".", literal=True)
    point, comma = body.str.contains(_POINT), body.str.contains(_COMMA)
    power = body.str.contains(_POWER)
    chosen: pl.Expr
    if decimal == "point":
        chosen = pl.when(point).then(as_point)
    elif decimal == "comma":
        chosen = pl.when(comma).then(as_comma)
    else:
        two_ways = point & comma & body.str.contains(",", literal=True)
        one_way = pl.when(point).then(as_point).otherwise(pl.when(comma).then(as_comma))
        chosen = pl.when(~two_ways).then(one_way)
    digits = body.str.contains("[0-9]")
    text = pl.when(power).then(body).otherwise(chosen)
    signed = pl.when("minus").then(pl.lit("-") + text).otherwise(text)
    return split.select(pl.when(digits).then(signed).alias("number"))["number"]


def _sign_and_body() -> tuple[pl.Expr, pl.Expr]:
    """Whether the text is negative, and its digits and marks without sign, brackets and currency."""
    text = pl.col("text").cast(pl.String).str.strip_chars().str.replace("−", "-", literal=True)
    bracketed = text.str.contains(r"^\(.*\)$")
    core = text.str.replace(r"^\((.*)\)$", "$1")
    core = core.str.replace(rf"^([-+]?)\s*{_CURRENCY}\s*", "$1").str.replace(rf"\s*{_CURRENCY}(-?)$", "$1")
    signed = core.str.contains(r"^[-+]")
    minus = bracketed | core.str.starts_with("-") | core.str.ends_with("-")
    unsigned = core.str.replace(r"^[-+]\s*", "")
    body = pl.when(bracketed).then(core).when(signed).then(unsigned).otherwise(core.str.replace(r"-$", ""))
    return minus.fill_null(False).alias("minus"), body.alias("body")


def _cast(texts: pl.Series, decimal: Mark, kind: pl.DataType) -> tuple[pl.Series, pl.Series]:
    plain = plain_numbers(texts, decimal=decimal)
    power = plain.str.contains("[eE]").fill_null(False)
    if power.any():
        spelled = [f"{float(text):.10f}" if such else text for text, such in zip(plain, power, strict=True)]
        plain = pl.Series("number", spelled, dtype=pl.String) if kind == MONEY else plain
    values = plain.cast(kind, strict=False)
    if kind == pl.Float64():
        values = values.set(~values.is_finite().fill_null(True), None)
    empty = texts.cast(pl.String).str.strip_chars().fill_null("") == ""
    bad = pl.select(pl.when(values.is_null() & ~empty).then(pl.lit("bad_number")).alias("reason"))["reason"]
    return values.alias("value"), bad
