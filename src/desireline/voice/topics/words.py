"""Texts as the words that carry their content: without stop words, links, handles and placeholders of masked data.

Words are folded (small letters, no accents) and cut to a light stem, so that “delayed”, “delays” and “delay” are one;
the way they are mostly written is kept, to be shown. Runs of Chinese, Japanese and Thai letters, which have no blanks,
are read as pairs of letters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import scipy.sparse as sp

from desireline.text.reader import UNTOLD
from desireline.voice.topics.stop_words import ANY, STOP_WORDS

Ints = npt.NDArray[np.int64]

LONGEST = 5_000
"""Signs of a text that are looked at."""

_ASIDE = re.compile(r"https?:\S+|www\.\S+|@\w+|&#?\w+;|\[[\w -]{2,20}\]|<[^<>]{1,200}>")
_UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u0e00-\u0e7f"
_WORD = re.compile(rf"[{_UNSPACED}]+|[^\W\d_]+(?:['’][^\W\d_]+)*")
_IS_UNSPACED = re.compile(rf"[{_UNSPACED}]")
_SHORTEST = 2
_NEARLY_ALL = 0.8
_KEPT = 3  # letters that a stem keeps at least


@dataclass(frozen=True)
class Words:
    """The content words of n texts, one after the other. `text`, `word` and `place` have one number per word met."""

    texts: int
    text: Ints  # which text, rising
    word: Ints  # which word of `shown`
    place: Ints  # the how-manyth word of its text it is, stop words counted
    stems: list[str]
    shown: list[str]  # how each word is mostly written

    @cached_property
    def spoken(self) -> npt.NDArray[np.bool_]:
        """By text: does it have content?"""
        found = np.zeros(self.texts, dtype=np.bool_)
        found[self.text] = True
        return found

    def only_spoken(self) -> Words:
        """The same without texts that have no content."""
        number = np.cumsum(self.spoken) - 1
        return Words(int(self.spoken.sum()), number[self.text], self.word, self.place, self.stems, self.shown)

    @cached_property
    def table(self) -> sp.csr_matrix:
        """Texts × words: 1 where the word stands in the text."""
        ones = np.ones(len(self.word), dtype=np.float32)
        table = sp.csr_matrix((ones, (self.text, self.word)), shape=(self.texts, len(self.stems)))
        table.data[:] = 1
        return table

    @cached_property
    def pairs(self) -> tuple[Ints, Ints, Ints]:
        """Neighbouring words: text, first, second; each pair once per text."""
        beside = (self.text[1:] == self.text[:-1]) & (self.place[1:] == self.place[:-1] + 1)
        beside &= self.word[1:] != self.word[:-1]
        met = np.stack([self.text[:-1][beside], self.word[:-1][beside], self.word[1:][beside]])
        text, first, second = np.unique(met, axis=1)
        return text, first, second


def read_words(texts: Sequence[str], languages: Sequence[str | None]) -> Words:
    """The content words of the texts, in their order. A language that is not told is guessed from stop words."""
    known = guess_languages(texts, languages)
    stems: dict[str, int] = {}
    written: list[Counter[str]] = []
    rows: list[int] = []
    words: list[int] = []
    places: list[int] = []
    for number, (said, language) in enumerate(zip(texts, known, strict=True)):
        for at, token in enumerate(split_words(said)):
            stem = stem_of(token, language)
            if stem is None:
                continue
            code = stems.setdefault(stem, len(stems))
            if code == len(written):
                written.append(Counter())
            written[code][token] += 1
            rows.append(number)
            words.append(code)
            places.append(at)
    shown = [min(count.items(), key=lambda one: (-one[1], one[0]))[0] for count in written]
    text, word, place = (np.array(one, dtype=np.int64) for one in (rows, words, places))
    return _in_order(Words(len(texts), text, word, place, list(stems), shown))


def split_words(text: str) -> list[str]:
    """All words of a text in small letters; letters of scripts without blanks in pairs.

    >>> split_words("My flight’s LATE, see https://x.y @air")
    ['my', 'flight’s', 'late', 'see']
    """
    bare = _ASIDE.sub(" ", text[:LONGEST]).lower()
    found = _WORD.findall(bare)
    if not _IS_UNSPACED.search(bare):
        return found
    return [part for word in found for part in (_in_pairs(word) if _IS_UNSPACED.match(word) else [word])]


def guess_languages(texts: Sequence[str], languages: Sequence[str | None]) -> list[str]:
    """The language of each text: as told, else the one whose stop words it has most of.

    Without any it is the language of nearly all the others, or UNTOLD when there is no such language.
    """
    found = [
        language if language and language != UNTOLD else _guess(text)
        for text, language in zip(texts, languages, strict=True)
    ]
    told = Counter(language for language in found if language != UNTOLD)
    [(main, count)] = told.most_common(1) or [(UNTOLD, 0)]
    usual = main if count >= _NEARLY_ALL * told.total() else UNTOLD
    return [usual if language == UNTOLD else language for language in found]


@lru_cache(maxsize=200_000)
def stem_of(word: str, language: str) -> str | None:
    """The word folded and cut, or None when it says nothing: a stop word, a single letter, a laugh.

    >>> [stem_of(word, "en") for word in ("delayed", "delays", "cancelling", "the", "luggage")]
    ['delay', 'delay', 'cancel', None, 'luggag']
    """
    plain = fold(word)
    bare = plain.replace("'", "")
    stops = STOP_WORDS.get(language, ANY)
    if len(bare) < _SHORTEST or plain in stops or bare in stops or re.fullmatch(r"(?:ha|he|ah|lo|k)+h?|(.)\1+", bare):
        return None
    owned = re.sub(r"'s$", "", plain).replace("'", "")
    if language in ("fr", "it"):
        owned = plain.rsplit("'", 1)[-1]
    if owned in stops or len(owned) < _SHORTEST:
        return None
    stem = _STEMMERS.get(language, _as_it_is)(owned)
    return None if stem in stops else stem


def fold(word: str) -> str:
    """Small letters without accents, apostrophes straight."""
    straight = word.lower().replace("’", "'")
    if straight.isascii():
        return straight
    return "".join(one for one in unicodedata.normalize("NFKD", straight) if not unicodedata.combining(one))


def _in_order(words: Words) -> Words:
    """The same with words numbered by their stems, so that numbers do not depend on the order of texts."""
    order = (
        np.argsort(np.array(words.stems, dtype=object), kind="stable") if words.stems else np.zeros(0, dtype=np.int64)
    )
    number = np.empty(len(order), dtype=np.int64)
    number[order] = np.arange(len(order))
    return Words(
        words.texts,
        words.text,
        number[words.word] if len(order) else words.word,
        words.place,
        [words.stems[k] for k in order],
        [words.shown[k] for k in order],
    )


def _guess(text: str) -> str:
    met = {fold(word) for word in split_words(text[:400])}
    found = [(len(met & stops), language) for language, stops in STOP_WORDS.items()]
    most = max(count for count, _ in found)
    best = [language for count, language in found if count == most]
    return best[0] if most and len(best) == 1 else UNTOLD


def _in_pairs(run: str) -> list[str]:
    return [run[k : k + 2] for k in range(len(run) - 1)] or [run]


def _as_it_is(word: str) -> str:
    return word


def _cut(word: str, *endings: str, keep: int = _KEPT) -> str:
    """The word without the first of these endings that it has."""
    for ending in endings:
        if word.endswith(ending) and len(word) - len(ending) >= keep:
            return word[: len(word) - len(ending)]
    return word


def _english(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        word = word[:-3] + "y"
    elif word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = _cut(word, "s")
    bare = _cut(word, "ing", "ed", "ly")
    if bare != word and re.search("[aeiouy]", bare):
        word = bare[:-1] if len(bare) > 3 and bare[-1] == bare[-2] and bare[-1] not in "sz" else bare
    return _cut(word, "e", keep=4)


def _romance(word: str) -> str:
    """Portuguese, Spanish, Italian: plurals and genders fall together."""
    if word.endswith(("coes", "ciones", "zioni")):
        return word[: word.rfind("c" if word.endswith(("coes", "ciones")) else "z")] + "c"
    if word.endswith(("cao", "cion", "zione")):
        return word[: word.rfind("z" if word.endswith("zione") else "c")] + "c"
    return _cut(_cut(word, "mente", keep=4), "os", "as", "es", "s", "o", "a", "e", "i", keep=_KEPT)


def _french(word: str) -> str:
    return _cut(_cut(word, "ement", keep=4), "ees", "ee", "es", "er", "ez", "s", "x", "e", keep=4)


def _german(word: str) -> str:
    return _cut(word, "ern", "en", "er", "es", "em", "e", "n", "s", keep=4)


def _dutch(word: str) -> str:
    return _cut(word, "en", "e", "s", keep=4)


_STEMMERS: dict[str, Callable[[str], str]] = {
    "en": _english,
    "pt": _romance,
    "es": _romance,
    "it": _romance,
    "fr": _french,
    "de": _german,
    "nl": _dutch,
}
