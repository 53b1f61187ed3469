"""From the words of a text to one sum of what they feel: each known word is heard in its sentence, in order."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.text.lexicon import Lexicon, Phrases, Role, Sense
from desireline.text.sentences import Sentence
from desireline.text.words import Words

_LENGTH = 0.25  # the sum over n sentences is divided by n to this power
_EXCLAIMED = 0.12  # more, for each of up to three exclamation marks in the text
_POLITE = 0.35  # what is left of thanks in a text that asks for something
_CAPITALS = 1.25
_QUOTE = 4  # words of a short quote, with the mark that ends it
_STRONGER = Sense(Role.MORE, 0.3)
_RATED = frozenset({Role.RATE, Role.SIGN, Role.THANKS, Role.LIKES, Role.EITHER, Role.UNIT})

# A question may begin with these before the word that opens it.
_PROMPTS = frozenset(
    {"hi", "hello", "hey", "so", "and", "but", "ok", "okay", "also", "well", "or", "then", "just", "now"}
)


def hear(words: Words, known: Lexicon) -> float:
    """The sum of what is felt in the words of a text; 0 when nothing is."""
    text = _Text(words, known)
    text.walk()
    thanks = text.thanks * _POLITE if text.sentence.questions and text.thanks > 0 else text.thanks
    exclaimed = 1.0 + _EXCLAIMED * min(text.exclaimed, 3)
    return (text.heard + thanks) * exclaimed / float(max(text.sentences, 1) ** _LENGTH)


class _Text:
    """One walk over the words of a text."""

    __slots__ = ("exclaimed", "heard", "known", "lower", "sentence", "sentences", "shouts", "thanks", "words")

    def __init__(self, words: Words, known: Lexicon) -> None:
        self.words, self.lower, self.known = words.written, words.lower, known
        self.shouts = words.text.isupper()  # all in capitals, so that capitals stress nothing
        self.sentence = Sentence()
        self.heard = self.thanks = 0.0
        self.sentences = self.exclaimed = 0

    def walk(self) -> None:
        """All words are heard, and the last sentence is closed."""
        singles, phrases = self.known.words, self.known.phrases
        begins, after = True, 0
        for place, word in enumerate(self.lower):
            if place < after:
                continue
            sense = singles.get(word)
            if word in phrases:
                sense = _phrase(phrases[word], self.lower, place) or sense
            if sense is None:
                if word[0] in "?!":
                    self._close(word)
                    begins = True
                elif begins:
                    begins = _goes_before(word)
                continue
            after = place + sense.length
            if sense.role is Role.STOP:
                self._close(word)
                begins = True
                continue
            self._hear(sense, place, begins=begins)
            begins = begins and _goes_before(word)
        self._close("")

    def _hear(self, sense: Sense, place: int, *, begins: bool) -> None:
        if sense.role in _RATED:
            self._rate(sense, place)
        elif sense.role is Role.OPENS:
            if begins:
                self.sentence.open(sense.value)
        else:
            self.sentence.hear(sense, place + sense.length - 1)

    def _rate(self, sense: Sense, place: int) -> None:
        role, value, _ = sense
        if role is Role.SIGN:
            self.sentence.signs += value
        elif role is Role.THANKS:
            self.sentence.thank(value, place)
        elif role is Role.EITHER and self._is_rated(place + 1):
            self.sentence.hear(_STRONGER, place)
        elif not self._is_idle(role, place):
            if not self.shouts and len(self.words[place]) > 1 and self.words[place].isupper():
                value *= _CAPITALS
            self.sentence.rate(value, place, quoted=self._is_quoted(place))

    def _is_idle(self, role: Role, place: int) -> bool:
        """True for "like" that is no verb, and for times without a number."""
        if role is Role.LIKES:
            return self._before(place) not in self.known.before
        return role is Role.UNIT and not self._is_number(place - 1)

    def _before(self, place: int) -> str:
        return self.lower[place - 1] if place else ""

    def _is_rated(self, place: int) -> bool:
        sense = self.known.words.get(self.lower[place]) if place < len(self.lower) else None
        return sense is not None and sense.role is Role.RATE

    def _is_number(self, place: int) -> bool:
        return place >= 0 and (self.lower[place] in self.known.numbers or self.lower[place][0].isdigit())

    def _is_quoted(self, place: int) -> bool:
        return self._before(place) == '"' and '"' in self.lower[place + 1 : place + _QUOTE]

    def _close(self, mark: str) -> None:
        self.exclaimed += mark.count("!")
        heard, thanks = self.sentence.close(mark)
        self.sentences += heard != 0.0
        self.heard += heard
        self.thanks += thanks


def _phrase(phrases: Phrases, lower: Sequence[str], place: int) -> Sense | None:
    """The longest known phrase that begins here."""
    for rest, sense in phrases:
        if tuple(lower[place + 1 : place + sense.length]) == rest:
            return sense
    return None


def _goes_before(word: str) -> bool:
    """True for what may stand before the first word of a question: handles, marks, "hi", "so"."""
    return not word[0].isalnum() or word in _PROMPTS
