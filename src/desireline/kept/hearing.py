"""How a workspace reads texts: the tier that was chosen, and a reader that learned from the company's own ratings.

WORKSPACE/voice/tier.json     the tier; "fast" where nothing was chosen
WORKSPACE/voice/own.json      the own reader, when one was trained
"""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from desireline.disk import put
from desireline.errors import LakeDamaged, LakeUnwritable, UnknownTier
from desireline.kept.vectors import KeptVectors
from desireline.text.embedder import find_embedder
from desireline.text.fast import Fast
from desireline.text.multilingual import Multilingual
from desireline.text.reader import Reader

if TYPE_CHECKING:
    from desireline.text.own import OwnReader

FAST, MULTILINGUAL, OWN = "fast", "multilingual", "own"
TIERS = {
    FAST: "English and emoji, by words: thousands of texts a second.",
    MULTILINGUAL: "Some hundred languages, by meaning: some fifty texts a second. Needs the extra [text].",
    OWN: "What it learned from this company's rated comments.",
}


class Hearing(NamedTuple):
    """A reader, and whether it is too slow to keep a question waiting."""

    reader: Reader
    slow: bool = False


def hearing(folder: Path, tier: str | None = None) -> Hearing:
    """How the workspace in this folder reads, or how it would with this tier. Raises UnknownTier, MissingExtra."""
    chosen = tier or tier_of(folder)
    if chosen == FAST:
        return Hearing(Fast())
    if chosen == MULTILINGUAL:
        return Hearing(Multilingual(meaning(folder)), slow=True)
    if chosen == OWN:
        from desireline.text.own import load_own  # noqa: PLC0415  loads what the other tiers do without

        own = load_own(own_file(folder), find=partial(meaning, folder))
        return Hearing(own, slow=own.tier == MULTILINGUAL)
    raise UnknownTier(chosen, TIERS)


def meaning(folder: Path, name: str | None = None) -> KeptVectors:
    """The embedder that reads what texts of the workspace mean, remembering them. Raises MissingExtra."""
    return KeptVectors(find_embedder(name), folder / "derived" / "vectors")


def tier_of(folder: Path) -> str:
    """The tier that was chosen for the workspace. Raises LakeDamaged."""
    path = _tier_file(folder)
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return FAST
    except (OSError, ValueError) as fault:
        raise LakeDamaged(f"{path} cannot be read ({fault}). Delete it to read texts with the fast tier.") from fault
    return str(said.get("tier", FAST)) if isinstance(said, dict) else FAST


def choose_tier(folder: Path, tier: str) -> None:
    """From now on the workspace reads with this tier. Raises UnknownTier, LakeUnwritable."""
    if tier not in TIERS:
        raise UnknownTier(tier, TIERS)
    path = _tier_file(folder)
    try:
        put(path, lambda half: half.write_text(json.dumps({"tier": tier}) + "\n", encoding="utf-8"))
    except OSError as fault:
        raise LakeUnwritable(f"{path} cannot be written: {fault}.") from fault


def keep_own(folder: Path, own: OwnReader) -> None:
    """The workspace has this own reader; which tier it reads with stays as it was. Raises LakeUnwritable."""
    path = own_file(folder)
    try:
        put(path, own.save)
    except OSError as fault:
        raise LakeUnwritable(f"{path} cannot be written: {fault}.") from fault


def own_file(folder: Path) -> Path:
    """Where the own reader of a workspace stands."""
    return folder / "voice" / "own.json"


def _tier_file(folder: Path) -> Path:
    return folder / "voice" / "tier.json"
