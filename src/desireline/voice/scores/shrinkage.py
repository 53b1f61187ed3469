"""Small cells, moved towards their parent by as much as cells of this kind are seen to differ.

Shrunk = parent + n / (n + M) · (raw − parent). M is how many answers the parent is worth beside a cell's own. One
formula serves all kinds: for a share it is the mean of the beta-binomial law, for a mean that of the normal-normal,
and for a net promoter score that of the Dirichlet-multinomial over promoters, passives and detractors.

M = (1 − ρ) / ρ with ρ the intraclass correlation of answers in one cell, by the analysis of variance of cells
within their parents; categories are added up. Source: Kleinman 1973, JASA 68, 46–54; Ridout, Demétrio & Firth 1999,
Biometrics 55, 137–148.
"""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt

from desireline.measures.clusters import Floats

ENOUGH: Final = 2
"""Degrees of freedom between cells below which nobody can say how much cells differ."""


def worth_of_parent(parents: npt.NDArray[np.int64], n: Floats, sums: Floats, squares: Floats) -> float:
    """M, from 0 (cells differ as much as answers do) to ∞ (they do not differ); NaN: too few cells to know.

    `parents` numbers each cell's parent; `n` (k,) answers; `sums` and `squares` (k, categories) of what is
    averaged: the scores, or a 1 for the category that was chosen. Cells without answers say nothing.
    """
    full = n > 0
    parents, n, sums, squares = parents[full], n[full], sums[full], squares[full]
    _, parent = np.unique(parents, return_inverse=True)
    total = np.bincount(parent, n)
    between = len(n) - len(total)
    within = n.sum() - len(n)
    if between < ENOUGH or within < 1:
        return float("nan")
    of_parent = np.stack([np.bincount(parent, column) for column in sums.T], axis=1) / total[:, None]
    means = sums / n[:, None]
    across = float((n[:, None] * (means - of_parent[parent]) ** 2).sum()) / between
    inside = float((squares - n[:, None] * means**2).sum()) / within
    size = float((total - np.bincount(parent, n * n) / total).sum()) / between
    variance = max(across - inside, 0.0) / size
    if inside <= 0:
        return float("nan") if variance == 0 else 0.0
    return float("inf") if variance == 0 else inside / variance


def shrink(raw: Floats, parent: Floats, n: Floats, *, worth: float) -> Floats:
    """The raw values moved towards their parents' by what a parent is worth; NaN where that is not known."""
    if np.isnan(worth):
        return np.full(np.shape(raw), np.nan)
    own = np.zeros_like(n) if np.isinf(worth) else n / (n + worth)
    moved: Floats = parent + own * (raw - parent)
    return moved
