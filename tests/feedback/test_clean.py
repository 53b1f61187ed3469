from __future__ import annotations

from datetime import UTC, datetime

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import AmbiguousInput, RecipeMismatch
from desireline.feedback.clean import clean_feedback
from desireline.recipes.cleaned import BOOKKEEPING, Cleaned
from desireline.tables import FEEDBACK
from recipes.given import cells, fates, recipe, rows

WIDE = recipe("""
    sources: {survey: {file: s.csv}}
    tables:
      survey:
        into: feedback
        source: survey
        customer: who
        weight: w
        answers:
          - {question: {text: Recommend}, answer: nps, rule: nps, not_answers: [11, Blank]}
          - question: {text: Effort}
            answer: effort
            text: why
            rule: ces
            low: 5
            high: 1
            not_answers: [0]
        properties: [gate]
""")
LONG = recipe("""
    times: {zone: UTC}
    sources: {log: {file: l.csv}}
    tables:
      log:
        into: feedback
        source: log
        kind: review
        at: when
        case: order
        channel: via
        answers:
          - {question: asked, answer: said, where: {property: {type: stars}}, low: 1, high: 5, id: id}
          - question: asked
            answer: said
            where: {question: mood}
            words: {good: 1, bad: -1}
            low: -1
            high: 1
          - {question: asked, text: said, where: {property: {type: open}}}
""")


def clean(batch: pl.DataFrame, given_recipe=WIDE) -> Cleaned:
    """The batch cleaned for the recipe's only table; every row has one fate."""
    ((name, table),) = given_recipe.tables.items()
    cleaned = clean_feedback(batch, table, given_recipe, name=name, file="in.csv")
    fates(batch, cleaned.records, cleaned.refused)
    assert cleaned.records.schema == {**FEEDBACK.columns, **BOOKKEEPING}
    return cleaned


def test_a_wide_survey_row_gives_an_answer_to_each_question():
    cleaned = clean(
        rows("""
        who | nps | effort | why                | w   | gate
        ana | 9   | 2      | <b>So</b> slow &amp; long | 0.5 | A1
            | 11  |        |                    |     |
    """)
    )
    first, second, third = cleaned.records.to_dicts()
    assert first == {
        "feedback_id": None,
        "customer_id": "ana",
        "at": None,
        "case_id": None,
        "kind": "survey",
        "question": "Recommend",
        "answer": "9",
        "score": 9.0,
        "low": 0.0,
        "high": 10.0,
        "rule": "nps",
        "weight": 0.5,
        "text": None,
        "channel": None,
        "properties": '{"gate":"A1"}',
        "source": "survey",
        "row": 1,
        "_file_row": 1,
        "_once": False,
    }
    assert (second["question"], second["score"], second["text"]) == ("Effort", 2.0, "So slow & long")
    assert (second["low"], second["high"], second["rule"]) == (5.0, 1.0, "ces")
    assert (third["customer_id"], third["answer"], third["score"], third["weight"]) == (None, "11", None, 1.0)


def test_an_answer_off_its_scale_is_kept_without_a_score_beside_sound_ones():
    cleaned = clean(
        rows("""
        who | nps | effort | why    | w | gate
        ana | 12  | 2      |        |   | A1
        ben |     | 7      | Slow!  |   |
        eva | 12  | lots   |        |   |
        joe |     |        |        |   |
        kim | 9   |        |        | x |
        lou | 9   |        |        | -1 |
        max | Blank | 0    |        |   |
    """)
    )
    assert cells(cleaned.records, "row", "answer", "score", "text", "properties") == [
        (1, "12", None, None, '{"_bad_score":"12","gate":"A1"}'),
        (1, "2", 2.0, None, '{"gate":"A1"}'),
        (2, "7", None, "Slow!", '{"_bad_score":"7"}'),
        (7, "Blank", None, None, "{}"),
        (7, "0", None, None, "{}"),
    ]
    assert cells(cleaned.refused, "row", "reason") == [
        (3, "bad_score"),
        (4, "no_answer"),
        (5, "bad_number"),
        (6, "bad_number"),
    ]
    assert cleaned.refused["detail"][0].startswith("nps (answer) is “12”.")


