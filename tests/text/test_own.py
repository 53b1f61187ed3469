"""A reader that learns from rated comments."""

import json
from dataclasses import asdict

import numpy as np
import polars as pl
import pytest

from desireline.errors import OwnReaderUnreadable, TooFewRatings
from desireline.hashes import hash_text
from desireline.text.own import LEAST, load_own, train_own
from desireline.text.reader import kinds

from .embedders import Words

GOOD, BAD, PLAIN = (
    ["lovely", "quick", "friendly", "tasty"],
    ["broken", "late", "rude", "cold"],
    ["blue", "monday", "second", "standard"],
)
THINGS = ["room", "food", "train", "parcel", "driver", "seat", "website", "lamp", "phone", "table"]


def comments(n, *, seed=5, neutral=True):
    """n comments that say one thing each, of which one in ten is rated the wrong way round."""
    dice = np.random.default_rng(seed)
    texts, levels = [], []
    for row in range(n):
        level = dice.choice([-2.0, 0.0, 2.0] if neutral else [-2.0, 2.0])
        word = dice.choice({-2.0: BAD, 0.0: PLAIN, 2.0: GOOD}[level])
        texts.append(f"The {dice.choice(THINGS)} was {word} on day {row}, and that is what happened to us there.")
        levels.append(-level if dice.random() < 0.1 else level)
    return texts, np.array(levels)


@pytest.fixture(scope="module")
def reader():
    return train_own(*comments(700))


def test_it_reads_what_it_learned_and_says_how_well(reader):
    read = reader.read(["The sofa was lovely.", "The sofa was rude and it was late.", "The sofa was blue."])
    assert kinds(read.level).tolist() == [1, -1, 0]
    assert reader.held_out.auc > 0.8  # nine in ten ratings can be known at best
    assert reader.held_out.auc_low < reader.held_out.auc < reader.held_out.auc_high
    assert 0.7 < reader.held_out.macro_f1 < 0.95
    assert reader.tier == "fast"


def test_a_text_is_held_out_by_its_hash_so_equal_texts_are_never_on_both_sides():
    texts, levels = comments(400)
    held = [bool(one >> np.uint64(63)) for one in hash_text(pl.Series(texts))]
    once, thrice = train_own(texts, levels), train_own(texts * 3, np.tile(levels, 3))
    assert (once.held_out.n, thrice.held_out.n) == (sum(held), 3 * sum(held))


def test_ratings_that_say_nothing_about_the_text_are_found_to_be_no_use():
    texts, levels = comments(700)
    found = train_own(texts, np.random.default_rng(2).permutation(levels)).held_out
    assert found.auc_low < 0.5 < found.auc_high


def test_the_order_of_rows_does_not_matter(reader):
    texts, levels = comments(700)
    order = np.random.default_rng(0).permutation(len(texts))
    assert train_own([texts[row] for row in order], levels[order]).name == reader.name


def test_a_text_has_the_same_level_whatever_it_stands_beside(reader):
    texts = comments(40, seed=9)[0]
    assert reader.read(texts).level.tolist() == [reader.read([text]).level[0] for text in texts]


def test_a_saved_reader_has_the_same_name_and_reads_alike(reader, tmp_path):
    reader.save(tmp_path / "own.json")
    again = load_own(tmp_path / "own.json")
    texts = comments(30, seed=3)[0]
    assert again.name == reader.name
    assert again.name.startswith("own/")
    assert asdict(again.held_out) == asdict(reader.held_out)
    np.testing.assert_array_equal(again.read(texts).level, reader.read(texts).level)


def test_the_file_holds_no_word_of_any_comment(reader, tmp_path):
    reader.save(tmp_path / "own.json")
    written = (tmp_path / "own.json").read_text()
    assert not any(word in written for word in [*GOOD, *BAD, *PLAIN, *THINGS])


def test_texts_in_a_language_that_was_not_learned_are_unread(reader):
    read = reader.read(["Das Zimmer war wirklich sehr kalt und niemand kam.", "", "12345", "n/a", "👍"])
    assert np.isnan(read.level).tolist() == [True, True, True, True, False]
    assert reader.languages == {"en"}


def test_ratings_without_a_middle_teach_two_kinds():
    reader = train_own(*comments(400, neutral=False))
    level = reader.read(["The food was tasty.", "The food was cold."]).level
    assert kinds(level).tolist() == [1, -1]
    assert reader.document()["kinds"] == [-1, 1]


def test_too_few_ratings_are_told_with_the_number_needed():
    texts, levels = comments(LEAST)
    with pytest.raises(TooFewRatings, match=rf"needs {LEAST} rated high and {LEAST} rated low"):
        train_own(texts, levels)
    with pytest.raises(TooFewRatings, match="0 high and 0 low"):
        train_own([], np.zeros(0))


def test_rows_without_a_rating_or_a_text_are_left_out(reader):
    texts, levels = comments(700)
    assert train_own([*texts, "no rating", " "], np.array([*levels, np.nan, 2.0])).name == reader.name


def test_the_multilingual_tier_learns_from_meaning_too(tmp_path):
    texts, levels = comments(500)
    reader = train_own(texts, levels, tier="multilingual", embedder=Words())
    assert reader.tier == "multilingual"
    assert reader.held_out.auc > 0.8
    reader.save(tmp_path / "own.json")
    again = load_own(tmp_path / "own.json", embedder=Words())
    np.testing.assert_array_equal(again.read(texts[:9]).level, [reader.read([text]).level[0] for text in texts[:9]])
    with pytest.raises(OwnReaderUnreadable, match="learned with words/1, and words/2 is installed"):
        load_own(tmp_path / "own.json", embedder=Words("2"))


NO_READER = ["", "{", "[]", "{}", "3"]


@pytest.mark.parametrize("content", NO_READER)
def test_a_file_without_a_reader_is_told(tmp_path, content):
    (tmp_path / "own.json").write_text(content)
    with pytest.raises(OwnReaderUnreadable, match="It holds no reader"):
        load_own(tmp_path / "own.json")
    with pytest.raises(OwnReaderUnreadable, match=r"missing\.json"):
        load_own(tmp_path / "missing.json")


def test_a_file_of_another_version_or_with_a_part_missing_is_refused(reader, tmp_path):
    file = tmp_path / "own.json"
    for name, says in [("fast", "learned with fast/0"), ("own_reader", "learned with fast/0"), ("grams", "is damaged")]:
        file.write_text(json.dumps({**reader.document(), name: "fast/0"}))
        with pytest.raises(OwnReaderUnreadable, match=says):
            load_own(file)


def test_the_file_is_plain_json(reader, tmp_path):
    reader.save(tmp_path / "own.json")
    assert json.loads((tmp_path / "own.json").read_text()) == json.loads(json.dumps(reader.document()))
