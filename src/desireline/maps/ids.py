"""Ids of the records that people leave unnamed: cards and links get one from what they say about themselves.

`checkout.doing.1` is the first nameless card in the lane “doing” at checkout; `then.pay.cart` is the link
from pay to cart. Records that were deleted softly still count, so deleting one renames nobody.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

DERIVED = re.compile(r"\.\d+$")


def records_of(data: dict[str, Any], section: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The entries of a section that are mappings, with their place in it; none when it is no list."""
    entries = data.get(section)
    for number, record in enumerate(entries if isinstance(entries, list) else []):
        if isinstance(record, dict):
            yield number, record


def with_ids(data: dict[str, Any]) -> dict[str, Any]:
    """The same document, in which every card and link has an id."""
    given = {str(record["id"]) for section in data for _, record in records_of(data, section) if record.get("id")}
    taken = Counter(given)
    named = dict(data)
    for section, derive in (("cards", _card_id), ("links", _link_id)):
        if isinstance(data.get(section), list):
            named[section] = [
                _named(record, derive(record, taken)) if _nameless(record) else record for record in data[section]
            ]
    return named


def _nameless(record: Any) -> bool:
    return isinstance(record, dict) and not record.get("id")


def _named(record: dict[str, Any], id_: str) -> dict[str, Any]:
    return {"id": id_} | {name: value for name, value in record.items() if name != "id"}


def _card_id(card: dict[str, Any], taken: Counter[str]) -> str:
    stem = _slug(f"{card.get('at')}.{card.get('lane')}")
    return _next_free(stem, taken, first=f"{stem}.1")


def _link_id(link: dict[str, Any], taken: Counter[str]) -> str:
    among = link.get("among")
    ends = among if isinstance(among, list) and among else [link.get("from"), link.get("to")]
    stem = _slug(".".join([str(link.get("kind")), *(str(end) for end in ends if end is not None)]))
    return _next_free(stem, taken, first=stem)


def _next_free(stem: str, taken: Counter[str], *, first: str) -> str:
    number, id_ = 1, first
    while taken[id_]:
        number += 1
        id_ = f"{stem}.{number}"
    taken[id_] += 1
    return id_


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9._-]+", "-", text.lower()).strip("-._")[:74] or "record"
