"""What people talk about is found in their words, the same whatever the order, and little is left over."""

from __future__ import annotations

import json
import pickle

import numpy as np
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score

from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.topics import FoundTopics, Topics
from voice.talk import FOREIGN, THEMES, Polyglot, a_map, shape, talk

NOWHERE = a_map()


def found_in(spoken: pl.DataFrame, **how: object) -> FoundTopics:
    """What is found in SPOKEN."""
    return Topics(NOWHERE, Gathering(**how)).finish(spoken)


def labels(found: FoundTopics) -> np.ndarray:
    """The topic of each row, by feedback id."""
    assert found.gathered is not None
    return found.gathered.of[found.gathered.texts.said]


def likeness(found: FoundTopics, spoken: pl.DataFrame) -> float:
    """How far topics are the planted themes: 1 when they are the same."""
    return adjusted_rand_score(spoken.sort("feedback_id")["theme"].to_list(), labels(found))


def test_planted_topics_come_out_and_are_named_by_their_own_words():
    spoken = talk(240)
    found = found_in(spoken)
    assert found.topics.height == 4
    assert likeness(found, spoken) > 0.95
    assert found.outliers < 0.05
    for name in found.topics["name"]:
        [theme] = {theme for theme, words in THEMES.items() for part in name.replace(",", "").split() if part in words}
        assert set(name.replace(",", "").split()) <= set(THEMES[theme].split())


def test_topics_are_the_same_whatever_the_order_of_rows_and_parts():
    spoken = talk(200)
    asked = Topics(NOWHERE, Gathering(number=4))
    whole = asked.finish(spoken)
    for seed in (1, 2):
        mixed = spoken.drop("theme").sample(fraction=1, shuffle=True, seed=seed)
        parts = [mixed[:30], mixed[30:31], mixed[31:]]
        again = asked.finish(asked.combine([asked.combine(parts[:2]), parts[2]]))
        assert json.dumps(again.as_json(), default=str) == json.dumps(whole.as_json(), default=str)


def test_too_few_texts_are_told_with_how_many_are_needed():
    found = found_in(talk(20))
    assert found.topics.is_empty()
    assert found.note == "not enough data: 20 different texts here, and about 50 with words of content are needed"


@pytest.mark.parametrize(("texts", "says"), [([], "no text"), (["a slow parcel"], "texts of fewer than 5 customers")])
def test_no_text_and_one_text_are_too_few(texts: list[str], says: str):
    rows = pl.DataFrame(
        {"feedback_id": texts, "customer_id": texts, "text": texts}, schema_overrides={"text": pl.String}
    )
    assert found_in(shape(rows)).note.startswith(f"not enough data: {says} here")


def test_heads_of_fewer_than_five_customers_tell_no_number():
    few = talk(90).with_columns(customer_id=pl.lit("ana"))
    for rows in (few, few.head(3), few.head(1)):
        told = found_in(rows).as_json()
        heads = ("answers", "customers", "texts", "without_content", "far", "dropped", "outliers")
        assert [told[name] for name in heads] == [None] * len(heads)
    assert found_in(talk(7)).as_json()["customers"] == 7
    assert found_in(few.head(0)).as_json()["customers"] == 0


@pytest.mark.parametrize("text", ["the parcel was late again", "😡😡😡 👎", "… !!! ???"])
def test_texts_that_are_all_equal_or_without_words_are_too_few(text: str):
    ids = [f"f{k}" for k in range(80)]
    found = found_in(shape(pl.DataFrame({"feedback_id": ids, "customer_id": ids, "text": [text] * 80})))
    assert (found.answers, found.texts, found.topics.height) == (80, 1, 0)


def test_texts_without_content_are_in_no_topic_and_are_counted():
    empty = ["😡😡", "and it was for me", "!!!", "👍", "hahaha"]
    ids = [f"x{k}" for k in range(len(empty))]
    noise = shape(pl.DataFrame({"feedback_id": ids, "customer_id": ids, "text": empty}))
    found = found_in(pl.concat([talk(200).drop("theme"), noise]), number=4)
    assert (found.without_content, found.far) == (5, 0)
    assert found.outliers == 5 / 205
    assert (labels(found)[-5:] == -1).all()


