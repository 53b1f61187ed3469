"""Transcripts: one text with turns of several speakers, of which the customer's are a voice and the others are not.

Read are lines that begin with a speaker (`Agent: …`, `[00:12] Speaker 1: …`, `(10:02:11 AM) Ana: …`), captions
(WebVTT with `<v Name>` or names, SRT), and JSON lists of objects that say who, what and perhaps when.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fnmatch import fnmatchcase
from itertools import groupby
from operator import attrgetter
from typing import Any, Final

import polars as pl

from desireline.recipes.records import Transcript

CUSTOMERS: Final = (
    *("customer*", "client*", "visitor*", "end user*", "end-user*", "end_user*", "user", "user [0-9]*", "caller*"),
    *(
        "guest*",
        "shopper*",
        "consumer*",
        "patient*",
        "member",
        "passenger*",
        "requester*",
        "contact",
        "kunde*",
        "kundin*",
    ),
)
"""Names that mean a customer, where a recipe names none."""
STAFF: Final = (
    *(
        "agent*",
        "*support*",
        "advis[eo]r*",
        "*representative*",
        "rep",
        "rep [0-9]*",
        "operator*",
        "*bot",
        "bot*",
        "*(bot)*",
    ),
    *("assistant*", "system*", "staff*", "employee*", "interviewer*", "moderator*", "ivr*", "berater*", "mitarbeiter*"),
    *("customer?service*", "customerservice*", "customercare*", "clientservice*", "clientcare*"),
    *("kundens[a-z]*", "kundend[a-z]*", "kundenb[a-z]*", "kundenc[a-z]*", "kundenh[a-z]*", "kundenv[a-z]*"),
)
"""Names that mean the company, where a recipe names none."""
STAFF_WORDS: Final = frozenset(
    (
        *("service", "services", "support", "care", "team", "desk", "helpdesk", "help", "hotline", "helpline"),
        *("center", "centre", "agent", "agents", "rep", "representative", "advisor", "adviser", "operator", "bot"),
        *("manager", "lead", "supervisor", "specialist", "associate", "consultant", "executive", "officer"),
        *("technician", "engineer", "dispatcher", "concierge", "reception", "receptionist", "advocate", "assistance"),
        *("assistant", "relations", "success", "experience", "escalation", "escalations", "staff", "department"),
    )
)
"""Words of which each makes a name one of the company's, even “Customer Service”, where a recipe names none."""

_CLOCK: Final = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?(?:\s*[AaPp]\.?[Mm]\.?)?"
_WHEN: Final = rf"(?:\d{{4}}-\d{{2}}-\d{{2}}[T ])?{_CLOCK}(?:Z|[+-]\d{{2}}:?\d{{2}})?"
_LINE: Final = re.compile(
    rf"^\s*(?:[-–•*]\s+)?(?:[\[(]?(?P<at>{_WHEN})[\])]?\s*(?:[-–]\s*)?)?"
    r"(?P<who>[^\W_][\w .'’#@()/&-]{0,39}?)(?:\s*[\[(](?P<late>" + _CLOCK + r")[\])])?\s*:(?:\s+(?P<says>.*)|$)"
)
_CUE: Final = re.compile(rf"^\s*(?P<start>{_CLOCK})\s*-->\s*(?P<end>{_CLOCK})")
_VOICE: Final = re.compile(
    r"<v(?:\.[^\s<>]{0,99})?\s{1,9}(?P<who>[^<>]{1,99})>(?P<says>.*?)(?:</v>|(?=<v[.\s])|$)", re.DOTALL
)
_WORDS: Final = 4  # a longer name is a sentence with a colon, or a label that no pattern knows
_LABEL: Final = re.compile(
    rf"^\s*(?:[-–•*]\s+)?(?:[\[(]?(?P<at>{_WHEN})[\])]?\s*(?:[-–]\s*)?)?"
    r"(?P<who>[^\W\d_][^:\n]{1,98}?)(?:\s*[\[(](?P<late>" + _CLOCK + r")[\])])?\s*:(?:\s+(?P<says>.*)|$)"
)
_LONGEST: Final = 12  # words of a label
_SMALL: Final = frozenset(("of", "the", "and", "for", "from", "at", "in", "to", "de", "la", "von", "van", "und", "der"))
_GREETINGS: Final = frozenset(("dear", "hi", "hello", "hey", "to", "re", "fwd", "subject", "hallo", "liebe", "liebes"))
UNKNOWN: Final = "(somebody)"
"""Who speaks under a label that is too long for a name and says nothing of the company: never the customer."""
_SPEAKERS: Final = ("speaker", "author", "role", "from", "sender", "participant", "actor", "name", "user", "who")
_TEXTS: Final = ("text", "message", "body", "content", "utterance", "says", "transcript")
_TIMES: Final = ("at", "time", "timestamp", "start", "start_time", "created_at", "offset", "begin")
_LISTS: Final = ("turns", "messages", "utterances", "transcript", "segments", "entries", "history", "conversation")
_HALF_DAY_S: Final = 12 * 3600.0


