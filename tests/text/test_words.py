"""Texts become words as people type them."""

import pytest

from desireline.text.words import LONGEST, clean, words_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("I can't wait.", ["i", "can't", "wait", "."]),
        ("I can’t wait", ["i", "can't", "wait"]),
        ("Thanks:) see you :-(", ["thanks", ":)", "see", "you", ":-("]),
        ("love <3 it </3", ["love", "<3", "it", "</3"]),
        ("o_O really?!", ["o_o", "really", "?!"]),
        ("soooo coooool :))))", ["so", "cool", ":)"]),
        ("#NeverAgain #fail #1", ["never", "again", "fail", "1"]),
        ("ask @the_shop at https://a.b/c:)d now", ["ask", "@the_shop", "at", "https://a.b/c:)d", "now"]),
        ("bad👎🏽🙄", ["bad", "👎", "🙄"]),
        ("👩‍❤️‍👨", ["👩", "❤", "👨"]),
        ("costs 1.50 at 5:30", ["costs", "1", "50", "at", "5", ":", "30"]),
        ("a top-notch shop - really", ["a", "top", "notch", "shop", "-", "really"]),
        ("=1+1", ["1", "1"]),
        ("=(A1)", ["(", "a1", ")"]),
    ],
)
def test_words_emoji_and_emoticons_are_told_apart(text, words):
    assert words_of(text).lower == words


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("<p>Good <b>shop</b></p>", " Good  shop  "),
        ("<script>bad()</script>fine", "  fine"),
        ("fish &amp; chips &lt;3", "fish & chips <3"),
        ("call [phone] or [order id]", "call   or  "),
        ("b\u200bad\ufeff \x00\u202eday", "bad day"),
        ("cafe\u0301 “ok”", 'café "ok"'),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
    ],
)
def test_what_is_not_said_is_taken_out(text, plain):
    assert clean(text) == plain


def test_of_a_long_text_head_and_tail_are_kept():
    text = "a" * 6_000 + "b" * 1_000_000 + "c" * 4_000
    assert clean(text) == "a" * 6_000 + "\n" + "c" * 4_000
    assert clean("x" * LONGEST) == "x" * LONGEST


@pytest.mark.parametrize("text", [None, 5, float("nan"), b"bytes"])
def test_what_is_no_text_has_no_words(text):
    assert words_of(text).lower == []
