"""The sentences that the head for feelings is trained on."""

from collections import Counter

from bench.train_feeling import SENTENCES, sentences


def test_each_sentence_has_a_language_and_a_level_and_stands_once():
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()]
    assert rows[0] == ["language", "level", "text"]
    assert {len(row) for row in rows} == {3}
    assert {row[1] for row in rows[1:]} == {"-2", "-1", "0", "1", "2"}
    assert len({row[2] for row in rows}) == len(rows)


def test_sixteen_languages_have_sentences_of_every_kind():
    kinds = Counter((row["language"], (row["level"] > 0) - (row["level"] < 0)) for row in sentences().to_dicts())
    assert len({language for language, _ in kinds}) == 16
    assert len(kinds) == 3 * 16
    assert min(kinds.values()) >= 6