@dataclass(frozen=True)
class Turn:
    """What one speaker said in a row."""

    who: str
    says: str
    at_s: float | None = None  # seconds; only differences mean something


def read_transcripts(texts: pl.Series, said: Transcript) -> pl.DataFrame:
    """For each text `text` (the customer's turns, one a line), `told`, and what TURNS counts; null for no text.

    `told` is false where no speaker can be told, or none of them from the others: then `text` is null, because an
    agent's words must not count as a customer's. A speaker is a customer when his name fits a pattern of
    `said.customer`; where none of a transcript's does, everybody is whose name fits none of `said.staff`. Where the
    recipe names no customers, who looks like staff (“Customer Service”) is none, whatever else the name says.
    """
    rows = [_row(None if text is None else parse_turns(text, said), said) for text in texts]
    return pl.DataFrame(rows, schema={"text": pl.String, "told": pl.Boolean, **TURNS}, orient="row")


TURNS: Final[Mapping[str, pl.DataType]] = {
    "turns": pl.Int64(),  # of all speakers
    "customer_turns": pl.Int64(),
    "agent_turns": pl.Int64(),
    "first_wait_s": pl.Float64(),  # from the customer's first words to the first answer; null without times
    "longest_wait_s": pl.Float64(),
    "waits_s": pl.Float64(),  # all waits for an answer together
}


def parse_turns(text: str, said: Transcript | None = None) -> list[Turn]:
    """The turns of a transcript, neighbouring ones of one speaker joined; empty when no speaker is named.

    Where a line begins with words and a colon, these are a speaker when the transcript begins with them, when they
    have a time, when they come again, when they fit a name of `said` or a usual one, or when a sentence follows:
    `Order: 7` is no speaker. In doubt they are one, so that an agent's words do not count as the customer's. More
    than four words are a sentence, unless all begin with a capital: then they are somebody's label (`UNKNOWN`, where
    they do not say that it is staff).

    >>> parse_turns("Agent: Hello.\\nCustomer: My parcel\\nis lost.")
    [Turn(who='Agent', says='Hello.', at_s=None), Turn(who='Customer', says='My parcel\\nis lost.', at_s=None)]
    """
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:1] in ("[", "{"):
        found = _from_json(bare)
        if found is not None:
            return _joined(found)
    captions = bare.startswith("WEBVTT") or any(_CUE.match(line) for line in bare.splitlines()[:3])
    return _joined(_from_captions(bare) if captions else _from_lines(bare, said or Transcript()))


def _row(turns: list[Turn] | None, said: Transcript) -> tuple[Any, ...]:
    nothing = (None,) * len(TURNS)
    if turns is None:
        return (None, True, *nothing)
    theirs = _customers({turn.who for turn in turns}, said)
    if not theirs:
        return (None, False, *nothing)
    mine = [turn for turn in turns if turn.who in theirs]
    waits = _waits(turns, theirs)
    text = "\n".join(turn.says for turn in mine if turn.says)
    told = (len(turns), len(mine), len(turns) - len(mine))
    return (text or None, True, *told, *((waits[0], max(waits), sum(waits)) if waits else (None, None, None)))


