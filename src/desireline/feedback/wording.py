"""Customers' own words as they are stored: made whole, freed from markup, of bounded length, personal data masked."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import polars as pl

from desireline.feedback.texts import tidy_texts
from desireline.recipes.records import FeedbackTable, Mask
from desireline.recipes.rows import Rows
from desireline.text.masks import Masking, mask
from desireline.text.phones import REGIONS
from desireline.text.repair import LONGEST, repair_texts, shorten_texts

CUT = "_text_cut"
"""The property that holds how many characters a text had which was cut."""

UNREADABLE = "_unreadable_text"
"""The property that holds the beginning of a text that nobody can read."""

_SHOWN = 200
_PROSE = r"\S\s+\S+\s+\S+\s+\S"  # four words or more


class Wording:
    """What is done to the words of one batch, and how much was masked in them so far.

    `frame` has the batch's rows, in which the kept columns (`kept`: names of properties and their columns) are masked.
    Masked are texts, answers without a score, and properties of four words or more: a key, a code, a name in a kept
    column stays as it is, because the recipe asks for it. With `mask: false` nothing is masked.
    """

    def __init__(self, batch: Rows, table: FeedbackTable) -> None:
        said = table.mask
        self.counts: Counter[str] = Counter()
        self._masking = masking_of(said) if said.on else None
        self._own = _own_names(batch, said) if said.on and said.names else None
        self.kept = batch.kept_columns()
        self.frame = self._mask_prose(batch.frame)

    def mask(self, texts: pl.Series) -> pl.Series:
        """The texts with placeholders in the place of personal data, counted."""
        if self._masking is None or texts.null_count() == len(texts):
            return texts
        masked = mask(texts, self._masking, own_names=self._own)
        self.counts.update(masked.counts)
        return masked.texts.alias(texts.name)

    def mask_some(self, texts: pl.Series, where: pl.Series) -> pl.Series:
        """The texts, masked in these rows."""
        if not where.any():
            return texts
        return self.mask(texts.set(~where, None)).zip_with(where, texts).alias(texts.name)

    def _mask_prose(self, frame: pl.DataFrame) -> pl.DataFrame:
        """The frame with kept columns masked where a cell is prose."""
        for column in dict.fromkeys(self.kept.values()):
            cells = frame[column]
            if self._masking is None or cells.dtype != pl.String:
                continue
            prose = cells.str.contains(_PROSE).fill_null(False)
            if prose.any():
                masked = self.mask(cells.set(~prose, None))
                frame = frame.with_columns(masked.zip_with(prose, cells).alias(column))
        return frame


@dataclass(frozen=True)
class WholeTexts:
    """Texts made whole, tidy and of bounded length."""

    texts: pl.Series
    lost: pl.DataFrame  # the properties CUT and UNREADABLE
    mended: pl.Series  # True where the text had been read in a wrong encoding and was put right

    def changed(self, where: pl.Series) -> dict[str, int]:
        """How many texts of these rows were cut, are unreadable, or were made whole."""
        marks = {
            "cut": self.lost[CUT].is_not_null(),
            "unreadable": self.lost[UNREADABLE].is_not_null(),
            "whole": self.mended,
        }
        return {kind: int((mark & where).sum()) for kind, mark in marks.items()}


def whole_texts(said: pl.Series) -> WholeTexts:
    """The texts, made whole, tidy and of bounded length; and what was lost or put right."""
    if said.null_count() == len(said):
        return WholeTexts(said, pl.DataFrame({CUT: said, UNREADABLE: said}), pl.repeat(False, len(said), eager=True))
    repaired = repair_texts(said)
    shortened = shorten_texts(tidy_texts(repaired.texts), longest=LONGEST)
    beginnings = tidy_texts(said.set(~repaired.unreadable, None).str.slice(0, _SHOWN))
    lost = {
        CUT: shortened.length.cast(pl.String),
        UNREADABLE: beginnings.fill_null("\ufffd").set(~repaired.unreadable, None),
    }
    return WholeTexts(shortened.texts, pl.DataFrame(lost), repaired.mended)


def masking_of(said: Mask) -> Masking:
    """What a recipe says about masking, beside what is always masked."""
    keep = frozenset(word.casefold() for word in said.keep)
    return Masking(tuple(said.regions) or REGIONS, tuple(said.order_ids), keep)


def _own_names(batch: Rows, said: Mask) -> pl.Series:
    """The name of each row's customer, from one column or several."""
    parts = pl.DataFrame([batch.verbatim(column).alias(f"{place}") for place, column in enumerate(said.names)])
    return parts.select(pl.concat_str(pl.all(), separator=" ", ignore_nulls=True).alias("name"))["name"]
