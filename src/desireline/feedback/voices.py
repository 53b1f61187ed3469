"""Whose voice it is: a note is written by staff or by an interviewer, unless it says that a customer wrote it."""

from __future__ import annotations

import polars as pl

CUSTOMERS = ("customer", "client", "participant", "interviewee", "user")
"""What the property `role` of a note says where it holds a customer's own words. Capitals do not matter."""

_OWN = rf'(?i)[{{,]\s*"role"\s*:\s*"\s*(?:{"|".join(CUSTOMERS)})\s*"'


def of_customers() -> pl.Expr:
    """True for the rows of FEEDBACK or ANSWERS that are a customer's own voice; never null.

    Looks at `kind` and `properties`. Only notes can be somebody else's.
    """
    said = pl.col("properties").str.contains(_OWN).fill_null(False)
    return ((pl.col("kind") != "note").fill_null(True) | said).alias("of_customers")