def _customers(speakers: set[str], said: Transcript) -> set[str]:
    """The speakers who are customers; nobody when it cannot be told."""
    people = speakers - {UNKNOWN}
    staff = {who for who in people if (_fits(who, said.staff) if said.staff else _serves(who))}
    if said.customer:
        named = {who for who in people if _fits(who, said.customer)}
    else:
        named = {who for who in people if _fits(who, CUSTOMERS) and not _serves(who)} - staff
    return named or (people - staff if staff else set())


def _serves(who: str) -> bool:
    """Whether a name is one of the company's, as far as usual ones go."""
    return _fits(who, STAFF) or not STAFF_WORDS.isdisjoint(re.split(r"[\W_]+", who.casefold()))


def _fits(who: str, patterns: Sequence[str]) -> bool:
    name = " ".join(who.casefold().split())
    return any(fnmatchcase(name, pattern.casefold()) for pattern in patterns)


def _waits(turns: Sequence[Turn], theirs: set[str]) -> list[float]:
    """Seconds from the first unanswered words of the customer to the answer, for each answer."""
    waits: list[float] = []
    since: float | None = None
    asked = False
    for turn in turns:
        if turn.who in theirs:
            since = turn.at_s if not asked else since
            asked = True
        elif asked:
            if since is not None and turn.at_s is not None and turn.at_s >= since:
                waits.append(turn.at_s - since)
            asked, since = False, None
    return waits


def _joined(turns: Iterable[Turn]) -> list[Turn]:
    """Neighbouring turns of one speaker as one, which begins when the first of them does."""
    joined = []
    for who, run in groupby(turns, key=attrgetter("who")):
        said = list(run)
        joined.append(Turn(who, "\n".join(turn.says for turn in said if turn.says), said[0].at_s))
    return joined


def _from_lines(text: str, said: Transcript) -> list[Turn]:
    """Lines that begin with a speaker, and those that follow; lines before the first speaker are a heading."""
    lines = [(line, _LINE.match(line)) for line in text.splitlines()]
    speakers = _speakers([found for _, found in lines if found], said)
    turns: list[Turn] = []
    clock = _Clock()
    for line, found in lines:
        if found and found["who"] in speakers:
            turns.append(_turn(found["who"], found, clock))
        elif label := _label(line, said):
            turns.append(_turn(label["who"] if _told_by(label["who"], said) else UNKNOWN, label, clock))
        elif turns and line.strip():
            turns.append(Turn(turns[-1].who, line.strip()))
    return turns


def _turn(who: str, found: re.Match[str], clock: _Clock) -> Turn:
    return Turn(who, (found["says"] or "").strip(), clock.read(found["at"] or found["late"]))


def _label(line: str, said: Transcript) -> re.Match[str] | None:
    """Somebody's label at the beginning of a line, too long for a name: “Senior Escalation Team Lead Bob: …”.

    Each of its words begins with a capital. A line in capitals throughout is a customer who shouts, and `Dear …:` a
    greeting.
    """
    found = _LABEL.match(line)
    words = found["who"].split() if found else []
    if found is None or len(words) > _LONGEST or words[0].strip(",.").casefold() in _GREETINGS:
        return None
    if not all(word in _SMALL or _begins_large(word) for word in words) or (line.isupper() and len(words) > 1):
        return None
    long = len(words) > _WORDS
    return found if long or ("," in found["who"] and _told_by(found["who"], said)) else None


def _begins_large(word: str) -> bool:
    letters = word.strip("()[]'\"“”‘’.,;/&#|-–")
    return not letters[:1].isalpha() or letters[:1].isupper()


def _told_by(label: str, said: Transcript) -> bool:
    """Whether a long label says whose it is."""
    return _fits(label, (*said.customer, *said.staff)) or _serves(label)


def _speakers(found: Sequence[re.Match[str]], said: Transcript) -> set[str]:
    """Who of those before a colon is a speaker, and no word of a form."""
    names = Counter(one["who"] for one in found)
    known = (*CUSTOMERS, *STAFF, *said.customer, *said.staff)
    sure = {found[0]["who"]} if found else set()
    sure |= {who for who, times in names.items() if times > 1 or _fits(who, known)}
    sure |= {one["who"] for one in found if one["at"] or one["late"] or _speaks(one)}
    return {who for who in sure if len(who.split()) <= _WORDS}


