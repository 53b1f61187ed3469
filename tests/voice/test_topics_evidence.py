"""What stands beside a topic: words that carry content, quotes that may be shown, places, and needs that are unmet."""

from __future__ import annotations

import numpy as np
import polars as pl
import pytest

from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.neighbours import near, smooth
from desireline.voice.topics.places import Told, judge_needs, spoken_at
from desireline.voice.topics.quotes import LONGEST, choose_quotes
from desireline.voice.topics.topics import Topics
from desireline.voice.topics.vectors import unit
from desireline.voice.topics.words import guess_languages, read_words, stem_of
from voice.talk import Polyglot, a_map, shape, talk

DELIVERY = {"id": "arrives", "title": "Parcel arrives", "about": "The courier brings the parcel on time"}
PAYING = {"id": "pay", "title": "Pays", "about": "Invoice and bank account"}


def words_of(text: str, language: str) -> list[str]:
    """The stems of a text, in order."""
    found = read_words([text], [language])
    return [found.stems[k] for k in found.word]


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("en", ["delay", "delays", "delayed", "DELAYED", "delaying"]),
        ("en", ["cancel", "cancelled", "cancelling", "cancels"]),
        ("en", ["delivery", "deliveries"]),
        ("pt", ["produto", "produtos", "Produto"]),
        ("pt", ["avaliação", "avaliacao", "avaliações"]),
        ("es", ["devolución", "devoluciones"]),
        ("de", ["Lieferung", "Lieferungen"]),
        ("fr", ["retardé", "retardée", "retardés"]),
    ],
)
def test_forms_of_a_word_are_one(language: str, forms: list[str]):
    assert len({stem_of(form.lower(), language) for form in forms}) == 1


@pytest.mark.parametrize(
    ("text", "language", "stems"),
    [
        ("I don't like the LATE parcels!", "en", ["late", "parcel"]),
        ("see https://a.b/late or @late &amp; [e-mail] 12345", "en", []),
        ("hahaha 😡 kkkk", "en", []),
        ("", "en", []),
        ("配送遅い", "ja", ["配送", "送遅", "遅い"]),
        ("التوصيل متأخر", "ar", ["التوصيل", "متاخر"]),
        ("l'avion n'est pas parti", "fr", ["avion", "parti"]),
    ],
)
def test_only_words_of_content_are_read(text: str, language: str, stems: list[str]):
    assert words_of(text, language) == stems


def test_a_language_is_guessed_from_stop_words_and_what_is_told_stays():
    texts = ["não foi entregue ainda", "it was not here", "xyz", "das ist nicht hier"]
    assert guess_languages(texts, [None, "und", None, "nl"]) == ["pt", "en", "und", "nl"]
    assert guess_languages(["it was not here"] * 4 + ["late"], [None] * 5) == ["en"] * 5


def test_quotes_are_central_masked_short_and_each_of_another_customer():
    texts = [
        "The parcel was late, write to ana@example.com please",
        "My parcel came late and the courier was rude",
        "[handle] Late again, the courier lost my parcel",
        "Late again, the courier lost my parcel!",
        "Parcel late",
        "The courier never came with the parcel. " + "And so on and on it went for me. " * 10,
    ]
    rows = pl.DataFrame({"feedback_id": texts, "text": texts, "customer_id": ["a", "a", "b", "c", "d", "e"]})
    said = shape(rows).with_columns(topic=pl.lit(0, dtype=pl.Int64))
    near_first = np.array([0.9, 0.8, 0.7, 0.6, 0.5, 0.4], dtype=np.float32)
    found = choose_quotes(said, near_first, {0: {"parcel": 1.0, "courier": 1.0}})
    assert found["quote"].to_list() == [
        "The parcel was late, write to [e-mail] please",
        "Late again, the courier lost my parcel",
        "The courier never came with the parcel.",
    ]
    assert found["quote"].str.len_chars().max() <= LONGEST  # type: ignore[operator]


def test_texts_without_words_that_are_masked_alike_are_quoted_once():
    texts = [f"ana{one}@example.com" for one in range(5)] + ["😀", "😢"]
    said = shape(pl.DataFrame({"feedback_id": texts, "text": texts, "customer_id": texts}))
    of_one = said.with_columns(topic=pl.lit(0, dtype=pl.Int64))
    found = choose_quotes(of_one, np.linspace(0.9, 0.3, 7, dtype=np.float32), {})
    assert found["quote"].to_list() == ["[e-mail]", "😀", "😢"]


def test_a_topic_of_four_customers_is_not_quoted():
    texts = [f"The parcel number {word} was late again" for word in ("one", "two", "three", "four")]
    said = shape(pl.DataFrame({"feedback_id": texts, "text": texts, "customer_id": texts}))
    assert choose_quotes(
        said.with_columns(topic=pl.lit(0, dtype=pl.Int64)), np.ones(4, dtype=np.float32), {}
    ).is_empty()


