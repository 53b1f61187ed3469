"""Customers' own words, freed from markup and control characters; nothing else is changed."""

from __future__ import annotations

import html
from typing import Final

import polars as pl

_HIDDEN: Final = r"(?is)<!--.*?-->|<script\b.*?</script\s*>|<style\b.*?</style\s*>"
_BREAKS: Final = r"(?i)<br\s*/?>|</(?:p|div|li|tr|h[1-6])\s*>"
_TAGS: Final = r"</?[A-Za-z][^<>]*>"
_CONTROLS: Final = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2060\u2066-\u2069\ufeff]"
_ENTITY: Final = r"&(?:#[0-9]{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});"


def tidy_texts(texts: pl.Series) -> pl.Series:
    """The texts without tags, scripts and control characters, entities written out, blanks at the ends cut.

    Marks that turn the reading direction go with the control characters; letters written from right to left stay.

    Comparisons and hearts (`a < b`, `<3`) are no tags and stay. An entity becomes its character after the
    tags are gone, so `&lt;b&gt;` ends as the text `<b>`. A text of nothing but markup becomes null.

    >>> tidy_texts(pl.Series(["<p>Love it<br>&hearts; <3</p>", "<br/>"])).to_list()
    ['Love it\\n♥ <3', None]
    """
    bare = texts.str.replace_all(_HIDDEN, "").str.replace_all(_BREAKS, "\n").str.replace_all(_TAGS, "")
    coded = bare.str.contains(_ENTITY).fill_null(False)
    if coded.any():
        written = [html.unescape(text) if code else text for text, code in zip(bare, coded, strict=True)]
        bare = pl.Series("text", written, dtype=pl.String)
    plain = bare.str.replace_all("\r\n?", "\n").str.replace_all(_CONTROLS, "").str.strip_chars()
    return plain.set(plain == "", None).alias("text")
