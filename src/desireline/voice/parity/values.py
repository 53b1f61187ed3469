"""Values as people write them, brought to one form: numbers, money, times, shares, sizes, dates, yes and no, words.

`48 h`, `2 days` and `2d` are one value; so are `€4.90`, `4,90 EUR` and `EUR 4.9`; `free` is no money at all.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from math import sqrt

import polars as pl

from desireline.recipes.numbers import plain_numbers

SAME, REWORDED, OTHER = "same", "worded differently", "differs"
ALIKE = 0.75
"""Texts whose words agree so far (cosine of word counts) say the same in other words."""

_SIGNS = {"€": "EUR", "$": "USD", "US$": "USD", "£": "GBP", "¥": "JPY", "R$": "BRL", "zł": "PLN", "₹": "INR"}
_CODES = "EUR|USD|GBP|CHF|JPY|CNY|INR|BRL|CAD|AUD|NZD|SEK|NOK|DKK|PLN|CZK|HUF|TRY|MXN|ZAR|KRW|SGD|HKD"
_CURRENCY = rf"R\$|US\$|[€$£¥₹]|zł|(?:{_CODES})\b"
_MONEY = re.compile(rf"^(?P<one>{_CURRENCY})?\s*(?P<number>[-+\d.,'’\s\u00a0\u202f]+?)\s*(?P<two>{_CURRENCY})?$")
_MEASURED = re.compile(
    r"^(?P<number>[-+]?[\d.,]+)\s*(?:(?:-|–|to)\s*(?P<other>[\d.,]+)\s*)?(?P<unit>[^\W\d_]+(?: [a-z]+)?|%)$"
)
_UNITS = {
    "s": ("time", 1), "sec": ("time", 1), "second": ("time", 1), "min": ("time", 60), "minute": ("time", 60),
    "m": ("minutes or metres", 1), "h": ("time", 3600), "hr": ("time", 3600), "hour": ("time", 3600),
    "d": ("time", 86_400), "day": ("time", 86_400), "w": ("time", 604_800), "week": ("time", 604_800),
    "business day": ("working days", 1), "working day": ("working days", 1), "workday": ("working days", 1),
    "month": ("months", 1), "year": ("months", 12),
    "%": ("share", 0.01), "percent": ("share", 0.01),
    "mg": ("weight", 0.001), "g": ("weight", 1), "kg": ("weight", 1000), "t": ("weight", 1_000_000),
    "ml": ("volume", 0.001), "l": ("volume", 1), "mm": ("length", 0.001), "cm": ("length", 0.01),
    "km": ("length", 1000),
}  # fmt: skip
_DATE = re.compile(r"^\d{4}-\d{2}-\d{2}$")
_TRUTH = {"yes": True, "true": True, "y": True, "no": False, "false": False, "n": False}
_NOTHING = {"free", "free of charge", "gratis", "no charge", "for free"}
_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)?")
_TURNS = {"no", "not", "never", "without", "except", "only", "non", "cannot", "can't", "don't", "won't", "isn't"}


@dataclass(frozen=True)
class Value:
    """A value in one form. `kind`: number, money, time, share, date, truth, words … ; `amounts` are one or a range."""

    kind: str
    amounts: tuple[float, ...] = ()
    words: str = ""


def read_value(text: str) -> Value:
    """The value that a text says. What cannot be read in one way only (`1,234`) stays words."""
    tidy = " ".join(text.split())
    small = tidy.casefold().rstrip(".! ")
    if small in _NOTHING:
        return Value("money", (0.0,))
    if small in _TRUTH:
        return Value("truth", (float(_TRUTH[small]),))
    if _DATE.match(tidy):
        return Value("date", words=tidy)
    return _money(tidy) or _measured(small) or Value("words", words=" ".join(_words(small)))


def compare_values(one: Value, other: Value) -> str:
    """SAME, REWORDED or OTHER. Words that differ in a number or in a `not` say something else, however alike."""
    if one.kind == "words" and other.kind == "words":
        return _compare_words(one.words.split(), other.words.split())
    nothing = (0.0,)
    if one.amounts == other.amounts == nothing and {one.kind[:5], other.kind[:5]} <= {"money", "numbe"}:
        return SAME
    return SAME if (one.kind, one.words) == (other.kind, other.words) and _near(one.amounts, other.amounts) else OTHER


def likeness(one: list[str], other: list[str]) -> float:
    """The cosine of two texts' word counts, 0 to 1."""
    first, second = Counter(one), Counter(other)
    both = sum(first[word] * second[word] for word in first)
    size = sqrt(sum(n * n for n in first.values()) * sum(n * n for n in second.values()))
    return both / size if size else 1.0


def _compare_words(one: list[str], other: list[str]) -> str:
    if one == other:
        return SAME
    for decisive in (str.isdecimal, _TURNS.__contains__):
        if Counter(filter(decisive, one)) != Counter(filter(decisive, other)):
            return OTHER
    return REWORDED if likeness(one, other) >= ALIKE else OTHER


def _money(text: str) -> Value | None:
    found = _MONEY.match(text)
    amount = _number(found["number"]) if found else None
    if found is None or amount is None or (found["one"] and found["two"]):
        return None
    sign = found["one"] or found["two"]
    return Value(f"money:{_SIGNS.get(sign, sign)}" if sign else "number", (amount,))


def _measured(text: str) -> Value | None:
    found = _MEASURED.match(text)
    if found is None:
        return None
    unit = _UNITS.get(found["unit"]) or _UNITS.get(found["unit"].removesuffix("s"))
    ends = [_number(end) for end in (found["number"], found["other"]) if end is not None]
    known = [end for end in ends if end is not None]
    if unit is None or len(known) < len(ends):
        return None
    return Value(unit[0], tuple(end * unit[1] for end in known))


def _number(text: str) -> float | None:
    plain = plain_numbers(pl.Series([text.strip()]))[0]
    return None if plain is None else float(plain)


def _near(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return len(one) == len(other) and all(
        abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1) for a, b in zip(one, other, strict=True)
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text)
