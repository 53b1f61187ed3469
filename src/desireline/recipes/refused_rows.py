"""Refused rows as they may be shown: with personal data masked. The lake keeps them as they came."""

from __future__ import annotations

import json
import re
from typing import Final

import polars as pl

from desireline.text.masks import Masking, mask_texts

_SHOWN: Final = Masking(leave=frozenset({"order id"}))  # an id says which row it was, and a wrong time looks like one
_OF_A_PERSON: Final = re.compile(
    r"(?:(?:full|first|last|given|family|middle|user|customer|contact|billing|shipping|delivery)[ _-]?)?"
    r"(?:names?|surname|address(?:[ _-]?line)?[ _-]?\d?|street|phone|e-?mail)"
    r"|(?:date[ _-]?of[ _-]?birth|birth[ _-]?da(?:y|te)|dob|vorname|nachname|familienname|anschrift|adresse|"
    r"stra(?:ß|ss)e|geburtsdatum|nome|sobrenome|endere[cç]o|rua|nascimento|nombre|apellidos?|direcci[oó]n|calle|nom|"
    r"pr[eé]nom|rue|cognome|indirizzo|naam|voornaam|achternaam|adres|straat)",
    re.IGNORECASE,
)


def mask_refusals(refused: pl.DataFrame) -> pl.DataFrame:
    """The rows (tables.REFUSALS) with personal data masked in `detail` and `raw`.

    Where a row had been split into cells, those of columns that are called like a name, an address or a birthday
    are masked whole. Ids stay; so do names that stand in a text without a word that announces them.
    """
    split = [_cells(text) for text in refused["raw"]]
    pieces = [list(cells.values()) if isinstance(cells, dict) else [cells] for cells in split]
    masked = iter(mask_texts(pl.Series([piece for row in pieces for piece in row], dtype=pl.String), _SHOWN))
    rows = [_joined(cells, [next(masked) for _ in row]) for cells, row in zip(split, pieces, strict=True)]
    return refused.with_columns(mask_details(refused["detail"]), pl.Series("raw", rows, dtype=pl.String))


def mask_details(details: pl.Series) -> pl.Series:
    """The sentences that say why rows were refused, with personal data masked in the values that they quote."""
    return mask_texts(details, _SHOWN)


def is_of_a_person(column: str) -> bool:
    """True for a column that is called like a name, an address, a phone number or a birthday."""
    return bool(_OF_A_PERSON.fullmatch(column.split(".")[-1].strip()))


def _joined(cells: dict[str, str] | str | None, masked: list[str]) -> str:
    """The row as it was written, from its masked cells."""
    if not isinstance(cells, dict):
        return masked[0]
    whole = {name: _placeholder(name) or cell for name, cell in zip(cells, masked, strict=True)}
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))


def _placeholder(column: str) -> str:
    return "[personal]" if is_of_a_person(column) else ""


def _cells(text: str | None) -> dict[str, str] | str | None:
    """The cells of a row that is a flat JSON object of texts; any other row as it is."""
    if text is None or not text.startswith("{"):
        return text
    try:
        cells = json.loads(text)
    except ValueError:
        return text
    flat = isinstance(cells, dict) and all(isinstance(cell, str) for cell in cells.values())
    return cells if flat else text
