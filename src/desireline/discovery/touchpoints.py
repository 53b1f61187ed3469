"""Which events become touchpoints: like names are one, and the fewest are taken that explain enough."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desireline.discovery.sequences import Sequences

MOST = 12
ENOUGH = 0.98
"""Once so many of the events are explained, no more touchpoints are taken."""
RARE = 0.01
"""What fewer journeys than this have is no touchpoint."""

RESERVED = ("journey", "draft", "start", "lost", "stuck", "over")
"""Ids that other pieces of a proposal have, and words of a what-if: the beginning and the ends of journeys."""

_LIFECYCLE = re.compile(
    r"[\s(\[+:_-]+(start|started|begin|complete|completed|end|ended|finish|finished|schedule|scheduled)[)\]]?$"
)
_CODED = re.compile(r"[\w -]+")
_SEAMS = re.compile(r"_+|(?:(?<=[a-z][a-z])|(?<=[A-Z][a-z]))(?=[A-Z][a-z])")
_TRANSITIONS = re.compile(r"^(start|started|begin|complete|completed|end|ended|finish|finished|schedule|scheduled)$")


@dataclass(frozen=True)
class Candidate:
    """Events that are one touchpoint."""

    id: str
    title: str  # its commonest name
    names: tuple[str, ...]
    customers: int
    journeys: int
    events: int


@dataclass(frozen=True)
class Choice:
    """The touchpoints that are drawn, the most met first, and what they leave out."""

    taken: tuple[Candidate, ...]
    left_out: int  # touchpoints
    events: float  # share of events that are drawn
    moves: float  # share of moves, event after event, of which both ends are drawn


def choose_touchpoints(sequences: Sequences, *, most: int = MOST) -> Choice:
    """The touchpoints that most journeys meet, until nearly all events are explained or there are `most`."""
    known = candidates(sequences)
    whole, total = sum(one.events for one in known), max(sequences.journeys, 1)
    taken: list[Candidate] = []
    for one in known:
        enough = sum(held.events for held in taken) >= ENOUGH * whole
        if len(taken) >= most or enough or one.journeys < RARE * total:
            break
        taken.append(one)
    drawn = {name for one in taken for name in one.names}
    held, every = _moves(sequences, drawn)
    share = sum(one.events for one in taken) / whole if whole else 0.0
    return Choice(tuple(taken), len(known) - len(taken), round(share, 6), round(held / every, 6) if every else 1.0)


def candidates(sequences: Sequences) -> list[Candidate]:
    """All touchpoints that could be drawn: those that most journeys meet first, then by name."""
    routes = sequences.routes
    events: Counter[str] = Counter()
    for names, journeys in zip(routes["names"], routes["journeys"], strict=True):
        for name, times in Counter(names.to_list()).items():
            events[name] += times * journeys
    groups = alike(events)
    of = {name: key for key, names in groups.items() for name in names}
    journeys_of: Counter[str] = Counter()
    rows: defaultdict[str, set[int]] = defaultdict(set)
    for row, (names, journeys) in enumerate(zip(routes["names"], routes["journeys"], strict=True)):
        for key in {of[name] for name in names.to_list()}:
            journeys_of[key] += journeys
            rows[key].add(row)
    owners = _owners(sequences)
    ranked = sorted(groups, key=lambda key: (-journeys_of[key], -sum(events[n] for n in groups[key]), groups[key][0]))
    ids = slugs([groups[key][0] for key in ranked])
    return [
        Candidate(
            id=ids[place],
            title=titled(groups[key][0]),
            names=tuple(groups[key]),
            customers=len(set().union(*(owners[row] for row in rows[key]))),
            journeys=journeys_of[key],
            events=sum(events[name] for name in groups[key]),
        )
        for place, key in enumerate(ranked)
    ]


def alike(events: Mapping[str, int]) -> dict[str, list[str]]:
    """Names that say the same: apart from case, blanks and signs, and from whether the step began or ended.

    Digits always count: step 1 is not step 2. In each group the commonest name stands first.
    """
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for name in sorted(events, key=lambda name: (-events[name], name)):
        groups[_key(name)].append(name)
    return dict(groups)


def _key(name: str) -> str:
    plain = unicodedata.normalize("NFKC", name).casefold().strip()
    if not _TRANSITIONS.match(plain):
        plain = _LIFECYCLE.sub("", plain)
    return " ".join(re.findall(r"\w+", plain.replace("_", " "))) or plain or name


def titled(name: str) -> str:
    """The name of an event as people write it; names with other signs stay.

    >>> titled("add_to_cart"), titled("CheckoutStarted"), titled("check-in"), titled("begin checkout")
    ('Add to cart', 'Checkout started', 'Check-in', 'Begin checkout')
    >>> titled("O_ACCEPTED"), titled("ER Registration"), titled("iPhone"), titled("/cart/add"), titled("  ")
    ('O ACCEPTED', 'ER Registration', 'iPhone', '/cart/add', '(no name)')
    """
    plain = " ".join(name.split())[:120]
    if not _CODED.fullmatch(plain):
        return plain or "(no name)"
    words = _SEAMS.sub(" ", plain).split()
    if " " not in plain:
        words = [word.lower() if word.istitle() and word[1:] else word for word in words]
    first, *others = words or [plain]
    return " ".join([first[:1].upper() + first[1:] if first.islower() else first, *others])


def slugs(names: Sequence[str], *, taken: Sequence[str] = ()) -> list[str]:
    """An id for each name: its Latin letters and digits, numbered where that is taken; `step` where it has none."""
    found: list[str] = []
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
        stem = re.sub(r"[^a-z0-9._]+", "-", plain).strip("-._")[:60].strip("-._") or "step"
        number, id_ = 1, stem
        while id_ in found or id_ in taken or id_ in RESERVED:
            number += 1
            id_ = f"{stem}-{number}"
        found.append(id_)
    return found


def _owners(sequences: Sequences) -> list[set[int]]:
    owners: list[set[int]] = [set() for _ in range(sequences.routes.height)]
    for row, owner in zip(sequences.row.tolist(), sequences.owner.tolist(), strict=True):
        owners[row].add(owner)
    return owners


def _moves(sequences: Sequences, drawn: set[str]) -> tuple[int, int]:
    held = every = 0
    for names, journeys in zip(sequences.routes["names"], sequences.routes["journeys"], strict=True):
        inside = [name in drawn for name in names.to_list()]
        every += journeys * max(len(inside) - 1, 0)
        held += journeys * sum(a and b for a, b in pairwise(inside))
    return held, every
