"""Texts that were read in the wrong encoding made whole again; those that nobody can read are told.

UTF-8 that was read as Windows-1252 or Latin-1 shows as “Ã©” for “é” and “â€™” for “’”. Such pairs are turned back where
they give a likely letter, in pieces, so that a text pasted together from both kinds is made whole too. What is
lost (replacement characters) cannot be brought back.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import polars as pl

LONGEST: Final = 100_000
"""Characters of a text that are kept; what comes after is cut off."""

MOST_LOST: Final = 0.2
"""A text of which a larger share of the visible characters is lost cannot be read."""

_C1: Final = {letter: letter.encode("cp1252")[0] for letter in "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"}
_SPECIAL: Final = "".join(_C1)
_AFTER: Final = f"[\u0080-\u00bf{_SPECIAL}]"
_RUN: Final = re.compile(
    f"[\u00c2-\u00df]{_AFTER}|[\u00e0-\u00ef]{_AFTER}{{2}}|[\u00f0-\u00f4]{_AFTER}{{3}}", re.DOTALL
)
_LOST_QUOTE: Final = re.compile("â€(?!\\S)|â€(?=[.,;:!?)])")  # ” whose last byte is no character of Windows-1252
_QUOTES: Final = "‚„…†‡‘’“”•–—™‰‹›"  # what may follow a letter in good texts
_SIGN: Final = f"[\u00c2-\u00f4][\u0080-\u00bf{_SPECIAL}]|â€"
_TWICE: Final = 3

_TOLD: Final[Mapping[str, tuple[str, str]]] = {
    "cut": (f"text cut at {LONGEST:,} characters", f"texts cut at {LONGEST:,} characters"),
    "unreadable": ("unreadable text left out", "unreadable texts left out"),
    "whole": (
        "text made whole that was read in a wrong encoding",
        "texts made whole that were read in a wrong encoding",
    ),
}

_NUL: Final = "\x00"
_LOST: Final = "[\ufffd\x00-\x08\x0e-\x1f\ue000-\uf8ff]"
_TAIL: Final = 200  # characters in which the cut is looked for


@dataclass(frozen=True)
class Repaired:
    """Texts made whole, and which of them nobody can read."""

    texts: pl.Series  # null where nobody can read it
    unreadable: pl.Series  # True where there was a text and nobody can read it
    mended: pl.Series  # True where letters were put right; their composed form alone does not count


@dataclass(frozen=True)
class Shortened:
    """Texts of a bounded length."""

    texts: pl.Series
    length: pl.Series  # characters that a text had which was cut; null where it is whole


def repair_texts(texts: pl.Series) -> Repaired:
    """The texts with their letters made whole, in composed form (NFC).

    Wrongly read UTF-8 is put right, as is UTF-16 that was read byte by byte. A text that has lost more than a fifth
    of its visible characters is null and `unreadable`; what is lost in others stays marked (U+FFFD).

    >>> repair_texts(pl.Series(["O prazo nÃ£o acabou", "Itâ€™s late", "\ufffd\ufffd\ufffd ok"])).texts.to_list()
    ['O prazo não acabou', 'It’s late', None]
    """
    plain = _without_nuls(texts.cast(pl.String))
    broken = plain.str.contains(_SIGN).fill_null(False).arg_true()
    if len(broken):
        whole = [unbroken(text) for text in plain.gather(broken)]
        plain = plain.clone().scatter(broken, pl.Series(whole, dtype=pl.String))
    unreadable = (_share_lost(plain) > MOST_LOST).fill_null(False)
    mended = ((plain != texts.cast(pl.String)) & ~unreadable).fill_null(False)
    fine = plain.set(unreadable, None).str.normalize("NFC")
    return Repaired(fine.alias("text"), unreadable.alias("unreadable"), mended.alias("mended"))


def shorten_texts(texts: pl.Series, *, longest: int = LONGEST) -> Shortened:
    """The texts, longer ones cut at a word within `longest` characters.

    The cut goes before last words with a digit or an @, so that no half of a number or an address is left.

    >>> shorten_texts(pl.Series(["short", "a long story of 4111 1111"]), longest=22).texts.to_list()
    ['short', 'a long story of']
    """
    length = texts.str.len_chars()
    long = (length > longest).fill_null(False)
    if long.any():
        cut = [_cut(text, longest) for text in texts.filter(long)]
        texts = texts.clone().scatter(long.arg_true(), pl.Series(cut, dtype=pl.String))
    return Shortened(texts, length.set(~long, None).alias("length"))


def tell_changed(counts: Mapping[str, int]) -> str:
    """How many texts were cut, left out as unreadable, or made whole, in words.

    >>> tell_changed({"whole": 12, "cut": 1})
    '1 text cut at 100,000 characters, 12 texts made whole that were read in a wrong encoding'
    """
    found = [(counts[kind], words[counts[kind] > 1]) for kind, words in _TOLD.items() if counts.get(kind)]
    return ", ".join(f"{count:,} {word}" for count, word in found)


def unbroken(text: str) -> str:
    """The text with wrongly read UTF-8 put right, up to three times over (“ÃƒÂ©” is “é” read wrongly twice).

    A pair that good texts hold as well (“MENÜ“ – a letter, then a quotation mark) is left alone, unless the text
    shows elsewhere that it was read wrongly.
    """
    for _ in range(_TWICE):
        if not any(map(_is_clear, _RUN.finditer(text))):
            return text
        better = _LOST_QUOTE.sub("”", _RUN.sub(_decoded, text))
        if better == text:
            return text
        text = better
    return text


def _is_clear(found: re.Match[str]) -> bool:
    """True for what no good text holds: a letter of Western Europe, a mark of typography, a picture, read wrongly.

    Two letters of another script count where they stand side by side.
    """
    return (
        _decode(found[0]) is not None
        and (found[0][0] in "ÃÂ" or len(found[0]) > 2 or _has_neighbour(found))
        and (not _ends_in_a_quote(found))
    )


def _has_neighbour(found: re.Match[str]) -> bool:
    """True when another pair follows, or stands before."""
    text, (start, end) = found.string, found.span()
    return bool(_RUN.match(text, end)) or bool(_RUN.fullmatch(text[max(0, start - 2) : start]))


def _ends_in_a_quote(found: re.Match[str]) -> bool:
    """True for a letter with a mark behind it, as good texts have it at the end of a word: MENÜ“."""
    run, after = found[0], found.string[found.end() : found.end() + 1]
    return len(run) == 2 and run[1] in _QUOTES and not after.isalpha()


def _decoded(found: re.Match[str]) -> str:
    told = _decode(found[0])
    if told is None or (found[0][0] not in "ÃÂ" and _ends_in_a_quote(found) and not _has_neighbour(found)):
        return found[0]
    return told


def _decode(run: str) -> str | None:
    try:
        return bytes(_C1.get(letter, ord(letter)) for letter in run).decode("utf-8")
    except ValueError:
        return None


def _without_nuls(texts: pl.Series) -> pl.Series:
    """Texts in which every second character is NUL (UTF-16 that was read byte by byte) without them."""
    some = texts.str.contains(_NUL, literal=True).fill_null(False)
    if not some.any():
        return texts
    halves = some & (2 * texts.str.count_matches(_NUL, literal=True) + 2 >= texts.str.len_chars())
    return texts.zip_with(~halves, texts.str.replace_all(_NUL, "", literal=True))


def _share_lost(texts: pl.Series) -> pl.Series:
    """The share of each text's visible characters that are none: replacements, controls, private ones."""
    if not texts.str.contains(_LOST).any():
        return texts.str.len_bytes().cast(pl.Float64) * 0.0
    seen = texts.str.count_matches(r"\S").cast(pl.Float64)
    return (texts.str.count_matches(_LOST).cast(pl.Float64) / seen).fill_nan(0.0)


def _cut(text: str, longest: int) -> str:
    """The beginning of the text up to a word; a text without blanks is cut anywhere."""
    end = max(0, longest - _TAIL)
    words = list(re.finditer(r"\S+", text[end:longest]))[:-1]
    while words and re.search(r"[\d@]", words[-1][0]):
        words.pop()
    return text[: end + words[-1].end()] if words else text[: end or longest]
