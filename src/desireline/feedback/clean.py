"""Feedback cleaned: rows of surveys, reviews, tickets and chats become answers of one shape, or refusals."""

from __future__ import annotations

from collections.abc import Collection

import polars as pl

from desireline.feedback.scales import check_scale, read_scores
from desireline.feedback.texts import tidy_texts
from desireline.recipes.cleaned import Cleaned, identify
from desireline.recipes.properties import properties_json
from desireline.recipes.records import AnswerSpec, FeedbackTable, Fixed, Recipe
from desireline.recipes.rows import Rows, stack
from desireline.recipes.scales import Scale, scale_of
from desireline.tables import FEEDBACK

BAD_SCORE = "_bad_score"
"""The property that holds an answer which is neither on its scale nor a code for no answer."""


def clean_feedback(
    rows: pl.DataFrame, table: FeedbackTable, recipe: Recipe, *, name: str, file: str, bare: Collection[str] = ()
) -> Cleaned:
    """Every row has become one answer or more, or is refused with a reason.

    A question with neither answer nor text gives no record. An answer off its scale loses its score and
    keeps its words in the property `_bad_score`; a row is refused as `bad_score` only if it holds nothing
    better. Customer and instant may be empty (an anonymous or undated voice is still one); an unreadable
    instant or weight refuses the row. Raises RecipeMismatch for columns that are not there and scales that
    cannot be, AmbiguousInput for two undeclared scales in one column.
    """
    batch = Rows(rows, table, recipe, bare=bare)
    weight = batch.number(table.weight, role="weight")
    negative = weight < 0
    batch.faults.note_where(negative.fill_null(False), "bad_number", role="weight is negative")
    shared = {
        "customer_id": batch.text(table.customer),
        "at": batch.instant(table.at, role="at", among=batch.every),
        "case_id": batch.text(table.case),
        "kind": pl.repeat(table.kind, len(rows), dtype=pl.String, eager=True),
        "channel": batch.text(table.channel),
        "weight": weight.fill_null(1.0),
        "source": pl.repeat(name, len(rows), dtype=pl.String, eager=True),
        "row": rows["_row"],
    }
    made = [_read_answer(batch, spec, table) for spec in table.answers]
    _refuse_rows_without_answers(batch, made)
    records = stack([{**shared, **answer} for answer in made], batch.faults.fine)
    return Cleaned(identify(records, FEEDBACK, of=table.source, told="question"), batch.refused(file))


def _read_answer(batch: Rows, spec: AnswerSpec, table: FeedbackTable) -> dict[str, pl.Series]:
    """The columns of one question for every row, and `_makes`: whether the row says anything to it."""
    question, scale = batch.text(spec.question), scale_of(spec)
    kind = pl.repeat(table.kind, len(question), dtype=pl.String, eager=True)
    applies = batch.holds(spec.where, kind=kind, question=question, channel=batch.text(table.channel))
    answer, text = batch.verbatim(spec.answer), tidy_texts(batch.verbatim(spec.text))
    score, bad = read_scores(answer, spec, decimal=batch.decimal(spec.answer))
    if not isinstance(spec.question, Fixed) and not scale.is_known:
        check_scale(question.filter(applies), score.filter(applies))
    makes = applies & (answer.is_not_null() | text.is_not_null())
    own_id = batch.text(spec.id)
    if spec.id is not None:
        batch.faults.note_where(makes & own_id.is_null(), "no_id")
    return {
        "feedback_id": own_id,
        "question": question,
        "answer": answer,
        "score": score,
        **_ends(scale, score),
        "text": text,
        "properties": _properties(batch, answer, bad),
        "_makes": makes,
        "_sound": makes & (~bad | text.is_not_null()),
    }


def _ends(scale: Scale, like: pl.Series) -> dict[str, pl.Series]:
    """The scale as columns: its ends and its rule on every row."""
    rows = len(like)
    return {
        "low": pl.repeat(scale.low, rows, dtype=pl.Float64, eager=True),
        "high": pl.repeat(scale.high, rows, dtype=pl.Float64, eager=True),
        "rule": pl.repeat(scale.rule, rows, dtype=pl.String, eager=True),
    }


def _properties(batch: Rows, answer: pl.Series, bad: pl.Series) -> pl.Series:
    """The kept columns, and the answer again where it could not be scored."""
    kept = batch.kept_columns()
    if not bad.any():
        return properties_json(batch.frame, kept)
    with_bad = batch.frame.with_columns(answer.set(~bad, None).alias(BAD_SCORE))
    return properties_json(with_bad, {**kept, BAD_SCORE: BAD_SCORE})


def _refuse_rows_without_answers(batch: Rows, made: list[dict[str, pl.Series]]) -> None:
    """A row with nothing but unreadable answers is `bad_score`; one with nothing at all is `no_answer`."""
    seen = pl.DataFrame(
        {
            "some": pl.select(pl.any_horizontal([answer["_makes"] for answer in made])).to_series(),
            "sound": pl.select(pl.any_horizontal([answer["_sound"] for answer in made])).to_series(),
            "first": pl.select(pl.coalesce([answer["answer"] for answer in made])).to_series(),
        }
    )
    reasons = seen.select(
        pl.when(~pl.col("some")).then(pl.lit("no_answer")).when(~pl.col("sound")).then(pl.lit("bad_score"))
    ).to_series()
    batch.faults.note(reasons, role="answer", texts=seen["first"])
