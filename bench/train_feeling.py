"""Trains the head that ships in `src/desireline/text/weights/`, from texts whose licences allow that.

    pip download vaderSentiment==0.5 --no-deps --no-binary :all: -d FOLDER
    python -m bench.train_feeling --archive FOLDER/vaderSentiment-0.5.zip

It learns from sentences rated by people (Hutto and Gilbert 2014, MIT: tweets and product reviews; their editorials and
film reviews are left out, they are not the voice of customers) and from `bench/feeling_sentences.tsv`, written for this
project. Sources weigh the same, and kinds weigh the same within a source. The only setting, how strongly weights are
held back, is chosen on texts left out of the training; no data set of `bench/feelings.py` is looked at.
"""

from __future__ import annotations

import argparse
import hashlib
import io
import itertools
import json
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.stats import spearmanr
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import f1_score

from bench.places import REPOSITORY
from bench.vectors import KeptVectors
from desireline.hashes import hash_text
from desireline.text.e5 import FAMILY
from desireline.text.head import Head, document_of
from desireline.text.reader import kinds

VERSION = 1
SENTENCES = REPOSITORY / "bench" / "feeling_sentences.tsv"
WEIGHTS = REPOSITORY / "src" / "desireline" / "text" / "weights"
ARCHIVE_SHA256 = "5d97c37f3ef6e24eef331122e055dbedafeb6a56abfce0608b326701116ea49a"
INNER = "vaderSentiment-0.5/additional_resources/hutto_ICWSM_2014.tar.gz"
RATED = {"tweets": "tweets_GroundTruth.txt", "products": "amazonReviewSnippets_GroundTruth.txt"}
STRENGTHS = (0.01, 0.03, 0.1, 0.3)
FOLDS = 5
_SCALE = 10.0  # vectors have length 1, so their numbers are small

OWN = "sentences"

Floats = npt.NDArray[np.float64]
Bools = npt.NDArray[np.bool_]


class Texts(NamedTuple):
    """Rated texts and their vectors."""

    vectors: npt.NDArray[np.float32]
    levels: npt.NDArray[np.float64]
    source: npt.NDArray[np.str_]
    language: npt.NDArray[np.str_]
    fold: npt.NDArray[np.int64]

    def only(self, rows: Bools) -> Texts:
        return Texts(*(column[rows] for column in self))


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--archive", type=Path, required=True)
    texts = gathered(asked.parse_args().archive)
    found = {strength: left_out(texts, strength) for strength in STRENGTHS}
    for strength, figures in found.items():
        print(strength, figures)
    strength = max(found, key=lambda one: found[one]["mean_macro_f1"])
    head = trained(texts, strength, record=record(texts, strength, found[strength]))
    WEIGHTS.mkdir(exist_ok=True)
    file = WEIGHTS / f"{head.embedder}.json"
    lines = [f"{json.dumps(key)}: {json.dumps(value, ensure_ascii=False)}" for key, value in document_of(head).items()]
    file.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")
    print(f"wrote {file}, strength {strength}")


def gathered(archive: Path) -> Texts:
    """All texts to learn from, each once, embedded."""
    frames = [*(rated(archive, name) for name in RATED), sentences()]
    frame = pl.concat(frames).unique("text", keep="first", maintain_order=True)
    vectors = KeptVectors().embed(frame["text"].to_list())
    fold = (hash_text(frame["text"]) % np.uint64(FOLDS)).astype(np.int64)
    source, language = (np.array(frame[name].to_list()) for name in ("source", "language"))
    return Texts(vectors, frame["level"].to_numpy(), source, language, fold)


def rated(archive: Path, name: str) -> pl.DataFrame:
    """One set of sentences with the mean of what people said, −4…+4, brought to −2…+2."""
    content = archive.read_bytes()
    if hashlib.sha256(content).hexdigest() != ARCHIVE_SHA256:
        raise SystemExit(f"{archive} is not the source archive of vaderSentiment 0.5 that the head was trained on.")
    packed = zipfile.ZipFile(io.BytesIO(content)).read(INNER)
    with tarfile.open(fileobj=io.BytesIO(packed)) as folder:
        file = folder.extractfile(f"hutto_ICWSM_2014/{RATED[name]}")
        lines = file.read().decode("utf-8", "replace").splitlines() if file else []
    rows = [line.split("\t") for line in lines if line.strip()]
    return frame_of(name, ["en"] * len(rows), [float(row[1]) / 2 for row in rows], texts=[row[-1] for row in rows])


def sentences() -> pl.DataFrame:
    """The sentences written for this project, in sixteen languages."""
    rows = [line.split("\t") for line in SENTENCES.read_text(encoding="utf-8").splitlines()[1:]]
    language, level, texts = ([row[at] for row in rows] for at in range(3))
    return frame_of(OWN, language, [float(one) for one in level], texts=texts)


