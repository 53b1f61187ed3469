"""A reader that learned from a company's own rated comments: ratings are free labels.

It reads words and letters (`text/grams.py`), what the fast tier reads, and in the multilingual tier also what a text
means, and weighs them by a multinomial logistic regression in which negative, neutral and positive count the same. How
well it reads is measured on a half that it did not learn from; then it learns from all. It is kept as JSON, as numbers
alone.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy import sparse

from desireline.errors import OwnReaderUnreadable, TooFewRatings
from desireline.hashes import hash_text
from desireline.text.e5 import readable
from desireline.text.embedder import Embedder, Told, Vectors, find_embedder
from desireline.text.fast import Fast
from desireline.text.grams import Grams, grams_of, learn_grams
from desireline.text.head import levels_of, softmax
from desireline.text.heldout import HeldOut, score
from desireline.text.languages import read_languages
from desireline.text.multilingual import can_be_read, signs_alone
from desireline.text.reader import UNTOLD, Levels, Read, kinds

Floats = npt.NDArray[np.float64]
Tier = Literal["fast", "multilingual"]

LEAST = 50
"""Comments rated high, and as many rated low, that it takes to learn and to say how well it went: in each half."""

_FORM = "own/1"  # of the file
_STRENGTH = 1.0  # both chosen by cross-validation within the learning half of labelled tweets
_MEANING = 1.5  # how long vectors count beside grams of length 1
_FEW = 20  # texts in a language up to which it has not been learned
_FEW_SHARE = 0.01
_AT_ONCE = 8_192  # texts whose grams are held at one time
_DIGITS = 5
_FELT = 4  # traits that the fast tier gives
_FAST = Fast()


class _Features(NamedTuple):
    """What n texts are made of."""

    grams: sparse.csr_array  # (n, m)
    traits: Floats  # (n, d): what the fast tier reads; in the multilingual tier also what the text means


@dataclass(frozen=True)
class Weights:
    """What was learned for each of k kinds (two of −1, 0, +1, or all three)."""

    kinds: list[int]
    bias: Floats  # (k,)
    grams: Floats  # (k, m)
    traits: Floats  # (k, d)

    def levels(self, features: _Features) -> Levels:
        scores = np.asarray(features.grams @ self.grams.T) + self.bias
        # Not a matrix product, so that a text has the same level whatever it stands beside.
        scores += np.stack([(features.traits * row).sum(axis=1) for row in self.traits], axis=1)
        shares = np.zeros((len(scores), 3))
        shares[:, [kind + 1 for kind in self.kinds]] = softmax(scores)
        return levels_of(shares)


@dataclass(frozen=True)
class OwnReader:
    """Reads feelings as a company's own ratings taught it. `train_own` makes one, `load_own` reads one from a file."""

    weights: Weights
    grams: tuple[Grams, ...]
    languages: frozenset[str]  # those that it learned from
    held_out: HeldOut
    embedder: Embedder | None = None  # in the multilingual tier

    @property
    def tier(self) -> Tier:
        return "multilingual" if self.embedder else "fast"

    @cached_property
    def name(self) -> str:
        """Readers of one name read every text alike."""
        content = json.dumps(self.document(), sort_keys=True).encode()
        return f"own/{hashlib.sha256(content).hexdigest()[:12]}"

    def read(self, texts: Sequence[str]) -> Read:
        """The feeling and the language of each text.

        Unread are texts in which nothing is said, those in a language that was not learned from (nor, in the
        multilingual tier, known to the model), and those of which no gram is known. Emoji alone are read by the fast
        tier.
        """
        language = read_languages(texts)
        known = self.languages | (self.embedder.languages if self.embedder else frozenset())
        rows = [row for row, text in enumerate(texts) if can_be_read(text, language[row], known)]
        level = signs_alone(texts)
        for first in range(0, len(rows), _AT_ONCE):
            some = rows[first : first + _AT_ONCE]
            level[some] = self._levels([texts[row] for row in some])
        return Read(level, language)

    def _levels(self, texts: Sequence[str]) -> Levels:
        vectors = self.embedder.embed(texts) if self.embedder else None
        features = _features(texts, self.grams, vectors)
        met = np.diff(features.grams.indptr) > 0
        return np.where(met | (vectors is not None), self.weights.levels(features), np.nan)

    def document(self) -> dict[str, Any]:
        """The reader as plain data, for a file."""
        weights = self.weights
        return {
            "own_reader": _FORM,
            "embedder": self.embedder.name if self.embedder else None,
            "fast": _FAST.name,
            "languages": sorted(self.languages),
            "held_out": asdict(self.held_out),
            "kinds": weights.kinds,
            "bias": weights.bias.tolist(),
            "traits": weights.traits.tolist(),
            "grams": [{**grams.document(), "weights": part.tolist()} for grams, part in self._parts()],
        }

    def _parts(self) -> Iterator[tuple[Grams, npt.NDArray[np.float64]]]:
        ends = np.cumsum([len(grams.places) for grams in self.grams])[:-1]
        return zip(self.grams, np.split(self.weights.grams, ends, axis=1), strict=True)

    def save(self, file: Path) -> None:
        """Writes the reader to a JSON file."""
        file.write_text(json.dumps(self.document(), separators=(",", ":")), encoding="utf-8")


