"""Measures of feeling beyond scores: what texts tell, where things went wrong, and how customers felt after that.

`emotion` puts them together; see `measures.emotion`.
"""

from __future__ import annotations

from functools import partial

import numpy as np
import polars as pl

from desireline.feedback.voices import of_customers
from desireline.measures.codes import Flags
from desireline.measures.emotion import NAME, NEEDS, Together
from desireline.measures.mean import Mean
from desireline.measures.measure import measure
from desireline.measures.rows import Observations
from desireline.measures.share import Share
from desireline.measures.view import View
from desireline.measures.visits import ON_THE_MAP
from desireline.measures.voice import PARTS, SCALED, feeling, told

LEVEL = Mean(PARTS)
_READ = pl.col("sentiment").is_not_null() & of_customers()

felt = partial(measure, unit="level", family=LEVEL, places=ON_THE_MAP, minimum=10, per_team="rows", speaks_of="answers")
"""What means of feeling have in common."""


@felt("sentiment", title="Feeling in texts")
def sentiment(view: View) -> Observations:
    """The mean feeling that customers' own words tell, from −2 (awful) to +2 (delighted).

    Denominator: texts that were read. Texts in a language that is not read here, and texts without words, count as
    unread, never as neutral. Notes of staff and interviewers are not the customer's voice and are left out. The
    interval speaks of chance alone, not of how well texts are read: see the page on how well the voice is read.
    """
    return told(view, (pl.col("sentiment") * PARTS).round(), pl.lit(1), where=_READ)


@measure(
    "unread",
    title="Unread texts",
    unit="share",
    family=Share(),
    places=ON_THE_MAP,
    minimum=5,
    per_team="rows",
    speaks_of="answers",
)
def unread(view: View) -> Observations:
    """The share of texts whose feeling could not be read: another language, no words, or not read yet.

    Denominator: answers with a text in a customer's voice.
    """
    spoken = pl.col("text").is_not_null() & of_customers()
    return told(view, pl.col("sentiment").is_null().cast(pl.Int64), pl.lit(1), where=spoken)


@measure("trouble", title="Trouble", unit="share", family=Share(), places=ON_THE_MAP, minimum=5, per_team="rows")
def trouble(view: View) -> Observations:
    """The share of journeys in which something went wrong here: a step failed, or came later than promised.

    Map: anywhere in the journey. Denominator: journeys that came here, those under way included. A step for which
    nothing was promised and whose failure is not recorded counts as fine.
    """
    return Observations(view.visits, x=_troubled(view))


@felt("feeling_after_trouble", title="Feeling after trouble")
def feeling_after_trouble(view: View) -> Observations:
    """The mean feeling of scores given about this place by customers for whom something went wrong here.

    Denominator: scored answers with a known scale whose journey came here and had trouble here.
    """
    return _felt(view, in_trouble=True)


@felt("feeling_without_trouble", title="Feeling without trouble")
def feeling_without_trouble(view: View) -> Observations:
    """The mean feeling of scores given about this place by customers for whom nothing went wrong here.

    Denominator: scored answers with a known scale whose journey came here and had no trouble here.
    """
    return _felt(view, in_trouble=False)


@measure(
    NAME,
    title="Emotion",
    unit="level",
    family=Together(),
    places=ON_THE_MAP,
    per_team="rows",
    speaks_of="answers",
    needs=NEEDS,
)
def emotion(view: View) -> Observations:
    """How customers feel here, from −2 (awful) to +2 (delighted): scores, texts and what happened, put together.

    Each source counts by how sure it is (inverse variance). Scores: `feeling`. Texts: `sentiment`. What happened:
    the feelings after trouble and without it, each by its share of all journeys (`trouble`), where both kinds of
    customers were asked. The band allows for sources that speak of the same customers, and for sources that
    disagree. Customers: those who gave a score on a known scale, or a text that was read.
    """
    spoke = (pl.col("score").is_not_null() & SCALED) | _READ
    return told(view, pl.lit(1), pl.lit(1), where=spoke)


def _felt(view: View, *, in_trouble: bool) -> Observations:
    """`feeling`, of those answers only whose journey had trouble here, or had none."""
    seen, rows = feeling(view), view.answered
    if seen.m is None or not len(rows):
        return seen
    row = np.where(rows.place == 0, rows.journey, view.stays.find(rows.place, np.maximum(rows.journey, 0)))
    known = (rows.journey >= 0) & (row >= 0)
    here = known & (np.append(_troubled(view), False)[np.where(known, row, -1)] == in_trouble)
    return Observations(rows, x=np.where(here, seen.x, 0), m=np.where(here, seen.m, 0))


def _troubled(view: View) -> Flags:
    """By row of `visits`: did a step fail here, or come too late?"""
    steps = view.steps.frame
    wrong: Flags = (steps["failed"].fill_null(False) | ~steps["kept"].fill_null(True)).to_numpy()
    whole = np.zeros(view.stays.journeys, dtype=np.bool_)
    whole[view.steps.journey[wrong]] = True
    return view.stays.column(whole, view.stays.count(wrong, wrong) > 0)
