"""Columns that hold personal data: they are not suggested as properties, because properties are stored as they are."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Final

from desireline.recipes.refused_rows import is_of_a_person
from desireline.recipes.suggest.names import plain
from desireline.recipes.suggest.profile import Column
from desireline.text.accounts import find_ibans
from desireline.text.addresses import find_emails, find_handles, find_ip_addresses
from desireline.text.found import Span
from desireline.text.phones import find_phones

_SAMPLE: Final = 200
_MOST: Final = 0.5
_SHORTEST_PHONE: Final = 1e6
_ONLINE: Final = re.compile(
    r"(?:(?:user|customer|author|contact|twitter) )?(?:handle|screen ?name|nick ?name|login)|user ?name|ip address"
    r"|(?:user|customer|author|home|tweet) (?:coords?|coordinates|latitude|longitude)"
)
_REACHED: Final = re.compile(
    r"(?:(?:customer|contact|home|work) )?(?:phone|mobile|cell|tele?phone|fax)(?: (?:number|no))?"
)
_NAME: Final = re.compile(r"names?")
_TWO_WORDS: Final = r"^\p{Lu}[\p{L}'’.-]*(?: \p{Lu}[\p{L}'’.-]*)+$"
_LOOKS: Final[Mapping[str, Callable[[str], Iterable[Span]]]] = {
    "e-mail addresses": find_emails,
    "handles": find_handles,
    "phone numbers": find_phones,
    "IBANs": find_ibans,
    "IP addresses": find_ip_addresses,
}


def why_personal(column: Column) -> str:
    """Why a column seems to hold what tells a person; nothing where it does not.

    By its values where half of them are addresses, handles or phone numbers and nothing else; else by its name. A
    column that is called only “name” may hold products: its values have to be names of two words, or mostly differ.
    """
    if column.kind in ("empty", "time") or column.flag:
        return ""
    words = plain(column.name)
    if column.kind == "number":
        reached = _REACHED.fullmatch(words) and column.high >= _SHORTEST_PHONE
        return "named like a phone number" if reached else ""
    looks = _looks_like(column)
    if looks:
        return f"holds {looks}"
    if _NAME.fullmatch(words) and not _tells_persons(column):
        return ""
    personal = is_of_a_person(words) or _ONLINE.fullmatch(words) or _REACHED.fullmatch(words)
    return "named like something that tells a person" if personal else ""


def _looks_like(column: Column) -> str:
    """What half of the values are, from their first letter to their last. Mere digits are ids."""
    values = [value for value in column.values.head(_SAMPLE) if not value.isdecimal()]
    for name, find in _LOOKS.items():
        whole = sum((0, len(value)) in find(value) for value in values)
        if whole > _MOST * min(column.distinct, _SAMPLE):
            return name
    return ""


def _tells_persons(column: Column) -> bool:
    two = int(column.values.str.contains(_TWO_WORDS).sum())
    return column.distinct > _MOST * column.filled or two > _MOST * column.distinct
