"""Tables written for spreadsheets. Texts came from strangers, so none of them may run as a formula."""

from __future__ import annotations

import polars as pl

_FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
_NUMBER = r"^[+-]?[0-9]+([.,][0-9]+)*$"


def csv_text(frame: pl.DataFrame) -> str:
    """The frame as CSV that a spreadsheet opens without running anything.

    A text that begins like a formula (= + - @, tab, a new line) gets an apostrophe in front, except when it is a
    plain number; number columns stay as they are. Source: OWASP, “CSV injection”.
    """
    texts = pl.col(pl.String, pl.Categorical, pl.Enum).cast(pl.String)
    formula = texts.str.contains(_FORMULA) & ~texts.str.contains(_NUMBER)
    safe = frame.with_columns(pl.when(formula).then(pl.lit("'") + texts).otherwise(texts).name.keep())
    return safe.write_csv()
