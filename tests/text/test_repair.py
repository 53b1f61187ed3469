from __future__ import annotations

import time
import unicodedata

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desireline.text.repair import repair_texts, shorten_texts, tell_changed, unbroken

GOOD = [
    "plain words, £5",
    "naïve café – “quoted” … €5",
    "Ümläut ß, ESPAÑA, À vista, não é ótimo",
    "It’s late",
    "😀👍🏽",
    "Привет, мир",
    "Ελληνικά",
    "日本語",
    "שלום",
    "Šárka Čapek žluťoučký",
    "±5 ½ ©",
]


def read_wrongly(text: str, encoding: str) -> str:
    """UTF-8 taken for this encoding; bytes that it lacks become control characters, as programs do."""
    return "".join(
        chr(byte) if encoding == "latin-1" or byte in b"\x81\x8d\x8f\x90\x9d" else bytes([byte]).decode(encoding)
        for byte in text.encode()
    )


@pytest.mark.parametrize("text", GOOD)
@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
def test_a_text_read_in_the_wrong_encoding_is_made_whole(text, encoding):
    broken = read_wrongly(text, encoding)
    assert repair_texts(pl.Series([broken])).texts.to_list() == [text]
    if text != broken:
        assert unbroken(read_wrongly(broken, encoding)) == text, "read wrongly twice"


@pytest.mark.parametrize("text", [*GOOD, "A “MENÜ“, MAÇÔ”, NÃO, Ã, Â", "É®", "Ä“ x", "", " ", "MAÇÃ” x", "ÕÊ"])
def test_a_text_that_was_read_rightly_stays(text):
    assert repair_texts(pl.Series([text])).texts.to_list() == [text]


def test_a_text_pasted_from_both_kinds_is_made_whole():
    assert unbroken("Ã©tÃ© and été, â€œyesâ€ “MENÜ“") == "été and été, “yes” “MENÜ“"


def test_texts_that_lost_their_characters_are_told_and_those_that_lost_a_few_stay():
    texts = pl.Series(["������ ��� ok", "n\ufffdo gostei, p\ufffdssimo", "\ue000\ue001\x01", None, "", "?"])
    found = repair_texts(texts)
    assert found.texts.to_list() == [None, "n\ufffdo gostei, p\ufffdssimo", None, None, "", "?"]
    assert found.unreadable.to_list() == [True, False, True, False, False, False]


def test_text_of_two_bytes_a_letter_that_was_read_byte_by_byte_is_made_whole():
    assert repair_texts(pl.Series(["h\0e\0l\0l\0o\0", "\0h\0i"])).texts.to_list() == ["hello", "hi"]


def test_texts_that_were_put_right_are_marked_but_not_those_only_composed_or_lost():
    texts = pl.Series(["nÃ£o", "cafe\u0301", "fine", "\ufffd\ufffd nÃ£o", None])
    assert repair_texts(texts).mended.to_list() == [True, False, False, False, False]
    assert tell_changed({"unreadable": 2, "whole": 1}) == (
        "2 unreadable texts left out, 1 text made whole that was read in a wrong encoding"
    )
    assert tell_changed({"cut": 0}) == ""


def test_letters_come_in_their_composed_form():
    assert repair_texts(pl.Series(["cafe\u0301"])).texts.to_list() == ["café"]


def test_a_long_text_is_cut_at_a_word_and_never_within_a_number_or_an_address():
    texts = pl.Series(["word " * 30, "short", "aaaa " * 8 + "call 4111 1111 1111", "x" * 60, None])
    cut = shorten_texts(texts, longest=50)
    assert [len(text) if text else None for text in cut.texts] == [44, 5, 44, 50, None]
    assert cut.texts[2].endswith(" call")
    assert cut.length.to_list() == [150, None, 59, 60, None]


def test_no_texts_stay_no_texts():
    nothing = pl.Series([], dtype=pl.String)
    assert repair_texts(nothing).texts.to_list() == []
    assert shorten_texts(nothing).texts.to_list() == []


@settings(max_examples=100, deadline=None)
@given(st.text(st.characters(max_codepoint=0x7F), max_size=60))
def test_plain_texts_stay(text):
    found = repair_texts(pl.Series([text]))
    assert found.unreadable.any() or found.texts[0] in (text, text.replace("\0", ""))


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("ÃÂâ€™©\u0083ð“ ae"), max_size=30))
def test_repairing_twice_is_repairing_once(text):
    once = repair_texts(pl.Series([text])).texts
    assert repair_texts(once).texts.to_list() == once.to_list()
    if once[0] is not None:
        assert unicodedata.is_normalized("NFC", once[0])


@pytest.mark.parametrize("piece", ["Ã©", "â€", "\ufffd", "\0", "a ", "x", "ð", "1 "])
def test_no_text_takes_long(piece):
    text = pl.Series([(piece * 1_000_000)[:1_000_000]])
    before = time.process_time()
    shorten_texts(repair_texts(text).texts)
    assert time.process_time() - before < 10, "a second is usual; looking again and again takes hours"