def load_own(
    file: Path, *, embedder: Embedder | None = None, find: Callable[[str], Embedder] = find_embedder
) -> OwnReader:
    """The reader in this file, of the name that it was saved with; `find` gives the embedder that it learned with.

    Raises `OwnReaderUnreadable` where the file holds none, or one that learned with another version of the embedder or
    of the fast tier, and `MissingExtra` where it needs an embedder and none is installed.
    """
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        form, made_with, fast = document["own_reader"], document["embedder"], document["fast"]
    except (OSError, ValueError, KeyError, TypeError) as fault:
        raise OwnReaderUnreadable(file, f"It holds no reader ({type(fault).__name__}).") from None
    embedder = (embedder or find(made_with)) if made_with else None
    here = (_FORM, embedder.name if embedder else None, _FAST.name)
    for then, now in zip((form, made_with, fast), here, strict=True):
        if then != now:
            raise OwnReaderUnreadable(file, f"It learned with {then}, and {now} is installed.")
    try:
        return _own_of(document, embedder)
    except (ValueError, KeyError, TypeError) as fault:
        raise OwnReaderUnreadable(file, f"It is damaged ({type(fault).__name__}).") from None


def _own_of(document: Mapping[str, Any], embedder: Embedder | None) -> OwnReader:
    weights = Weights(
        kinds=list(document["kinds"]),
        bias=np.array(document["bias"], dtype=float),
        grams=np.concatenate([np.array(part["weights"], dtype=float) for part in document["grams"]], axis=1),
        traits=np.array(document["traits"], dtype=float),
    )
    grams = tuple(grams_of(part) for part in document["grams"])
    held_out = HeldOut(**document["held_out"])
    return OwnReader(weights, grams, frozenset(document["languages"]), held_out, embedder)


def train_own(
    texts: Sequence[str],
    levels: Levels,
    *,
    tier: Tier = "fast",
    embedder: Embedder | None = None,
    told: Told | None = None,
) -> OwnReader:
    """A reader that learned from all these rated texts, with its figures on a half that was held out before.

    `levels` are the ratings from −2 (worst) to +2 (best), shape (n,); rows with NaN or an empty text are left out. A
    text is held out by its own hash, so equal texts are in one half, and the order of rows does not matter. Raises
    `TooFewRatings` with fewer than 50 comments rated high, or as few rated low, in either half, and `MissingExtra`
    where the multilingual tier is asked for without its package.
    """
    embedder = (embedder or find_embedder()) if tier == "multilingual" else None
    rated = _in_order(texts, levels)
    kept, level = rated["text"].to_list(), rated["level"].to_numpy()
    held = rated["hash"].to_numpy() >> np.uint64(63) == 1
    _check(kinds(level), held)
    vectors = embedder.embed(kept, told=told) if embedder else None
    first_half = [text for text, out in zip(kept, held, strict=True) if not out]
    weights, grams = _learn(first_half, level[~held], None if vectors is None else vectors[~held])
    other_half = [text for text, out in zip(kept, held, strict=True) if out]
    read = weights.levels(_features(other_half, grams, None if vectors is None else vectors[held]))
    weights, grams = _learn(kept, level, vectors)
    found = score(level[held], read)
    return OwnReader(weights, grams, _learned_languages(kept), found, embedder)


