"""Texts as words: as people type them, with emoji, emoticons, hashtags, stretched letters and left-overs of HTML."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import NamedTuple

from desireline.text.lexicon import lexicon

LONGEST = 10_000
"""Of longer texts the first 6,000 and the last 4,000 signs are read."""

_HEAD, _TAIL = 6_000, 4_000
_TAG = re.compile(r"<(?:script|style)\b[^<>]{0,500}>[^<]*|</?[a-zA-Z!][^<>]{0,500}>", re.IGNORECASE)
_MASK = re.compile(r"\[(?:[a-z]+|e-mail|IBAN|IP address|[a-z]+ [a-z]+)\]")
_LINKS = ("http:", "https:", "www.")
_CONTROLS = [*range(9), 11, 12, *range(14, 32), *range(127, 160)]
_MARKERS = [0xAD, 0x200B, 0x200C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2060, 0x206A), 0xFEFF]
_UNSEEN = dict.fromkeys(_CONTROLS + _MARKERS)
_PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'} | _UNSEEN
)

_TOKEN = re.compile(
    r"https?:\S+|www\.\S+"
    r"|[@#]\w+"
    r"|[:;=]'?[-o^]?[)(\]\[}{|*/\\@]+(?![/\w])|(?<!\w)[:;=]'?[-o^]?[DPpcxsbSX3](?!\w)"
    r"|[([]-?[:;=](?!\w)|</?3+|>[:_.]?[<(/]|-\.-|\^-\^|[-^]_*[-^]|\\o/|\b[oO0][_.]+[oO0]\b|\bT_T\b|\bt_t\b|;_;"
    r"|[^\W_]+(?:'[^\W\d_]+)*"
    r"|[\u2600-\u27bf\u2b00-\u2bff\u231a-\u23ff\U0001f000-\U0001f3fa\U0001f400-\U0001faff]"
    r"|[!?]+|\.{2,}|\.(?!\w)|(?<!\w)-|-(?!\w)|[,;:…\n\"()–—]"
)
_STRETCHED = re.compile(r"([^\W\d_])\1\1|([)(])\2")
_TO_TWO = re.compile(r"(.)\1{2,}")
_TO_ONE = re.compile(r"(.)\1+")
_CAMEL = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


class Words(NamedTuple):
    """The words, emoji, emoticons and marks of one text, in their order."""

    text: str  # clean
    written: list[str]
    lower: list[str]  # in lower case, stretched ones as they are spelt: "soooo" → "so"

    @property
    def spoken(self) -> list[str]:
        """Those that somebody says, in lower case: no handles, addresses, numbers, marks or emoji."""
        return [word for word in self.lower if word[0].isalpha() and not word.startswith(_LINKS)]


def words_of(text: str) -> Words:
    """The words of a text; what is no text has none. Hashtags are taken apart: "#NeverAgain" → Never, Again."""
    text = clean(text) if isinstance(text, str) else ""
    written: list[str] = _TOKEN.findall(text)
    if "#" in text:
        written = [part for word in written for part in _untagged(word)]
    lower = [word.lower() for word in written]
    if _STRETCHED.search(text):
        lower = [_unstretched(word) for word in lower]
    return Words(text, written, lower)


def clean(text: str) -> str:
    """The text in plain signs: no HTML, no masks like "[phone]", no unseen signs, straight quotes; long ones cut."""
    if len(text) > LONGEST:
        text = text[:_HEAD] + "\n" + text[-_TAIL:]
    if "&" in text:
        text = html.unescape(text)
    if "<" in text:
        text = _TAG.sub(" ", text)
    if "[" in text:
        text = _MASK.sub(" ", text)
    if text.isascii():
        return text if text.isprintable() else text.translate(_PLAIN)
    return unicodedata.normalize("NFC", text).translate(_PLAIN)


def _untagged(word: str) -> list[str]:
    """The parts of a hashtag, told by its capitals; another word as it stands."""
    if word[0] != "#" or len(word) == 1:
        return [word]
    bare = word[1:]
    return [bare] if bare.lower() in lexicon().words else _CAMEL.findall(bare)


def _unstretched(word: str) -> str:
    """The known word that was stretched, "coooool" → "cool", or the word as it stands."""
    known = lexicon().words
    if word in known or not _STRETCHED.search(word):
        return word
    two = _TO_TWO.sub(r"\1\1", word)
    return next((short for short in (two, _TO_ONE.sub(r"\1", two)) if short in known), word)
