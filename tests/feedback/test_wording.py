from __future__ import annotations

import polars as pl
import pytest

from desireline.errors import RecipeInvalid, RecipeMismatch
from desireline.feedback.clean import clean_feedback
from desireline.recipes.cleaned import Cleaned
from desireline.recipes.columns import check_columns
from recipes.given import cells, recipe, rows

REVIEWS = """
    sources: {{reviews: {{file: r.csv}}}}
    tables:
      reviews:
        into: feedback
        source: reviews
        customer: who
        answers:
          - {{question: {{text: Overall}}, answer: stars, text: says, low: 1, high: 5}}
          - {{question: {{text: Why}}, answer: why}}
        properties: [note, gate]
        {more}
"""


def clean(batch: pl.DataFrame, more: str = "") -> Cleaned:
    """The batch cleaned for reviews; `more` are further lines of the table."""
    given_recipe = recipe(REVIEWS.format(more=more))
    return clean_feedback(batch, given_recipe.tables["reviews"], given_recipe, name="reviews", file="r.csv")


TOLD = rows("""
    who | stars        | says                     | why               | note                       | gate
    ana | 5            | Write to ana@example.com | call 202-555-0143 | as ana@example.com did say | ana@example.com
    ben | 202-555-0143 | fine                     | 1204              | plain note of four words   | G7
""")


def test_personal_data_is_masked_in_texts_free_answers_and_prose_before_it_is_stored():
    cleaned = clean(TOLD)
    said = '{"gate":"ana@example.com","note":"as [e-mail] did say"}'
    kept = '"note":"plain note of four words"'
    assert cells(cleaned.records, "customer_id", "question", "answer", "score", "text", "properties") == [
        ("ana", "Overall", "5", 5.0, "Write to [e-mail]", said),
        ("ana", "Why", "call [phone]", None, None, said),
        (
            "ben",
            "Overall",
            "[phone]",
            None,
            "fine",
            f'{{"_bad_score":"[phone]","gate":"G7",{kept}}}',
        ),
        ("ben", "Why", "1204", 1204.0, None, f'{{"gate":"G7",{kept}}}'),
    ]
    assert cleaned.masked == {"e-mail": 2, "phone": 2}


def test_a_recipe_may_keep_personal_data():
    cleaned = clean(TOLD, "mask: false")
    assert cleaned.records["text"].to_list() == ["Write to ana@example.com", None, "fine", None]
    assert cleaned.records["answer"].to_list() == ["5", "call 202-555-0143", "202-555-0143", "1204"]
    assert cleaned.masked == {}


def test_a_recipe_says_what_else_is_masked_and_what_stays():
    batch = rows("""
        who | name      | stars | says                                  | why | note | gate
        ana | Ana Silva | 5     | XY12 lost, says Ana to @acme and @ben |     |      |
        eva |           | 4     | Ana is my friend                      |     |      |
    """)
    cleaned = clean(batch, "mask: {order_ids: ['XY[0-9]{2}'], names: [name], keep: ['@Acme']}")
    assert cleaned.records["text"].to_list() == [
        "[order id] lost, says [name] to @acme and [handle]",
        "Ana is my friend",
    ]


def test_a_column_of_names_has_to_be_there():
    given_recipe = recipe(REVIEWS.format(more="mask: {names: [nmae]}"))
    with pytest.raises(RecipeMismatch, match="Did you mean 'name'"):
        check_columns(given_recipe, {"reviews": ["who", "name", "stars", "says", "why", "note", "gate"]})


def test_a_pattern_that_fits_everything_is_told_when_the_recipe_is_read():
    with pytest.raises(RecipeInvalid, match="narrower"):
        recipe(REVIEWS.format(more="mask: {order_ids: ['.*']}"))


def test_texts_read_in_a_wrong_encoding_are_made_whole_or_told():
    batch = rows("""
        who | stars | says               | why     | note | gate
        ana | 5     | nÃ£o gostei        |         |      |
        ben | 4     | ������ ��� ok      |         |      |
        eva |       | ������ ���         |         |      |
        joe | 9     | ������ ���         |         |      |
        kim |       | ������ ���         | because |      |
    """)
    cleaned = clean(batch)
    assert cells(cleaned.records, "customer_id", "question", "text", "properties") == [
        ("ana", "Overall", "não gostei", "{}"),
        ("ben", "Overall", None, '{"_unreadable_text":"������ ��� ok"}'),
        ("kim", "Overall", None, '{"_unreadable_text":"������ ���"}'),
        ("kim", "Why", None, "{}"),
    ]
    assert cells(cleaned.refused, "row", "reason") == [(3, "unreadable_text"), (4, "bad_score")]


def test_a_text_of_a_megabyte_is_kept_up_to_its_hundred_thousandth_character():
    batch = rows("""
        who | stars | says | why | note | gate
        ana | 5     | x    |     |      |
    """).with_columns(says=pl.lit("good " * 200_000))
    cleaned = clean(batch)
    (text,) = cleaned.records["text"]
    assert 99_000 < len(text) <= 100_000
    assert cleaned.records["properties"].to_list() == ['{"_text_cut":"999999"}']


def test_what_looks_like_a_formula_is_stored_as_it_is_and_reading_directions_do_not_turn():
    batch = rows("""
        who | stars | says                        | why | note | gate
        ana | 5     | =HYPERLINK("x")             |     |      |
        ben | 5     | \u202eשלום\u202c \u2066ok\u2069 |     |      |
    """)
    assert clean(batch).records["text"].to_list() == ['=HYPERLINK("x")', "שלום ok"]
