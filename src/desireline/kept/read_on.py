"""Reading the texts of a workspace with a slow reader: a sample of each place first, the rest afterwards.

What was read is kept a few texts at a time, so that one may stop at any moment and go on later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from desireline.access import SMALL_GROUP
from desireline.feedback.felt import FELT
from desireline.feedback.voices import of_customers
from desireline.kept.feelings import KEPT, Feelings, text_ids
from desireline.measures.view import View
from desireline.text.sampling import FirstLook, in_sample, look, together

Step = Callable[[str, int, int], None]

SPOKEN: dict[str, pl.DataType] = {
    "id": pl.String(),
    "place": pl.String(),
    "customer_id": pl.String(),
    "rank": pl.Int64(),  # of the place: the narrowest first
}
EVERYWHERE = ""
"""The place under which all places together are told."""


class Spoken:
    """An analysis of walked buckets (see `pipeline.listening`): where each different text was said.

    A text that was said at several places, or that several levels of the map claim, stands at a touchpoint rather
    than a stage, and at a stage rather than the map; of several equal ones at the first on the map.
    """

    def partial(self, view: View) -> pl.DataFrame:
        """The bucket's texts: SPOKEN."""
        spoken = view.trips.answers.filter(of_customers())
        said = spoken.select("text", pl.col("place", "customer_id").cast(pl.String)).drop_nulls()
        outline = view.outline
        narrow_first = [*outline.touchpoint, *(stage.id for stage in outline.stages), outline.map.map.id]
        rank = said["place"].replace_strict(narrow_first, range(len(narrow_first)), default=None).alias("rank")
        return _once(pl.DataFrame([text_ids(said["text"]), said["place"], said["customer_id"], rank]))

    def combine(self, parts: Sequence[pl.DataFrame]) -> pl.DataFrame:
        """All texts, each once for each of its customers."""
        return _once(pl.concat([pl.DataFrame(schema=SPOKEN), *parts]))

    def finish(self, part: pl.DataFrame) -> pl.DataFrame:
        """The texts in the order of their ids."""
        return part.sort("id", "customer_id")


@dataclass(frozen=True)
class ReadOn:
    """The texts of a workspace, on their way from unread to read."""

    feelings: Feelings
    spoken: pl.DataFrame  # SPOKEN, each text once for each of its customers

    def first(self, *, enough: int, step: Step) -> None:
        """So many texts of each place are read, and kept."""
        texts = self._texts
        chosen = in_sample(texts["id"], texts["place"], enough=enough)
        self._read(texts["id"].filter(pl.Series(chosen)), step, "Reading a sample")

    def rest(self, step: Step) -> None:
        """All texts are read, and kept."""
        self._read(None, step, "Reading the rest")

    def looks(self) -> dict[str, FirstLook]:
        """What the texts read so far say about all texts EVERYWHERE, and of each place.

        Places of fewer than five customers are left out, and with one of them the next smallest; nothing is told
        where there are fewer than five customers in all.
        """
        buckets = range(self.feelings.snapshot.buckets)
        known = pl.concat([pl.DataFrame(schema=KEPT), *(self.feelings.known(bucket) for bucket in buckets)])
        read = known.unique("id").with_columns(pl.lit(True).alias("tried"))
        found = self._texts.join(read, on="id", how="left", maintain_order="left")
        places = {str(name): part for (name,), part in found.sort("place", "id").group_by("place", maintain_order=True)}
        looks = {name: _look(part) for name, part in places.items()}
        if self.spoken["customer_id"].n_unique() < SMALL_GROUP:
            return {}
        return {EVERYWHERE: together(list(looks.values())), **{name: looks[name] for name in self._shown}}

    @property
    def left(self) -> bool:
        """True while there are texts that were not read."""
        return any(self.feelings.unread(bucket).height for bucket in range(self.feelings.snapshot.buckets))

    @property
    def _texts(self) -> pl.DataFrame:
        """Each text once, at the first of its places by name."""
        narrowest = pl.col("place").sort_by("rank", "place", nulls_last=True).first()
        return self.spoken.group_by("id").agg(narrowest).sort("id")

    @property
    def _shown(self) -> list[str]:
        """The places of enough customers, without the smallest of them where it would tell of one that is hidden."""
        many = self.spoken.group_by("place").agg(pl.col("customer_id").n_unique().alias("n")).sort("n", "place")
        hidden = many.filter(pl.col("n") < SMALL_GROUP)
        shown = many.filter(pl.col("n") >= SMALL_GROUP)
        alone = hidden.height == 1 or 0 < int(hidden["n"].sum()) < SMALL_GROUP
        return sorted((shown[1:] if alone else shown)["place"].to_list())

    def _read(self, chosen: pl.Series | None, step: Step, what: str) -> None:
        buckets = range(self.feelings.snapshot.buckets)
        nothing = pl.Series("id", [], dtype=pl.String)
        waiting = pl.concat([nothing, *(self.feelings.unread(bucket)["id"] for bucket in buckets)])
        of = len(waiting) if chosen is None else int(waiting.is_in(chosen.implode()).sum())
        done = 0
        step(what, done, of)
        for read in self.feelings.read_more(chosen):
            done += read
            step(what, done, of)


def _once(spoken: pl.DataFrame) -> pl.DataFrame:
    narrowest = pl.col("place", "rank").sort_by("rank", "place", nulls_last=True).first()
    return spoken.group_by("id", "customer_id").agg(narrowest).select(list(SPOKEN))


def _look(part: pl.DataFrame) -> FirstLook:
    level = part[next(iter(FELT))].fill_null(np.nan).to_numpy()
    return look(level, part["tried"].fill_null(False).to_numpy())