def test_a_long_survey_has_a_scale_for_each_kind_of_question():
    cleaned = clean(
        rows("""
        asked | type  | said     | when             | order | via  | id
        taste | stars | 4        | 2026-03-01 10:00 | o1    | mail | 7
        mood  | words | Good     |                  |       |      |
        wish  | open  | more <3  | 2026-03-01       |       |      |
        mood  | words | so-so    |                  |       |      |
        taste | stars | 4        | soon             |       |      | 8
        taste | stars | 4        |                  |       |      |
        age   | other | 44       |                  |       |      |
    """),
        LONG,
    )
    assert cells(cleaned.records, "row", "question", "answer", "score", "text", "at", "case_id", "channel") == [
        (1, "taste", "4", 4.0, None, datetime(2026, 3, 1, 10, tzinfo=UTC), "o1", "mail"),
        (2, "mood", "Good", 1.0, None, None, None, None),
        (3, "wish", None, None, "more <3", datetime(2026, 3, 1, tzinfo=UTC), None, None),
    ]
    assert cells(cleaned.records, "feedback_id")[0][0] is not None
    assert cells(cleaned.refused, "row", "reason") == [
        (4, "bad_score"),
        (5, "bad_time"),
        (6, "no_id"),
        (7, "no_answer"),
    ]


def test_two_undeclared_scales_in_one_column_are_asked_about():
    plain = recipe("""
        sources: {log: {file: l.csv}}
        tables: {log: {into: feedback, source: log, answers: [{question: asked, answer: said}]}}
    """)
    mixed = pl.DataFrame(
        {
            "asked": ["stars"] * 20 + ["recommend"] * 20,
            "said": [str(1 + k % 5) for k in range(20)] + [str(k % 11) for k in range(20)],
        }
    ).with_columns(_row=pl.int_range(1, 41, dtype=pl.Int64))
    with pytest.raises(AmbiguousInput, match="answers to “stars” end at 5, those to “recommend” at 10"):
        clean(mixed, plain)
    assert clean(mixed.head(20), plain).records["score"].null_count() == 0


def test_no_rows_give_no_answers_and_a_missing_column_stops_the_import():
    head = rows("who | nps | effort | why | w | gate")
    cleaned = clean(head)
    assert (len(cleaned.records), len(cleaned.refused)) == (0, 0)
    with pytest.raises(RecipeMismatch, match="There is no column 'nps'"):
        clean(head.drop("nps"))


answers = st.fixed_dictionaries(
    {
        "who": st.sampled_from(["ana", None]),
        "nps": st.sampled_from(["9", "0", "11", "12", "x", None]),
        "effort": st.sampled_from(["1", "0", "9", None]),
        "why": st.sampled_from(["slow", "<br>", None]),
        "w": st.sampled_from(["0.5", "-1", "x", None]),
        "gate": st.sampled_from(["A1", None]),
    }
)


@given(st.lists(answers, min_size=1, max_size=12), st.randoms(use_true_random=False), st.integers(3, 6))
@settings(max_examples=15, deadline=None)
def test_neither_the_order_of_rows_nor_the_cut_into_batches_changes_what_comes_out(drawn, random, size):
    schema = dict.fromkeys(drawn[0], pl.String)
    batch = pl.DataFrame(drawn, schema=schema).with_columns(_row=pl.int_range(1, pl.len() + 1, dtype=pl.Int64))
    whole = clean(batch)
    order = list(range(len(batch)))
    random.shuffle(order)
    parts = [clean(part) for part in batch.iter_slices(size)]
    for other in (
        clean(batch[order]),
        Cleaned(pl.concat(p.records for p in parts), pl.concat(p.refused for p in parts)),
    ):
        assert other.records.sort("row", maintain_order=True).equals(whole.records)
        assert other.refused.sort("row").equals(whole.refused)
