"""Dice: one random generator per part of the company, so a change in one leaves the others alone."""

from __future__ import annotations

import zlib

import numpy as np
import numpy.typing as npt

F64 = npt.NDArray[np.float64]
I64 = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.str_]
Dice = np.random.Generator

HOUR = 3600.0
DAY = 86_400.0


def dice_for(seed: int, part: str) -> Dice:
    """A generator that depends on the seed and the part's name only."""
    return np.random.Generator(np.random.PCG64([seed, zlib.crc32(part.encode())]))


def heads(dice: Dice, share: F64 | float, count: int) -> Flags:
    """True with the given probability, `count` times; one probability for all, or one each."""
    return np.asarray(dice.random(count) < share)


def heavy_tail(dice: Dice, count: int, *, exponent: float, most: int) -> I64:
    """Whole numbers from 1 to `most` with many ones and a long tail (Zipf)."""
    return np.minimum(dice.zipf(exponent, count), most).astype(np.int64)


def waits(dice: Dice, count: int, *, median: float, spread: float) -> F64:
    """Waiting times in the unit of `median`, skewed as real ones are (log-normal)."""
    return median * np.exp(spread * dice.standard_normal(count))