def _speaks(found: re.Match[str]) -> bool:
    """Whether what follows the colon is a sentence, or begins on the next line after a name."""
    who, says = found["who"], found["says"] or ""
    if says.strip():
        return "(" in who or len(says.split()) > 1
    return all(word[:1].isupper() for word in who.split()) and len(who.split()) < 3


def _from_captions(text: str) -> list[Turn]:
    """Cues of WebVTT and SRT; a cue without a name is of the speaker before."""
    turns: list[Turn] = []
    clock = _Clock()
    for cue in re.split(r"\r?\n[ \t]*\r?\n", text):
        lines = cue.strip().splitlines()
        at = next((place for place, line in enumerate(lines) if _CUE.match(line)), None)
        if at is None:
            continue
        start = clock.read(_CUE.match(lines[at])["start"])  # type: ignore[index]
        says = "\n".join(lines[at + 1 :])
        voices = [Turn(found["who"].strip(), found["says"].strip(), start) for found in _VOICE.finditer(says)]
        spoken = voices or [Turn(turn.who, turn.says, start) for turn in _from_lines(says, Transcript())]
        if spoken:
            turns += spoken
        elif turns and says.strip():
            turns.append(Turn(turns[-1].who, says.strip(), start))
    return turns


def _from_json(text: str) -> list[Turn] | None:
    """Objects that say who and what, in a list or in an object that holds one; null when this is no JSON."""
    try:
        held = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(held, dict):
        held = next((held[name] for name in _LISTS if isinstance(held.get(name), list)), [])
    clock = _Clock()
    turns = []
    for entry in held if isinstance(held, list) else []:
        if isinstance(entry, dict):
            who, says = _first(entry, _SPEAKERS), _first(entry, _TEXTS)
            if who and says:
                turns.append(Turn(who, says, clock.read(_first(entry, _TIMES))))
    return turns


def _first(entry: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """The first of these fields that holds a text or a number; of an object its name, type or text."""
    folded = {str(name).casefold(): value for name, value in entry.items()}
    for name in names:
        value = folded.get(name)
        if isinstance(value, dict):
            value = _first(value, ("role", "type", "name", "display_name", "text"))
        if isinstance(value, str | int | float) and not isinstance(value, bool) and str(value).strip():
            return str(value).strip()
    return None


class _Clock:
    """Reads times of one transcript as seconds; a clock that turned midnight goes on."""

    def __init__(self) -> None:
        self._last = 0.0
        self._days = 0.0
        self._player: bool | None = None  # whether 00:12 means minutes and seconds, as players show them

    def read(self, text: str | None) -> float | None:
        """Seconds, or null for nothing and for what cannot be read."""
        if text is None:
            return None
        try:
            return float(text) / (1000 if float(text) > 1e11 else 1)
        except ValueError:
            pass
        try:
            at = datetime.fromisoformat(text)
            return (at if at.tzinfo else at.replace(tzinfo=UTC)).timestamp()
        except ValueError:
            return self._clock(text)

    def _clock(self, text: str) -> float | None:
        found = re.search(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:[.,](\d{1,3}))?\s*([AaPp])?", text)
        if not found:
            return None
        first, second, third, part, half = found.groups()
        if third is None and half is None:
            self._player = int(first) == 0 if self._player is None else self._player
            if not self._player:
                return None  # 10:02 may be two minutes past ten or ten minutes into the call
            seconds = int(first) * 60.0 + int(second)
        else:
            hour = int(first) % 12 + (12 if half in ("P", "p") else 0) if half else int(first)
            seconds = hour * 3600.0 + int(second) * 60 + int(third or 0)
        seconds += float(f"0.{part}") if part else 0.0
        if seconds + self._days < self._last - _HALF_DAY_S:
            self._days += 2 * _HALF_DAY_S
        self._last = seconds + self._days
        return self._last
