"""Promised facts: what each channel says about price, delivery time or policy, compared copy by copy.

A file of facts is CSV or YAML (`facts:` and a list) with `key`, `touchpoint`, `channel`, `value` and `as_of`. The
newest copy is taken as the truth: an older one that says something else is stale.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desireline.errors import FactsUnreadable, did_you_mean
from desireline.maps.outline import Outline
from desireline.maps.written import read_text, read_yaml
from desireline.voice.parity.values import OTHER, compare_values, read_value

STALE, MISSING = "stale", "missing"
FIELDS = ("key", "touchpoint", "channel", "value", "as_of")
_NEEDED = ("key", "channel", "value")


@dataclass(frozen=True)
class Fact:
    """One copy of a fact: what a channel says. `touchpoint` is the map's id when it speaks of no touchpoint."""

    key: str
    touchpoint: str
    channel: str
    value: str
    as_of: date | None = None


@dataclass(frozen=True)
class Copy:
    """A copy with its verdict: same, worded differently, differs, stale, missing."""

    channel: str
    title: str  # of the channel
    value: str
    as_of: date | None
    verdict: str


@dataclass(frozen=True)
class Promised:
    """A fact and its copies; `truth` is the newest value, empty where the newest copies contradict each other."""

    key: str
    touchpoint: str
    title: str
    truth: str
    as_of: date | None
    copies: tuple[Copy, ...]

    @property
    def consistent(self) -> bool:
        """True when every copy says the same, in whatever words."""
        return not {one.verdict for one in self.copies} & {OTHER, STALE, MISSING}

    @property
    def says(self) -> str:
        """What is wrong, in one line; empty where nothing is."""
        told = [f"{one.title} {_said(one)}" for one in self.copies if one.verdict in (OTHER, STALE, MISSING)]
        since = f" (as of {self.as_of})" if self.as_of and self.truth else ""
        return (
            f"{'; '.join(told)}. Newest: {self.truth or 'copies of one day contradict each other'}{since}"
            if told
            else ""
        )

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self) | {"consistent": self.consistent, "says": self.says}


def load_facts(path: str | Path, outline: Outline) -> list[Fact]:
    """The facts in a file. Raises FactsUnreadable, with the line."""
    where = Path(path)
    text = read_text(where, unreadable=FactsUnreadable)
    read = _from_yaml if where.suffix.casefold() in (".yaml", ".yml") else _from_csv
    rows = read(text, str(where))
    return [_fact(row, line, str(where), outline) for line, row in rows]


def compare_facts(facts: Iterable[Fact], outline: Outline) -> list[Promised]:
    """Every fact with its copies: inconsistent ones first, else in the order of the map and of keys."""
    held = list(facts)
    order = {place: k for k, place in enumerate([outline.map.map.id, *outline.touchpoint])}
    groups: dict[tuple[str, str], list[Fact]] = {}
    for one in held:
        groups.setdefault((one.touchpoint, one.key), []).append(one)
    found = [_promised(copies, _channels(place, held, outline), outline) for (place, _), copies in groups.items()]
    return sorted(found, key=lambda one: (one.consistent, order.get(one.touchpoint, len(order)), one.key))


def _promised(copies: list[Fact], channels: set[str], outline: Outline) -> Promised:
    first = copies[0]
    newest = max((one.as_of for one in copies if one.as_of), default=None)
    latest = [one for one in copies if one.as_of == newest]
    truth = sorted(latest, key=lambda one: one.channel)[0].value
    agreed = all(compare_values(read_value(truth), read_value(one.value)) != OTHER for one in latest)
    titles = outline.titles
    judged = [
        Copy(one.channel, titles.get(one.channel, one.channel), one.value, one.as_of, _verdict(one, truth, newest))
        for one in copies
    ]
    absent = channels - {one.channel for one in copies}
    missing = [Copy(name, titles.get(name, name), "", None, MISSING) for name in absent]
    everybody = tuple(sorted([*judged, *missing], key=lambda one: (one.title, one.value)))
    title = titles.get(first.touchpoint, first.touchpoint)
    return Promised(first.key, first.touchpoint, title, truth if agreed else "", newest, everybody)


def _verdict(one: Fact, truth: str, newest: date | None) -> str:
    found = compare_values(read_value(one.value), read_value(truth))
    older = newest is not None and one.as_of is not None and one.as_of < newest
    return STALE if found == OTHER and older else found


def _channels(place: str, facts: list[Fact], outline: Outline) -> set[str]:
    """Where a fact of this place should stand: where any of its facts stands, and where the map has it happen."""
    drawn = outline.touchpoint[place].channels if place in outline.touchpoint else []
    return {one.channel for one in facts if one.touchpoint == place} | set(drawn)


def _said(one: Copy) -> str:
    when = f" (as of {one.as_of})" if one.as_of else ""
    return {MISSING: "does not say", STALE: f"still says {one.value}{when}"}.get(one.verdict, f"says {one.value}{when}")


def _from_csv(text: str, name: str) -> list[tuple[int, Mapping[str, Any]]]:
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    heads = [head.strip().casefold() for head in reader.fieldnames or []]
    missing = [one for one in _NEEDED if one not in heads]
    if missing:
        raise FactsUnreadable(name, 1, f"columns are missing: {', '.join(missing)}. Needed: {', '.join(FIELDS)}.")
    reader.fieldnames = heads
    return [(reader.line_num, row) for row in reader]


def _from_yaml(text: str, name: str) -> list[tuple[int, Mapping[str, Any]]]:
    written = read_yaml(text, name, unreadable=FactsUnreadable)
    rows = written.data.get("facts") if isinstance(written.data, dict) else written.data
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FactsUnreadable(name, 1, f"a file of facts is “facts:” and a list of {', '.join(FIELDS)}.")
    place: tuple[str, ...] = ("facts",) if isinstance(written.data, dict) else ()
    return [(written.line((*place, k)), row) for k, row in enumerate(rows)]


def _fact(row: Mapping[str, Any], line: int, name: str, outline: Outline) -> Fact:
    said = {field: str(row.get(field) if row.get(field) is not None else "").strip() for field in FIELDS}
    empty = [field for field in _NEEDED if not said[field]]
    if empty:
        raise FactsUnreadable(name, line, f"{empty[0]} is empty. Leave the row out where a channel says nothing.")
    channel = outline.channel_ids(said["channel"]) or said["channel"]
    return Fact(
        said["key"],
        _place(said["touchpoint"], line, name, outline),
        channel,
        said["value"],
        _day(said["as_of"], line, name),
    )


def _place(said: str, line: int, name: str, outline: Outline) -> str:
    if not said:
        return outline.map.map.id
    known = {point.id: point.id for point in outline.touchpoints}
    known |= {point.title.casefold(): point.id for point in outline.touchpoints if point.title}
    found = known.get(said) or known.get(said.casefold())
    if found is None:
        hint = did_you_mean(said, known, "`desireline map show` lists the ids.")
        raise FactsUnreadable(name, line, f"the map has no touchpoint {said!r}. {hint}")
    return found


def _day(said: str, line: int, name: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said[:10])
    except ValueError:
        raise FactsUnreadable(name, line, f"as_of is a day such as 2026-03-01, not {said!r}.") from None
