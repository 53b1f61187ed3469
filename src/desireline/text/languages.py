"""Which language a text is in: by its script, by the small words of English, else asked of py3langid.

py3langid's model takes a second to load, so it is loaded when a text first needs it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from desireline.text.lexicon import entries, lexicon
from desireline.text.reader import UNTOLD
from desireline.text.scripts import LIKELY, candidates, owner
from desireline.text.words import Words, words_of

ENGLISH = "en"

_ASKED = 800  # letters that the model is shown at most
_SURE = 0.35  # how sure it must be
_SURE_ALONE = 0.5  # the same for a single word
_QUITE_SURE = 0.6  # and how sure against words that are rather English
_RATHER = 0.4  # share of English words from which on they are
_FEW = 6  # words up to which it is looked whether all of them are English
_SHARE = 0.4  # weight of English small words for each word, from which on the model is not asked

_IN_LATIN = candidates("")
_SILENT = frozenset({"none", "null", "nan", "n/a", "n.a.", "na", "nil", "nothing"})  # left by tables and forms


class _SmallWords(NamedTuple):
    strong: frozenset[str]
    weak: frozenset[str]
    shared: frozenset[str]
    unsure: frozenset[str]  # alone they tell nothing
    english: frozenset[str]  # small or rated


def read_languages(texts: Sequence[str]) -> list[str]:
    """The language of each text (ISO 639-1), or "und" where it cannot be told: no words, or too few.

    A text in several languages has the one that most of it is in.
    """
    known = {text: tell(words_of(text)) for text in dict.fromkeys(texts)}
    return [known[text] for text in texts]


def tell(words: Words) -> str:
    """The language of one text."""
    spoken = words.spoken
    if not spoken or words.text.strip().lower() in _SILENT:
        return UNTOLD
    possible = _IN_LATIN
    if not words.text.isascii():
        owned = owner(words.text)
        if owned:
            return owned
        possible = candidates(words.text)
    if ENGLISH in possible and _is_plainly_english(spoken):
        return ENGLISH
    language, sure = _asked(spoken, possible)
    if ENGLISH in possible and _is_rather_english(spoken) and (language == ENGLISH or sure < _QUITE_SURE):
        return ENGLISH
    return language if sure >= (_SURE if len(spoken) > 1 else _SURE_ALONE) else UNTOLD


def same_everywhere(words: Words) -> bool:
    """True when there are spoken words, and all of them feel the same in many languages: "super", "ok"."""
    spoken = words.spoken
    return bool(spoken) and _small_words().shared.issuperset(spoken)


def _is_plainly_english(words: list[str]) -> bool:
    """True when enough small words are English, or all words of a short text."""
    small = _small_words()
    strong = sum(word in small.strong for word in words)
    if strong and 2 * strong + sum(word in small.weak for word in words) >= _SHARE * len(words):
        return True
    if len(words) > _FEW or not all(word in small.english for word in words):
        return False
    return len(words) > 1 or words[0] not in small.unsure


def _is_rather_english(words: list[str]) -> bool:
    small = _small_words()
    known = sum(len(word) > 1 and word in small.english and word not in small.shared for word in words)
    return known > (len(words) == 1) and known >= _RATHER * len(words)


def _asked(spoken: list[str], possible: frozenset[str]) -> tuple[str, float]:
    """What the model says among the possible languages, and how sure it is, from 0 to 1."""
    ranked = _model().rank(" ".join(spoken)[:_ASKED])
    likely = [(language, sure) for language, sure in ranked if language in possible]
    return likely[0][0], likely[0][1] / (sum(sure for _, sure in likely) or 1.0)


@cache
def _model() -> Any:
    """The model of py3langid, for the likely languages, saying how sure it is."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  its weights take a second to load

    model = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    model.set_languages(sorted(LIKELY))
    return model


@cache
def _small_words() -> _SmallWords:
    sets: dict[str, set[str]] = {"strong": set(), "weak": set(), "shared": set(), "false": set()}
    for role, _, word in entries("english.txt"):
        sets[role].add(word)
    rated = {word for word, sense in lexicon().words.items() if sense.value and word[0].isalpha()}
    return _SmallWords(
        strong=frozenset(sets["strong"]),
        weak=frozenset(sets["weak"]),
        shared=frozenset(sets["shared"]),
        unsure=frozenset(sets["shared"] | sets["false"] | sets["weak"] - rated),
        english=frozenset(sets["strong"] | sets["weak"] | rated),
    )