def _in_order(texts: Sequence[str], levels: Levels) -> pl.DataFrame:
    """The rated texts in the order of their hashes, whatever order they came in."""
    text = pl.Series([readable(text) for text in texts], dtype=pl.String)
    rated = pl.DataFrame({"text": text, "level": np.asarray(levels, dtype=np.float64)})
    rated = rated.filter(pl.col("level").is_not_nan() & (pl.col("text").str.strip_chars() != ""))
    return rated.with_columns(hash=pl.Series(hash_text(rated["text"]), dtype=pl.UInt64)).sort("hash", "text", "level")


def _check(kind: npt.NDArray[np.int8], held: npt.NDArray[np.bool_]) -> None:
    high, low = (min(int(((kind == one) & (held == half)).sum()) for half in (True, False)) for one in (1, -1))
    if min(high, low) < LEAST:
        raise TooFewRatings(high, low, LEAST)


def _learn(texts: Sequence[str], level: Levels, vectors: Vectors | None) -> tuple[Weights, tuple[Grams, ...]]:
    """The grams of these texts, and what they, the fast tier and the vectors tell about the kind of a text."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  a second to load, and only to learn

    learned = [learn_grams(kind, texts) for kind in ("words", "letters")]
    traits = _traits(texts, vectors)
    size = np.where(np.arange(traits.shape[1]) < _FELT, 1.0, _MEANING)
    middle = traits.mean(axis=0)
    columns = [*(matrix for _, matrix in learned), sparse.csr_array((traits - middle) * size)]
    model = LogisticRegression(C=_STRENGTH, class_weight="balanced", max_iter=5_000)
    model.fit(sparse.hstack(columns, format="csr"), kinds(level))
    rows, bias = model.coef_, model.intercept_
    if len(rows) == 1:  # two kinds: one row tells the second from the first
        rows, bias = np.concatenate([-rows, rows]) / 2, np.concatenate([-bias, bias]) / 2
    of_grams, of_traits = np.split(rows, [rows.shape[1] - len(size)], axis=1)
    of_traits = of_traits * size
    weights = Weights(
        kinds=[int(kind) for kind in model.classes_],
        bias=(bias - of_traits @ middle).round(_DIGITS),
        grams=of_grams.round(_DIGITS),
        traits=of_traits.round(_DIGITS),
    )
    return weights, tuple(grams for grams, _ in learned)


def _features(texts: Sequence[str], grams: Sequence[Grams], vectors: Vectors | None) -> _Features:
    return _Features(sparse.hstack([one.matrix(texts) for one in grams], format="csr"), _traits(texts, vectors))


def _traits(texts: Sequence[str], vectors: Vectors | None) -> Floats:
    """What the fast tier reads in each text (nothing where it abstains), then the vector if there is one."""
    level = np.nan_to_num(_FAST.read(texts).level)
    felt = np.stack([level, np.abs(level), kinds(level) > 0, kinds(level) < 0], axis=1)
    return felt if vectors is None else np.concatenate([felt, vectors], axis=1)


def _learned_languages(texts: Sequence[str]) -> frozenset[str]:
    """Languages of enough of the texts to have been learned."""
    least = max(_FEW, _FEW_SHARE * len(texts))
    return frozenset(language for language, n in Counter(read_languages(texts)).items() if n >= least) - {UNTOLD}