def frame_of(source: str, language: list[str], level: list[float], *, texts: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"text": texts, "level": level, "language": language}).with_columns(source=pl.lit(source))


def trained(texts: Texts, strength: float, *, record: Mapping[str, Any] | None = None) -> Head:
    """A head learned from these texts. Each source weighs the same, and so does each kind within it."""
    kind = kinds(texts.levels)
    weight = np.ones(len(kind))
    for source, one in itertools.product(np.unique(texts.source), (-1, 0, 1)):
        rows = (texts.source == source) & (kind == one)
        weight[rows] = 1.0 / max(1, rows.sum())
    scaled = texts.vectors.astype(np.float64) * _SCALE
    middle = scaled.mean(axis=0)
    model = LogisticRegression(C=strength, max_iter=5_000, tol=1e-6)
    model.fit(scaled - middle, kind, sample_weight=weight / weight.mean())
    weights, bias = model.coef_ * _SCALE, model.intercept_ - model.coef_ @ middle
    return Head(VERSION, FAMILY, weights.round(4), bias.round(4), record or {})


def left_out(texts: Texts, strength: float) -> dict[str, float]:
    """How well texts are read that were left out of the training: in folds, the sentences language by language."""
    own, foreign = texts.source == OWN, texts.language != "en"
    level, untaught = np.full((2, len(own)), np.nan)
    for held in parts(texts):
        level[held] = trained(texts.only(~held), strength).levels(texts.vectors[held])
    untaught[own] = trained(texts.only(~own), strength).levels(texts.vectors[own])
    of = {source: texts.source == source for source in [*RATED, OWN]}
    macro = {f"{source}_macro_f1": macro_f1(texts.levels[rows], level[rows]) for source, rows in of.items()}
    return {
        "mean_macro_f1": round(float(np.mean(list(macro.values()))), 4),
        **macro,
        **{f"{source}_spearman": spearman(texts.levels[of[source]], level[of[source]]) for source in RATED},
        "sentences_polarity": polarity(texts.levels[own], level[own]),
        "sentences_not_english_polarity": polarity(texts.levels[own & foreign], level[own & foreign]),
        "sentences_macro_f1_from_rated_english_alone": macro_f1(texts.levels[own], untaught[own]),
        "sentences_not_english_polarity_from_rated_english_alone": polarity(
            texts.levels[own & foreign], untaught[own & foreign]
        ),
    }


def parts(texts: Texts) -> Iterator[Bools]:
    """Texts to leave out together: folds of the rated ones, then each language of the sentences."""
    own = texts.source == OWN
    yield from (~own & (texts.fold == fold) for fold in range(FOLDS))
    yield from (own & (texts.language == language) for language in np.unique(texts.language[own]))


def macro_f1(truth: Floats, level: Floats) -> float:
    """The mean of the F1 of negative, neutral and positive."""
    return round(float(f1_score(kinds(truth), kinds(level), average="macro")), 4)


def polarity(truth: Floats, level: Floats) -> float:
    """The share of texts that are not neutral whose level has the right sign."""
    told = kinds(truth) != 0
    return round(float(np.mean(np.sign(truth[told]) == np.sign(level[told]))), 4)


def spearman(truth: Floats, level: Floats) -> float:
    return round(float(spearmanr(truth, level).statistic), 4)


def record(texts: Texts, strength: float, figures: Mapping[str, float]) -> dict[str, Any]:
    """What the head was learned from and how well it reads; it is kept beside the weights."""
    of = {source: int((texts.source == source).sum()) for source in np.unique(texts.source)}
    return {
        "made_by": "bench/train_feeling.py",
        "model": "multinomial logistic regression; sources weigh the same, kinds weigh the same within a source",
        "strength": strength,
        "learned_from": [
            {
                "name": name,
                "n": of[name],
                "licence": "MIT",
                "origin": "C.J. Hutto and E. Gilbert, ICWSM 2014; "
                f"{RATED[name]} in the source archive of vaderSentiment 0.5, sha256 {ARCHIVE_SHA256}",
            }
            for name in RATED
        ]
        + [
            {
                "name": OWN,
                "n": of[OWN],
                "licence": "Apache-2.0",
                "origin": "bench/feeling_sentences.tsv, written for "
                "this project; sentences of different languages say alike things",
            }
        ],
        "languages": sorted(set(texts.language)),
        "left_out_of_training": dict(figures),
        "how_left_out": f"rated texts in {FOLDS} folds by the hash of the text; sentences one language at a time",
    }


if __name__ == "__main__":
    main()