def test_texts_of_two_languages_about_one_thing_are_one_topic_by_meaning():
    english = talk(150, themes={theme: THEMES[theme] for theme in FOREIGN}, seed=2)
    spoken = pl.concat([english, talk(150, themes=FOREIGN, language="pt", seed=3)])
    found = found_in(spoken, number=2, embedder=Polyglot())
    assert likeness(found, spoken) > 0.95
    assert found.gathered is not None
    for topic in found.gathered.topics:
        assert set(topic.names) == {"en", "pt"}
        assert topic.name in topic.names.values()
    assert likeness(found_in(spoken, number=2), spoken) < 0.5  # words alone see two languages


def test_topics_of_fewer_than_five_customers_are_not_shown():
    spoken = talk(200).with_columns(
        customer_id=pl.when(pl.col("theme") == "login").then(pl.lit("ana")).otherwise("customer_id")
    )
    found = found_in(spoken, number=4)
    assert (found.topics.height, found.hidden) == (3, 1)
    shown = found.as_json()
    assert "password" not in json.dumps([shown["topics"], shown["quotes"], shown["periods"]], default=str)


def test_a_customer_counts_once_for_a_topic_however_much_he_writes():
    spoken = talk(200)
    chatty = spoken.filter(pl.col("theme") == "late").with_columns(
        customer_id=pl.lit("ana"), feedback_id=pl.lit("again-") + pl.col("feedback_id")
    )
    found = found_in(pl.concat([spoken, chatty]), number=4)
    late = found.topics.filter(pl.col("words").list.contains("parcel"))
    assert late.select("answers", "customers").row(0) == (100, 51)


@settings(max_examples=8, deadline=None)
@given(extra=st.lists(st.text(min_size=1, max_size=30), max_size=6))
def test_whatever_people_type_is_gathered_or_counted_as_left_over(extra: list[str]):
    ids = [f"x{k}" for k in range(len(extra))]
    odd = shape(
        pl.DataFrame(
            {"feedback_id": ids, "customer_id": ids, "text": extra},
            schema_overrides={"text": pl.String, "feedback_id": pl.String, "customer_id": pl.String},
        )
    )
    found = found_in(pl.concat([talk(60).drop("theme"), odd]), number=4)
    in_topics = int((labels(found) >= 0).sum())
    assert in_topics + found.without_content + found.far + found.dropped == found.answers == 60 + len(extra)


def test_a_topic_that_others_would_not_find_again_is_loose():
    spoken = talk(240)
    firm, loose = found_in(spoken, number=4).topics, found_in(spoken, number=11).topics
    assert firm["stability"].min() > 0.9  # type: ignore[operator]
    assert not firm["loose"].any()
    assert loose["loose"].any()


def test_texts_that_differ_in_nothing_but_signs_are_gathered_all_the_same():
    texts = [f"{text}{'!' * k}" for k in range(40) for text in ("the parcel was late", "a tight dress")]
    found = found_in(shape(pl.DataFrame({"feedback_id": texts, "customer_id": texts, "text": texts})))
    assert found.topics.height == 2
    assert found.topics["customers"].to_list() == [40, 40]


def test_machines_that_look_at_buckets_are_not_handed_the_embedder():
    asked = Topics(NOWHERE, Gathering(embedder=Polyglot(), told=lambda done, of: None), at="all")
    there = pickle.loads(pickle.dumps(asked))
    assert (there.how, there.at) == (Gathering(), "all")


def test_topics_of_texts_without_any_theme_are_loose():
    dice = np.random.default_rng(5)
    every = [f"{one}{other}" for one in "bdfgklmnprst" for other in ("ara", "oro", "imi", "ulu", "ete")]
    texts = [" ".join(dice.choice(every, 6, replace=False)) for _ in range(300)]
    found = found_in(shape(pl.DataFrame({"feedback_id": texts, "customer_id": texts, "text": texts})), number=6)
    assert found.topics["stability"].mean() < 0.5  # type: ignore[operator]
