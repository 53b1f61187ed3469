"""What a text's letters alone say about its language: some scripts belong to one language, the others to a few."""

from __future__ import annotations

import re
from collections import Counter

_OF_ONE = {
    "ja": "\u3040-\u30ff\uff66-\uff9d",
    "ko": "\u1100-\u11ff\u3130-\u318f\uac00-\ud7af",
    "zh": "\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002a6df",
    "th": "\u0e00-\u0e7f",
    "el": "\u0370-\u03ff\u1f00-\u1fff",
    "he": "\u0590-\u05ff",
    "ka": "\u10a0-\u10ff",
    "hy": "\u0530-\u058f",
    "bn": "\u0980-\u09ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "gu": "\u0a80-\u0aff",
    "kn": "\u0c80-\u0cff",
    "ml": "\u0d00-\u0d7f",
    "pa": "\u0a00-\u0a7f",
    "si": "\u0d80-\u0dff",
    "km": "\u1780-\u17ff",
    "lo": "\u0e80-\u0eff",
    "my": "\u1000-\u109f",
}
_OF_FEW = {
    "\u0400-\u052f": "ru uk bg sr mk kk mn",
    "\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff": "ar fa ur ps ku",
    "\u0900-\u097f": "hi mr ne",
}
_LATIN = "az ca cs da de en es et fi fr hr hu id is it lt lv ms nl no pl pt ro sk sl sq sv sw tl tr uz vi"
_KANA_SHARE = 0.1  # of the signs, from which on Chinese ones are Japanese

_ANY = re.compile(f"[{''.join(_OF_ONE.values())}]")
_ONE = {code: re.compile(f"[{letters}]") for code, letters in _OF_ONE.items()}
_FEW = [(re.compile(f"[{letters}]"), frozenset(codes.split())) for letters, codes in _OF_FEW.items()]
_REST = frozenset(_LATIN.split())

LIKELY = _REST.union(*(codes for _, codes in _FEW))
"""Languages that customers write in and whose script they share; small neighbours would win short texts by accident."""


def owner(text: str) -> str | None:
    """The language that owns the script of most letters of a text; None when there is none."""
    found = _ANY.findall(text)
    if not _are_most(len(found), text):
        return None
    signs = "".join(found)
    counts = Counter({code: len(script.findall(signs)) for code, script in _ONE.items()})
    return "ja" if counts["ja"] > _KANA_SHARE * len(found) else counts.most_common(1)[0][0]


def candidates(text: str) -> frozenset[str]:
    """The languages that are written in the script of most letters of a text; those in Latin letters otherwise."""
    if not text.isascii():
        for script, codes in _FEW:
            if _are_most(len(script.findall(text)), text):
                return codes
    return _REST


def _are_most(found: int, text: str) -> bool:
    return found > 0 and 2 * found > sum(map(str.isalpha, text))