def test_places_tell_where_a_topic_is_spoken_of_more_than_others():
    texts = [f"t{k}" for k in range(20)]
    places = [["arrives", "shop"]] * 8 + [["pay", "shop"]] * 2 + [["pay", "shop"]] * 10
    said = shape(pl.DataFrame({"feedback_id": texts, "customer_id": texts, "text": texts, "places": places}))
    said = said.with_columns(topic=pl.Series([0] * 10 + [1] * 10))
    found = spoken_at(said, a_map(DELIVERY, PAYING))
    assert found.select("topic", "place", "answers", "share", "times").rows() == [
        (0, "arrives", 8, 0.8, pytest.approx(0.8 / 0.4)),
        (1, "pay", 10, 1.0, pytest.approx(1 / 0.6)),
    ]  # two answers of topic 0 about paying are of fewer than five customers


def told(*words: str, sentiment: float | None = None) -> Told:
    """A topic with these stems."""
    return Told(dict.fromkeys(words, 1.0), sentiment, None, None)


NO_PLACES = spoken_at(
    shape(
        pl.DataFrame({"feedback_id": [], "text": []}, schema={"feedback_id": pl.String, "text": pl.String})
    ).with_columns(topic=pl.Series([], dtype=pl.Int64)),
    a_map(DELIVERY),
)


def test_a_topic_that_no_touchpoint_has_words_for_is_an_unmet_need():
    topics = [told("parcel", "lat"), told("gift", "wrap"), told("lov", "great", sentiment=1.2)]
    found = judge_needs(topics, NO_PLACES, a_map(DELIVERY, PAYING))
    assert [need.unmet for need in found] == [False, True, False]
    assert found[0].touchpoint == "arrives"
    assert found[1].reason.startswith("no touchpoint has its words")
    assert found[2].reason == "praise: nothing is missing"


def test_nothing_is_judged_when_map_and_customers_share_no_word():
    found = judge_needs([told("encomend", "atras")], NO_PLACES, a_map(DELIVERY))
    assert found[0].unmet is None
    assert "another language" in found[0].reason
    assert judge_needs([told("parcel")], NO_PLACES, a_map())[0].reason == "the map has no touchpoints"


def test_a_topic_that_is_mostly_spoken_of_at_one_touchpoint_belongs_there():
    at = pl.DataFrame(
        {"topic": [1], "place": ["pay"], "answers": [40], "customers": [40], "share": [0.8], "times": [2.0]}
    )
    found = judge_needs([told("parcel"), told("voucher")], at, a_map(DELIVERY, PAYING))
    assert (found[1].unmet, found[1].touchpoint, found[1].reason) == (
        False,
        "pay",
        "80% of its answers are about “Pays”",
    )


def test_needs_are_judged_by_meaning_across_languages():
    english = talk(
        90, themes={"late": "parcel delivery late delayed days", "login": "password login app crashes error"}
    )
    others = [{"id": f"o{k}", "title": title} for k, title in enumerate(("Fatura recibo", "Conta", "Loja", "Montra"))]
    map_ = a_map({"id": "a", "title": "Encomenda entrega prazo"}, *others)
    found = Topics(map_, Gathering(number=2, embedder=Polyglot())).finish(english).topics
    by_words = {row["words"][0]: (row["unmet"], row["matches"]) for row in found.iter_rows(named=True)}
    assert sorted(by_words.values(), key=str) == [(False, "a"), (True, None)]


def test_neighbours_are_the_nearest_by_brute_force():
    dice = np.random.default_rng(3)
    vectors = unit(dice.normal(size=(60, 8)))
    cosines = vectors @ vectors.T
    np.fill_diagonal(cosines, -2)
    found = near(vectors, 4).toarray() != 0
    for k in range(60):
        nearest = [j for j in np.argsort(-cosines[k])[:4] if cosines[k, j] > 0]
        assert found[k, nearest].all()
    assert (found == found.T).all()


def test_moving_towards_neighbours_draws_groups_together_and_leaves_nothing_at_nothing():
    dice = np.random.default_rng(3)
    middles = np.repeat(np.eye(8)[:2], 40, axis=0)
    vectors = unit(middles + dice.normal(scale=0.2, size=(80, 8)))
    vectors[0] = 0
    moved = smooth(vectors)
    own = middles[1:40] * 1.0
    assert (moved[1:40] * own).sum(axis=1).mean() > (vectors[1:40] * own).sum(axis=1).mean()
    assert np.allclose(np.linalg.norm(moved[1:], axis=1), 1, atol=1e-5)
    assert np.array_equal(smooth(vectors[:3]), vectors[:3])  # too few to have neighbours
