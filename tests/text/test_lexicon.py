"""The data files of the lexicon say one thing about each word."""

import re
from collections import Counter
from importlib.resources import files

import pytest

from desireline.text.lexicon import Role, entries, lexicon
from desireline.text.words import words_of

RATINGS = ("vader.txt", "service.txt", "emoji.txt")
FILES = (*RATINGS, "grammar.txt", "english.txt")
SETS = ("before", "number", "shared", "false")


@pytest.mark.parametrize("name", FILES)
def test_no_word_stands_twice(name):
    seen = Counter((role if role in SETS else "", word) for role, _, word in entries(name))
    assert [word for word, times in seen.items() if times > 1] == []


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_read(name):
    lines = files("desireline.text.lexicon").joinpath(name).read_text(encoding="utf-8").splitlines()
    said = [line for line in lines if line and not line.startswith(("#", "  "))]
    assert [line for line in said if not re.match(r"(?:[a-z]+ )?[+-]?\d+(?:\.\d+)?: \S", line)] == []


@pytest.mark.parametrize("name", RATINGS)
def test_ratings_go_from_minus_four_to_four(name):
    assert all(-4 <= value <= 4 for _, value, _ in entries(name))


@pytest.mark.parametrize("name", ["service.txt", "grammar.txt", "emoji.txt"])
def test_every_entry_can_be_met_in_a_text(name):
    written = {word: " ".join(words_of(f" {word} ").lower) for _, _, word in entries(name)}
    assert {word: met for word, met in written.items() if met != word.lower()} == {}


def test_our_own_ratings_go_before_those_of_vader():
    vader = {word: value for _, value, word in entries("vader.txt")}
    assert vader["please"] == 1.3
    assert lexicon().words["please"].role is Role.ASKS
    assert "help" in vader
    assert "help" not in lexicon().words


def test_the_apostrophe_may_be_left_out():
    words = lexicon().words
    assert words["dont"] == words["don't"]
    assert words["wouldve"] == words["would've"]
    assert "id" not in words


def test_the_notice_of_vader_is_beside_its_words():
    notice = files("desireline.text.lexicon").joinpath("vader.LICENSE.txt").read_text(encoding="utf-8")
    assert "Copyright (c) 2016 C.J. Hutto" in notice
