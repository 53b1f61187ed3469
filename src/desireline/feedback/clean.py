"""Feedback cleaned: rows of surveys, reviews, tickets and chats become answers of one shape, or refusals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

import polars as pl

from desireline.feedback.scales import check_change, check_scale, read_scores
from desireline.feedback.transcripts import TURNS, read_transcripts
from desireline.feedback.wording import UNREADABLE, WholeTexts, Wording, whole_texts
from desireline.recipes.cleaned import Cleaned, identify
from desireline.recipes.columns import called, lacking
from desireline.recipes.properties import properties_json
from desireline.recipes.records import AnswerSpec, FeedbackTable, Recipe
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

    Unless the table says `mask: false`, personal data is masked in texts, in answers without a score, and in
    properties of four words or more (`Wording`); keys and codes that the recipe keeps stay as they are. A text
    that nobody can read is left out, its beginning in the property `_unreadable_text`; the row is refused as
    `unreadable_text` if it holds nothing better. A text is cut at 100,000 characters, and `_text_cut` tells.
    """
    batch = Rows(rows, table, recipe, bare=bare)
    weight = batch.number(table.weight, role="weight")
    negative, whose = (weight < 0).fill_null(False), called(table.weight, "weight")
    batch.faults.note_where(negative, "bad_number", role=f"{whose} is negative")
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
    wording = Wording(batch, table)
    read = [_read_answer(batch, spec, table, at=shared["at"], wording=wording) for spec in table.answers]
    made = [answer for answer, _ in read]
    _refuse_rows_without_answers(batch, table, made)
    changed = Counter[str]()
    for answer, whole in read:
        changed.update(whole.changed(answer["_makes"] & batch.faults.fine))
    records = stack([{**shared, **answer} for answer in made], batch.faults.fine)
    taken = identify(records, FEEDBACK, of=table.source, told="question")
    return Cleaned(taken, batch.refused(file), wording.counts, changed)


def _read_answer(
    batch: Rows, spec: AnswerSpec, table: FeedbackTable, *, at: pl.Series, wording: Wording
) -> tuple[dict[str, pl.Series], WholeTexts]:
    """The columns of one question for every row, `_makes`: whether the row says anything to it, and its texts."""
    question, scale = batch.text(spec.question), scale_of(spec)
    kind = pl.repeat(table.kind, len(question), dtype=pl.String, eager=True)
    applies = batch.holds(spec.where, kind=kind, question=question, channel=batch.text(table.channel))
    said, turns = _own_words(batch, spec, among=applies)
    answer, whole = batch.verbatim(spec.answer), whole_texts(said)
    text, lost = whole.texts, whole.lost
    score, bad = read_scores(answer, spec, decimal=batch.decimal(spec.answer))
    if not scale.is_known:
        check_scale(question.filter(applies), score.filter(applies))
        check_change(question.filter(applies), score.filter(applies), at.filter(applies))
    makes = applies & (answer.is_not_null() | text.is_not_null() | lost[UNREADABLE].is_not_null())
    stored = makes & batch.faults.fine
    answer = wording.mask_some(answer, stored & score.is_null())
    own_id = batch.text(spec.id)
    if spec.id is not None:
        batch.faults.note_where(makes & own_id.is_null(), "no_id", role=lacking(spec.id))
    columns = {
        "feedback_id": own_id,
        "question": question,
        "answer": answer,
        "score": score,
        **_ends(scale, score),
        "text": wording.mask_some(text, stored),
        "properties": _properties(wording, lost.with_columns(answer.set(~bad, None).alias(BAD_SCORE)), turns),
        "_makes": makes,
        "_bad": makes & bad,
        "_sound": makes & ((~bad & answer.is_not_null()) | text.is_not_null()),
    }
    return columns, whole


def _own_words(batch: Rows, spec: AnswerSpec, *, among: pl.Series) -> tuple[pl.Series, pl.DataFrame | None]:
    """The texts; of transcripts the customer's part, and the turns of each. Speakers not to be told are a fault."""
    texts = batch.verbatim(spec.text)
    if spec.transcript is None:
        return texts, None
    told = read_transcripts(texts, spec.transcript)
    batch.faults.note_where(among & ~told["told"], "no_speaker")
    return told["text"], told.select(*TURNS)


def _ends(scale: Scale, like: pl.Series) -> dict[str, pl.Series]:
    """The scale as columns: its ends and its rule on every row."""
    rows = len(like)
    return {
        "low": pl.repeat(scale.low, rows, dtype=pl.Float64, eager=True),
        "high": pl.repeat(scale.high, rows, dtype=pl.Float64, eager=True),
        "rule": pl.repeat(scale.rule, rows, dtype=pl.String, eager=True),
    }


def _properties(wording: Wording, lost: pl.DataFrame, turns: pl.DataFrame | None) -> pl.Series:
    """The kept columns, what was counted of a transcript, and what could not be taken: an answer, a text or its end."""
    kept, frame = wording.kept, wording.frame
    if turns is not None:
        named = {f"\x00{name}": turns[name] for name in turns.columns if name not in kept}
        frame = frame.with_columns(**named)
        kept = {**kept, **{name[1:]: name for name in named}}
    for name in lost.columns:
        if lost[name].null_count() < lost.height:
            frame, kept = frame.with_columns(wording.mask(lost[name])), {**kept, name: name}
    return properties_json(frame, kept)


def _refuse_rows_without_answers(batch: Rows, table: FeedbackTable, made: list[dict[str, pl.Series]]) -> None:
    """A row with nothing at all is `no_answer`; with nothing sound, `bad_score` or else `unreadable_text`."""
    some, sound = (
        pl.select(pl.any_horizontal([answer[mark] for answer in made])).to_series() for mark in ("_makes", "_sound")
    )
    batch.faults.note_where(~some, "no_answer")
    unsound = ~sound & some
    if not unsound.any():
        return
    for spec, answer in zip(table.answers, made, strict=True):
        bad = pl.select(pl.when(unsound & answer["_bad"]).then(pl.lit("bad_score")).alias("reason"))["reason"]
        batch.faults.note(bad, role=called(spec.answer, "answer"), texts=answer["answer"])
    batch.faults.note_where(unsound, "unreadable_text")
