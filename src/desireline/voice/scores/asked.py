"""What became of each question: answered, not applicable, off its scale, skipped."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from desireline.access import SMALL_GROUP

ASKED = {
    "question": pl.String,
    "responses": pl.Int64,  # that hold an answer to this question or to one that is asked together with it
    "answered": pl.Int64,  # with a score, a code or a text
    "not_applicable": pl.Int64,  # answered with a code that is no answer, on a question with a scale
    "off_scale": pl.Int64,  # answered with something that is neither
    "skipped": pl.Int64,  # left empty, while another question of the same sheet was answered
}


def asked(answers: pl.DataFrame) -> pl.DataFrame:
    """ASKED, one row per question, in order; each answer counts once, at however many places it stands.

    Questions are on one sheet when some response answers both, directly or through others. A row with nothing at
    all was no response. Left out are questions that fewer than five customers met, and coded reasons, which one
    gives or does not give.
    """
    if answers.is_empty():
        return pl.DataFrame(schema=ASKED)
    once = answers.unique("feedback_id", keep="first", maintain_order=True)
    scale = pl.col("low").is_not_null() | pl.col("score").is_not_null().any().over("question")
    unscored = pl.col("score").is_null() & scale & ~pl.col("worded")
    told = once.with_columns(
        (scale | pl.col("worded")).alias("_open"),
        (unscored & pl.col("off_scale")).alias("_off"),
        (unscored & ~pl.col("off_scale")).alias("_never"),
    )
    each = told.group_by("question").agg(
        pl.col("customer_id").n_unique().alias("customers"),
        pl.col("_open").any().alias("open"),
        pl.col("response").n_unique().cast(pl.Int64).alias("met"),
        pl.col("response").filter(~pl.col("_off") & ~pl.col("_never")).n_unique().cast(pl.Int64).alias("answered"),
        pl.col("response").filter("_never").n_unique().cast(pl.Int64).alias("not_applicable"),
        pl.col("response").filter("_off").n_unique().cast(pl.Int64).alias("off_scale"),
    )
    together = sheets(once)
    sheet_of = once.select("response", pl.col("question").replace_strict(together).alias("sheet")).unique("response")
    size = sheet_of.group_by("sheet").agg(pl.len().cast(pl.Int64).alias("responses"))
    joined = each.with_columns(pl.col("question").replace_strict(together).alias("sheet")).join(size, on="sheet")
    skipped = (pl.col("responses") - pl.col("met")).alias("skipped")
    return (
        joined.filter("open", pl.col("customers") >= SMALL_GROUP).with_columns(skipped).select(*ASKED).sort("question")
    )


def sheets(answers: pl.DataFrame) -> dict[str, str]:
    """Each question's sheet, named after its first question: those that some response answers both are on one."""
    met = answers.group_by("response").agg(pl.col("question").unique().sort().alias("on"))["on"].unique().to_list()
    return join_up(met, answers["question"].unique().sort().to_list())


def join_up(sets: Iterable[list[str]], names: list[str]) -> dict[str, str]:
    """The first name of those that each name is joined with, through sets that overlap."""
    first = {name: name for name in names}

    def root(name: str) -> str:
        while first[name] != name:
            first[name] = first[first[name]]
            name = first[name]
        return name

    for one in sets:
        for other in one[1:]:
            low, high = sorted((root(one[0]), root(other)))
            first[high] = low
    return {name: root(name) for name in names}
