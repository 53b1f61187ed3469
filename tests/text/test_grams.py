"""Words and letters as rows of numbers, against scikit-learn and by hand."""

import json

import numpy as np
import pytest
from sklearn.feature_extraction.text import TfidfVectorizer

from desireline.text.grams import PLACES, grams_of, learn_grams

TEXTS = ["Late again, late!", "late train", "The train was clean.", "clean train", "the late bus", ""]


@pytest.mark.parametrize(
    ("kind", "made_of", "least"),
    [
        ("words", {"ngram_range": (1, 2), "token_pattern": r"\w+|[^\w\s]"}, 2),
        ("letters", {"ngram_range": (2, 4), "analyzer": "char_wb"}, 3),
    ],
)
def test_rows_weigh_grams_as_scikit_learn_does(kind, made_of, least):
    _, matrix = learn_grams(kind, TEXTS)
    expected = TfidfVectorizer(**made_of, min_df=least, sublinear_tf=True).fit_transform(TEXTS)
    assert matrix.shape == expected.shape
    np.testing.assert_allclose((matrix @ matrix.T).toarray(), (expected @ expected.T).toarray(), atol=1e-4)


def test_a_row_is_the_same_to_the_last_digit_whatever_it_stands_beside():
    grams, together = learn_grams("letters", TEXTS)
    alone = [grams.matrix([text]).toarray()[0] for text in TEXTS]
    np.testing.assert_array_equal(together.toarray(), alone)


def test_texts_without_a_known_gram_have_empty_rows():
    grams, _ = learn_grams("words", TEXTS)
    assert grams.matrix(["", "zzz qqq", "LATE"]).sum(axis=1).tolist() == [0, 0, 1]
    assert grams.matrix([]).shape == (0, len(grams.places))


def test_what_was_learned_is_numbers_alone_and_survives_being_written_down():
    grams, matrix = learn_grams("words", TEXTS)
    written = json.dumps(grams.document())
    assert not any(word in written for word in ("late", "train", "clean"))
    again = grams_of(json.loads(written))
    np.testing.assert_array_equal(again.matrix(TEXTS).toarray(), matrix.toarray())
    assert (np.diff(again.places) > 0).all()
    assert again.places.max() < PLACES
