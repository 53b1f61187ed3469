"""Reading the texts of a workspace with a slow reader: a sample of each place first, the rest afterwards.

What was read is kept a few texts at a time, so that one may stop at any moment and go on later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.feedback.felt import FELT
from desireline.kept.feelings import Feelings, text_ids
from desireline.measures.view import View
from desireline.text.sampling import FirstLook, in_sample, look, together

Step = Callable[[str, int, int], None]

SPOKEN: dict[str, pl.DataType] = {"id": pl.String(), "place": pl.String()}
EVERYWHERE = ""
"""The place under which all places together are told."""


class Spoken:
    """An analysis of walked buckets (see `pipeline.listening`): where each different text was said.

    A text that was said at several places, or that several levels of the map claim, stands at the first by name.
    """

    def partial(self, view: View) -> pl.DataFrame:
        """The bucket's texts: SPOKEN."""
        said = view.trips.answers.select("text", pl.col("place").cast(pl.String)).drop_nulls()
        return _once(pl.DataFrame([text_ids(said["text"]), said["place"]]))

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All texts, each once."""
        return _once(pl.concat([pl.DataFrame(schema=SPOKEN), *parts]))

    def finish(self, part: pl.DataFrame) -> pl.DataFrame:
        """The texts in the order of their ids."""
        return part.sort("id")


@dataclass(frozen=True)
class ReadOn:
    """The texts of a workspace, on their way from unread to read."""

    feelings: Feelings
    spoken: pl.DataFrame  # SPOKEN, each text once

    def first(self, *, enough: int, step: Step) -> None:
        """So many texts of each place are read, and kept."""
        chosen = in_sample(self.spoken["id"], self.spoken["place"], enough=enough)
        ids = self.spoken["id"].filter(pl.Series(chosen))
        self._read(ids, step, "Reading a sample")

    def rest(self, step: Step) -> None:
        """All texts are read, and kept."""
        self._read(None, step, "Reading the rest")

    def looks(self) -> dict[str, FirstLook]:
        """What the texts read so far say about all texts of each place, and EVERYWHERE."""
        known = pl.concat([self.feelings.known(bucket) for bucket in range(self.feelings.snapshot.buckets)])
        found = self.spoken.join(
            known.unique("id").with_columns(pl.lit(True).alias("tried")), on="id", how="left", maintain_order="left"
        )
        places = {str(name): part for (name,), part in found.sort("place", "id").group_by("place", maintain_order=True)}
        looks = {name: _look(part) for name, part in places.items()}
        return {EVERYWHERE: together(list(looks.values())), **looks}

    def _read(self, chosen: pl.Series | None, step: Step, what: str) -> None:
        buckets = range(self.feelings.snapshot.buckets)
        waiting = pl.concat([self.feelings.unread(bucket)["id"] for bucket in buckets]) if buckets else pl.Series([])
        of = len(waiting) if chosen is None else int(waiting.is_in(chosen.implode()).sum())
        done = 0
        step(what, done, of)
        for read in self.feelings.read_more(chosen):
            done += read
            step(what, done, of)


def _once(spoken: pl.DataFrame) -> pl.DataFrame:
    return spoken.group_by("id").agg(pl.col("place").min())


def _look(part: pl.DataFrame) -> FirstLook:
    level = part[next(iter(FELT))].fill_null(np.nan).to_numpy()
    return look(level, part["tried"].fill_null(False).to_numpy())
