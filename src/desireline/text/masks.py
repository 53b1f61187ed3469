"""Personal data in texts, replaced by words that say what stood there: “Write to [e-mail]”.

Most texts hold nothing: a pattern that looks at all texts at once leaves them out, so that only the others cost
anything. What is found is replaced kind by kind, and looked at again until nothing is found, so that masking what is
masked changes nothing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Final, NamedTuple

import polars as pl

from desireline.text.accounts import IBAN_SIGN, ID_SIGN, find_cards, find_ibans, find_national_ids
from desireline.text.addresses import (
    EMAIL_SIGN,
    IP_SIGN,
    LINK_SIGN,
    SAID_SIGN,
    find_emails,
    find_handles,
    find_ip_addresses,
    find_links,
    find_said_emails,
)
from desireline.text.found import Span
from desireline.text.names import NAME_SIGN, CuedNames, NameFinder, find_own_name
from desireline.text.orders import LONG_SIGN, ORDER_SIGN, find_long_numbers, find_order_ids
from desireline.text.phones import NUMBER_SIGN, REGIONS, find_phones

Find = Callable[[str], Iterable[Span]]

KINDS: Final[Mapping[str, tuple[str, str]]] = {
    "link": ("link", "links"),
    "e-mail": ("e-mail address", "e-mail addresses"),
    "handle": ("handle", "handles"),
    "IBAN": ("IBAN", "IBANs"),
    "card": ("card number", "card numbers"),
    "national id": ("national id", "national ids"),
    "IP address": ("IP address", "IP addresses"),
    "order id": ("order id", "order ids"),
    "phone": ("phone number", "phone numbers"),
    "name": ("name", "names"),
}
"""What is masked, in the order in which it is looked for: the placeholder's word, and how one and many are told."""

_ROUNDS: Final = 5
_INVISIBLE: Final = "[\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"
_HIDDEN_INSIDE: Final = re.compile(rf"(?<=[\w@.+-]){_INVISIBLE}+(?=[\w@.+-])")


class Kind(NamedTuple):
    """One kind of personal data: the word of its placeholder, what every text with one holds, and where it stands."""

    name: str
    sign: str  # a pattern that polars and Python read alike
    find: Find


@dataclass(frozen=True)
class Masking:
    """What is masked, and what stays."""

    regions: tuple[str, ...] = REGIONS  # whose phone numbers are known without a country code
    order_ids: tuple[str, ...] = ()  # more patterns of ids (polars' regular expressions)
    keep: frozenset[str] = frozenset()  # what stays though it looks personal, such as the company's own handle
    leave: frozenset[str] = frozenset()  # kinds that are not masked
    names: NameFinder | None = field(default_factory=CuedNames)  # None: names stay


@dataclass(frozen=True)
class Masked:
    """Masked texts, and how often each kind (`KINDS`) was replaced in all of them."""

    texts: pl.Series
    counts: Mapping[str, int]


STANDARD: Final = Masking()


def mask_texts(texts: pl.Series, masking: Masking = STANDARD, *, own_names: pl.Series | None = None) -> pl.Series:
    """The texts with placeholders in the place of personal data; what stands around it is untouched.

    Nulls stay null. Masking twice is masking once. `own_names` holds the name of each text's customer, if known.

    >>> mask_texts(pl.Series(["Call +44 20 7946 0958 or ana@example.com", "I paid 1.234,56 on 2026-11-22"])).to_list()
    ['Call [phone] or [e-mail]', 'I paid 1.234,56 on 2026-11-22']
    """
    return mask(texts, masking, own_names=own_names).texts


def mask(texts: pl.Series, masking: Masking = STANDARD, *, own_names: pl.Series | None = None) -> Masked:
    """The texts as `mask_texts` gives them, with counts by kind."""
    counts: Counter[str] = Counter()
    for pattern in masking.order_ids:
        counts["order id"] += int(texts.str.count_matches(pattern).sum() or 0)
        texts = texts.str.replace_all(pattern, "[order id]")
    kinds = _kinds(masking)
    places = _places(texts, kinds) if own_names is None else texts.is_not_null().arg_true()
    if not len(places):
        return Masked(texts, _in_order(counts))
    task = _Task(kinds, masking.keep, counts)
    own = None if own_names is None else own_names.gather(places)
    return Masked(_scattered(texts, places, _mask_some(texts.gather(places), task, own)), _in_order(counts))


