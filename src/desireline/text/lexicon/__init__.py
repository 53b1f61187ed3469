"""The words that the fast tier knows, read from the data files beside this one: ratings, small words, emoji.

A line is `role value: word, word, a phrase`; without a role it rates. Values of ratings go from −4 to +4. Lines that
begin with blanks go on the line before; `#` begins a note. Our own ratings go before VADER's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum, auto
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class Role(IntEnum):
    """What a word does to the level of its sentence."""

    RATE = auto()  # it feels good or bad; the value says how much
    TURN = auto()  # it negates what follows; the value counts when nothing follows
    MORE = auto()  # it makes the next rated word stronger by its value
    LESS = auto()  # it makes the next rated word weaker by its value
    BUT = auto()  # what stood before keeps this share
    ALTHOUGH = auto()  # what follows up to the comma keeps this share
    WISH = auto()  # praise after it is wished, promised or imagined and keeps this share
    OPENS = auto()  # as the first word it makes a question
    ASKS = auto()  # it makes a request
    LIKES = auto()  # rates, but only behind a word that `before` holds
    EITHER = auto()  # rates, or makes the rated word behind it stronger
    UNIT = auto()  # a stretch of time when a number stands before it
    PLAIN = auto()  # says nothing
    SIGN = auto()  # an emoji or emoticon; nothing changes it
    THANKS = auto()  # rates, unless something is asked or blamed
    COMMA = auto()
    STOP = auto()


class Sense(NamedTuple):
    """What one word or phrase does."""

    role: Role
    value: float
    length: int = 1  # words


Phrases = list[tuple[tuple[str, ...], Sense]]
"""The words behind the first of each phrase and what it does, longest first."""


@dataclass(frozen=True)
class Lexicon:
    """All that is known: single words, phrases by their first word (longest first), and two small sets."""

    words: dict[str, Sense] = field(default_factory=dict)
    phrases: dict[str, Phrases] = field(default_factory=dict)
    before: frozenset[str] = frozenset()
    numbers: frozenset[str] = frozenset()
    signs: dict[str, float] = field(default_factory=dict)  # emoji and emoticons


_LINE = re.compile(r"(?:(?P<role>[a-z]+) )?(?P<value>[+-]?\d+(?:\.\d+)?): (?P<words>.+)")
_PAUSES = (",", ";", ":", "-", "–", "—", "--")
_ENDS = (".", "\n", "…", "..", "...", "(", ")")
_APOSTROPHE = re.compile(r"(?<=n)'(?=t\b)|(?<=uld)'(?=ve\b)")
_SETS = ("before", "number")


@cache
def lexicon() -> Lexicon:
    """The lexicon, read once."""
    senses = _senses()
    for word in [word for word in senses if _APOSTROPHE.search(word)]:  # people leave it out
        senses.setdefault(_APOSTROPHE.sub("", word), senses[word])
    signs = {sign.lower(): value for _, value, sign in entries("emoji.txt")}
    senses.update({sign: Sense(Role.SIGN, value) for sign, value in signs.items()})
    senses.update({pause: Sense(Role.COMMA, 0.0) for pause in _PAUSES})
    senses.update({end: Sense(Role.STOP, 0.0) for end in _ENDS})
    before, numbers = (frozenset(word for role, _, word in entries("grammar.txt") if role == name) for name in _SETS)
    words = {word: sense for word, sense in senses.items() if sense.length == 1}
    return Lexicon(words=words, phrases=_by_first(senses), before=before, numbers=numbers, signs=signs)


def _senses() -> dict[str, Sense]:
    """What each word and phrase does. The later file goes before the earlier; the rating 0 takes a word out."""
    senses: dict[str, Sense] = {}
    for name in ("vader.txt", "service.txt", "grammar.txt"):
        for role, value, word in entries(name):
            if role == "" and value == 0.0:
                senses.pop(word, None)
            elif role not in _SETS:
                senses[word] = Sense(Role[role.upper()] if role else Role.RATE, value, word.count(" ") + 1)
    return senses


def entries(name: str) -> Iterator[tuple[str, float, str]]:
    """Each (role, value, word) of a data file, in its order; the role is empty for ratings."""
    text = files(__name__).joinpath(name).read_text(encoding="utf-8")
    apart = None if name == "emoji.txt" else ", "
    for line in text.replace("\n  ", " ").splitlines():
        found = _LINE.fullmatch(line.strip())
        if found and not line.startswith("#"):
            for word in found["words"].split(apart):
                yield found["role"] or "", float(found["value"]), word.strip()


def _by_first(words: dict[str, Sense]) -> dict[str, Phrases]:
    phrases: dict[str, Phrases] = {}
    for word, sense in words.items():
        if sense.length > 1:
            first, *rest = word.split(" ")
            phrases.setdefault(first, []).append((tuple(rest), sense))
    for known in phrases.values():
        known.sort(key=lambda phrase: (-len(phrase[0]), phrase[0]))
    return phrases
