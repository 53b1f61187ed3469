"""How wide a text will be, and where it breaks, without a browser.

Widths are those of Helvetica, Arial and Liberation Sans, in thousandths of the size; other fonts of a system
stack are a little wider, so callers leave a margin. Wide scripts count a full square.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_GROUPS = {
    222: "ijl'|",
    278: " \u00a0\u202fftI.,:;/\\![]·",
    333: 'r()-`"“”',
    500: "ckszvxyJ*",
    556: "abdeghnopqu0123456789LT#$?_+<>=~",
    610: "FZ",
    667: "ABEKPSVXY&",
    722: "wCDHNRU",
    778: "GOQ",
    833: "mM",
    944: "W%@",
}
_WIDTHS = {letter: width for width, letters in _GROUPS.items() for letter in letters}
_BOLD = 1.07
_MARGIN = 1.04
_BREAKS = re.compile(r"[^\S\u00a0\u202f]+")  # what parts words: a number and its unit never part
_NUMBER = re.compile(r"[\S\u00a0\u202f]*\d[\S\u00a0\u202f]*$")  # with its unit


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """The width in pixels, rounded up a little."""
    return sum(map(_letter, text)) / 1000 * size * _MARGIN * (_BOLD if bold else 1)


def wrap(text: str, width: float, size: float, *, bold: bool = False, most: int | None = None) -> list[str]:
    """The lines of the text. A word wider than the line is broken; with `most`, the rest becomes an
    ellipsis. A no-break space holds together what fits on a line.
    """
    lines: list[str] = []
    line = ""
    for word in words_of(text):
        for part in _parts(word, width, size, bold):
            longer = f"{line} {part}" if line else part
            if line and width_of(longer, size, bold=bold) > width:
                lines.append(line)
                line = part
            else:
                line = longer
    lines += [line] if line else []
    if most is None or len(lines) <= most:
        return lines
    return [*lines[: most - 1], clip(" ".join(lines[most - 1 :]), width, size, bold=bold)]


def clip(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, cut with an ellipsis where it would be too wide; a number is left out rather than cut
    or parted from its unit.
    """
    if width_of(text, size, bold=bold) <= width:
        return text
    kept = text
    while kept and width_of(kept + "…", size, bold=bold) > width:
        kept = kept[:-1]
    if text[len(kept)] != " ":
        kept = _NUMBER.sub("", kept)
    return kept.rstrip() + "…"


def words_of(text: str) -> list[str]:
    """The words of the text; a number and its unit are one."""
    return [word for word in _BREAKS.split(text) if word]


def _parts(word: str, width: float, size: float, bold: bool) -> list[str]:
    parts = [""]
    for letter in word:
        if parts[-1] and width_of(parts[-1] + letter, size, bold=bold) > width:
            parts.append("")
        parts[-1] += letter
    return parts


@lru_cache(maxsize=4096)
def _letter(letter: str) -> int:
    known = _WIDTHS.get(letter) or _WIDTHS.get(unicodedata.normalize("NFD", letter)[0])
    if known:
        return known
    if unicodedata.combining(letter):
        return 0
    return 1000 if unicodedata.east_asian_width(letter) in "WF" else 600
