"""Figures as people write them, such as `1.049,90` and `€ 12`: read only where all of them leave no doubt."""

from __future__ import annotations

import polars as pl

from desireline.recipes.numbers import Mark, plain_numbers
from desireline.recipes.suggest.names import CURRENCY_SIGNS

_FIGURE = r"^\D{0,5}[0-9]"
_DECIMALS = r",[0-9]+\D*$"
_MARKS = r"[.,]"
_CURRENCY = r"(R\$|US\$|\p{Sc}|zł|[A-Z]{3})"
Figures = tuple[pl.Series, Mark, str | None]


def read_figures(values: pl.Series) -> Figures | None:
    """The numbers, the decimal mark that they need to be read, and the currency beside them; else None.

    `881,52` says that commas are decimal marks. `1,234` alone says nothing, and is no figure. Neither are amounts in
    two currencies.

    >>> numbers, mark, currency = read_figures(pl.Series(["1.049,90 €", "12 €"]))
    >>> numbers.to_list(), mark, currency
    ([1049.9, 12.0], 'comma', 'EUR')
    """
    numbers = values.cast(pl.Float64, strict=False)
    if numbers.null_count() == 0:
        return (numbers, None, None) if numbers.is_finite().all() else None
    if not values.str.contains(_FIGURE).all():
        return None
    signs = values.str.extract(_CURRENCY).drop_nulls().unique().to_list()
    if len(signs) > 1:
        return None
    found = _read(values, signed=bool(signs))
    if found is None:
        return None
    sign = signs[0] if signs else ""
    return *found, CURRENCY_SIGNS.get(sign, sign if sign.isalpha() else None)


def _read(values: pl.Series, *, signed: bool) -> tuple[pl.Series, Mark] | None:
    comma, point = (plain_numbers(values, decimal=mark) for mark in ("comma", "point"))
    if not comma.null_count() and point.null_count() and values.str.contains(_DECIMALS).any():
        return comma.cast(pl.Float64), "comma"
    if not point.null_count() and comma.null_count():
        return point.cast(pl.Float64), "point"
    plain = not point.null_count() and not values.str.contains(_MARKS).any()
    return (point.cast(pl.Float64), None) if signed and plain else None
