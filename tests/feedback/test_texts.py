from __future__ import annotations

import polars as pl
import pytest

from desireline.feedback.texts import tidy_texts


@pytest.mark.parametrize(
    ("written", "words"),
    [
        ("plain words", "plain words"),
        ("<p>Love it<br/>so much</p>", "Love it\nso much"),
        ("a < b and c > d", "a < b and c > d"),
        ("<3 this shop <3", "<3 this shop <3"),
        ("fish &amp; chips &#39;n&#x27; &euro;5", "fish & chips 'n' €5"),
        ("&lt;b&gt; is a tag", "<b> is a tag"),
        ("R&D; A&B", "R&D; A&B"),
        ("<script>alert(1)</script>ok<!-- hidden -->", "ok"),
        ("<STYLE>p {}</STYLE >ok", "ok"),
        ("nul\x00 bell\x07 \ufeffzero\u200bwidth", "nul bell zerowidth"),
        ("two\r\nlines\tand a tab", "two\nlines\tand a tab"),
        ("  spaces  ", "spaces"),
        ("emoji 👍🏽 stay, naïve too", "emoji 👍🏽 stay, naïve too"),
        ("<br><p></p>", None),
        ("", None),
        (None, None),
    ],
)
def test_words_stay_and_markup_goes(written, words):
    assert tidy_texts(pl.Series([written, "x"], dtype=pl.String)).to_list() == [words, "x"]


def test_no_texts_stay_no_texts():
    assert tidy_texts(pl.Series([], dtype=pl.String)).to_list() == []