def tell_masked(counts: Mapping[str, int]) -> str:
    """What was masked, in words.

    >>> tell_masked({"e-mail": 12, "phone": 1})
    '12 e-mail addresses, 1 phone number'
    """
    found = [(counts[kind], words[counts[kind] > 1]) for kind, words in KINDS.items() if counts.get(kind)]
    return ", ".join(f"{count:,} {word}" for count, word in found)


def fault_of_pattern(pattern: str) -> str:
    """What is wrong with a pattern of ids; nothing when it may be used. One that fits placeholders would never end."""
    try:
        fits = pl.Series(["", *(f"[{name}]" for name in KINDS)]).str.contains(pattern)
    except pl.exceptions.ComputeError as fault:
        return f"is no regular expression: {fault}".split("\n", 1)[0]
    return "fits the empty text, or a placeholder such as [order id]; make it narrower." if fits.any() else ""


def _in_order(counts: Mapping[str, int]) -> dict[str, int]:
    return {name: counts[name] for name in KINDS if counts.get(name)}


def _kinds(masking: Masking) -> tuple[Kind, ...]:
    """What is looked for, in this order: a link may hold an e-mail address, a card's number looks like a phone's."""
    kinds = (
        Kind("link", LINK_SIGN, find_links),
        Kind("e-mail", EMAIL_SIGN, find_emails),
        Kind("e-mail", SAID_SIGN, find_said_emails),
        Kind("handle", EMAIL_SIGN, find_handles),
        Kind("IBAN", IBAN_SIGN, find_ibans),
        Kind("card", NUMBER_SIGN, find_cards),
        Kind("national id", ID_SIGN, find_national_ids),
        Kind("IP address", IP_SIGN, find_ip_addresses),
        Kind("order id", ORDER_SIGN, find_order_ids),
        Kind("phone", NUMBER_SIGN, partial(find_phones, regions=masking.regions)),
        Kind("order id", LONG_SIGN, find_long_numbers),
    )
    sign = NAME_SIGN if isinstance(masking.names, CuedNames) else "."
    named = () if masking.names is None else (Kind("name", sign, masking.names.find),)
    return tuple(kind for kind in (*kinds, *named) if kind.name not in masking.leave)


def _places(texts: pl.Series, kinds: Iterable[Kind]) -> pl.Series:
    """The places of the texts that may hold something."""
    anything = "|".join(dict.fromkeys(f"(?:{kind.sign})" for kind in kinds))
    return texts.str.contains(anything).fill_null(False).arg_true()


def _scattered(texts: pl.Series, places: pl.Series, others: pl.Series) -> pl.Series:
    """The texts with others at these places; the series that was given is as it was."""
    return texts.clone().scatter(places, others)


def _mask_some(texts: pl.Series, task: _Task, own: pl.Series | None) -> pl.Series:
    """The texts, masked again until nothing more is found. Invisible characters go only where something is masked."""
    bare = pl.Series("text", [_HIDDEN_INSIDE.sub("", text) for text in texts], dtype=pl.String)
    seen, rows = bare, pl.int_range(len(bare), eager=True)
    for _ in range(_ROUNDS):
        before = seen.gather(rows)
        after = task.once(before, None if own is None else own.gather(rows))
        seen, rows = _scattered(seen, rows, after), rows.filter(after != before)
        if not len(rows):
            break
    return seen.zip_with(seen != bare, texts)


@dataclass(frozen=True)
class _Task:
    """What is looked for in a call of `mask`, and what was found so far."""

    kinds: tuple[Kind, ...]
    keep: frozenset[str]
    counts: Counter[str]

    def once(self, texts: pl.Series, own: pl.Series | None) -> pl.Series:
        """The texts with every kind replaced, one after the other."""
        for kind in self.kinds:
            hits = texts.str.contains(kind.sign).arg_true()
            if len(hits):
                found = [self._replace(text, kind.name, kind.find(text)) for text in texts.gather(hits)]
                texts = _scattered(texts, hits, pl.Series(found, dtype=pl.String))
        if own is None:
            return texts
        pairs = zip(texts, own, strict=True)
        named = [self._replace(text, "name", find_own_name(text, name)) if name else text for text, name in pairs]
        return pl.Series("text", named, dtype=pl.String)

    def _replace(self, text: str, name: str, spans: Iterable[Span]) -> str:
        parts, done = [], 0
        for start, end in sorted(spans):
            if start >= done and text[start:end].casefold() not in self.keep:
                parts += [text[done:start], f"[{name}]"]
                self.counts[name] += 1
                done = end
        return "".join([*parts, text[done:]]) if parts else text
