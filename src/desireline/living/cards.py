"""How well each card is grounded: a grade that is computed from data, with the parts it is made of.

| grade | when |
|---|---|
| contradicted | what is measured lies surely elsewhere than the card says |
| strong | measured and agreeing; 100 customers or more, counted by how lately they were heard; two kinds of sources |
| fair | measured and agreeing, 30 such customers; or its own link measures it; or observed within the half-life |
| weak | something stands behind it, but little, old, or undecided |
| assumed only | nobody observed it, and nothing measures it |

Agreement: a drawn feeling agrees where the interval of the measured emotion lies within half a level of it, and is
contradicted where it lies wholly outside. A pain agrees where things surely go wrong, and is contradicted where they
surely go well. Something that customers do is contradicted where none of many comes. A card that names a measure as
its evidence is read beside that; only for a pain a target that is missed or reached says whether the card is right.
Other lanes cannot be measured. One customer may be heard in several kinds of sources, so kinds are not added up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from desireline.access import SMALL_GROUP
from desireline.living.read import Book, Read
from desireline.living.sentences import percent, signed
from desireline.living.voices import BEHAVIOUR, HALF_LIFE, Heard, Voices
from desireline.maps.outline import Outline, in_order
from desireline.maps.records import Card, Kpi

Grade = Literal["strong", "fair", "weak", "assumed only", "contradicted"]
Agreement = Literal["agrees", "undecided", "contradicted", "not measured"]
GRADES: tuple[Grade, ...] = ("strong", "fair", "weak", "assumed only", "contradicted")

LEVELS = 0.5
"""How far a feeling may lie from the drawn one and still agree."""

STRONG, FAIR = 100, 30
KINDS = 2
TROUBLED, UNTROUBLED, WELL = 0.05, 0.02, 0.5
MANY = 200


@dataclass(frozen=True)
class Graded:
    """A card with its grade and the parts behind it."""

    card: str
    at: str
    lane: str
    says: str
    grade: Grade
    why: str
    evidence: str  # assumption, observation, measure; "" where nothing is said
    observed: date | None
    sources: Mapping[str, int] = field(default_factory=dict)  # kind → customers; small groups left out
    customers: int = 0  # those of the kind with most
    fresh: float = 0.0  # customers, counted by how lately they were heard
    newest: date | None = None
    agreement: Agreement = "not measured"
    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As plain data."""
        return asdict(self)


@dataclass(frozen=True)
class _Agreed:
    """What is measured beside a card."""

    agreement: Agreement = "not measured"
    measure: str = ""
    read: Read | None = None
    says: str = "nothing measures it"


def grade_cards(outline: Outline, voices: Voices, book: Book, *, end: datetime) -> tuple[Graded, ...]:
    """The grades of all live cards, in order. `end` is the end of the data, to which ages are counted."""
    return tuple(_graded(card, outline, voices, book=book, end=end) for card in in_order(outline.map.cards))


def count_grades(cards: tuple[Graded, ...]) -> dict[str, int]:
    """How many cards have each grade, the best first."""
    counted = Counter(card.grade for card in cards)
    return {grade: counted[grade] for grade in GRADES}


def _graded(card: Card, outline: Outline, voices: Voices, *, book: Book, end: datetime) -> Graded:
    heard = {kind: one for kind, one in voices.at(card.at, card.persona).items() if one.customers >= SMALL_GROUP}
    agreed = _agreement(card, outline, voices, book=book)
    behind = _behind(card, heard, agreed)
    fresh = max((one.fresh for one in behind.values()), default=0.0)
    grade, why = _grade(card, agreed, behind, fresh=fresh, end=end)
    evidence = card.evidence
    read = agreed.read
    return Graded(
        card.id,
        card.at,
        card.lane,
        card.says,
        grade,
        why,
        evidence.kind if evidence else "",
        evidence.on if evidence else None,
        sources={kind: one.customers for kind, one in behind.items()},
        customers=max((one.customers for one in behind.values()), default=0),
        fresh=round(fresh, 1),
        newest=max((one.newest.date() for one in behind.values()), default=None),
        agreement=agreed.agreement,
        measure=agreed.measure,
        value=read.value if read else None,
        low=read.low if read else None,
        high=read.high if read else None,
        n=read.n if read else None,
    )


def _behind(card: Card, heard: Mapping[str, Heard], agreed: _Agreed) -> Mapping[str, Heard]:
    """What speaks of the card: of feelings those who spoke, of what is done or goes wrong those who came too."""
    if agreed.measure == "" and card.lane not in ("doing", "pain"):
        return {}
    if card.level is not None:
        return {kind: one for kind, one in heard.items() if kind != BEHAVIOUR}
    return heard


def _agreement(card: Card, outline: Outline, voices: Voices, *, book: Book) -> _Agreed:
    """What is drawn as felt is held against feelings first; every other card against the measure that it names."""
    group = f"persona:{card.persona}" if card.persona else ""
    felt = None if card.level is None else _felt(card.level, book.get("emotion", card.at, group))
    if felt is not None and felt.read is not None:
        return felt
    own = _against_target(card, outline, book, group)
    if own is not None:
        return own
    if felt is not None:
        return felt
    if card.lane == "pain":
        return _hurt(card, book, group)
    if card.lane == "doing":
        return _done(card, outline, voices, book=book)
    return _Agreed()


def _felt(level: float, read: Read | None) -> _Agreed:
    if read is None or read.low is None or read.high is None:
        return _Agreed(says="too few customers said how they feel here")
    ends = f"[{signed(read.low, 1)}, {signed(read.high, 1)}]"
    says = f"drawn {signed(level, 1)}, measured {signed(read.value, 1)} {ends}"
    if read.low > level + LEVELS or read.high < level - LEVELS:
        return _Agreed("contradicted", "emotion", read, says)
    inside = level - LEVELS <= read.low and read.high <= level + LEVELS
    return _Agreed("agrees" if inside else "undecided", "emotion", read, says)


def _hurt(card: Card, book: Book, group: str) -> _Agreed:
    """A pain that names no measure is held against trouble and emotion."""
    trouble, emotion = book.get("trouble", card.at, group), book.get("emotion", card.at, group)
    if trouble and trouble.above(TROUBLED):
        return _Agreed("agrees", "trouble", trouble, f"{percent(trouble.value)} of journeys have trouble here")
    if emotion and emotion.below(0):
        return _Agreed("agrees", "emotion", emotion, f"customers feel {signed(emotion.value, 1)} here")
    well = trouble and trouble.below(UNTROUBLED) and emotion and emotion.above(WELL)
    if well and trouble:
        return _Agreed(
            "contradicted", "trouble", trouble, "hardly any journey has trouble here, and customers feel well"
        )
    read = trouble or emotion
    if read is None:
        return _Agreed()
    return _Agreed("undecided", "trouble" if trouble else "emotion", read, "data neither show it nor rule it out")


def _against_target(card: Card, outline: Outline, book: Book, group: str) -> _Agreed | None:
    """The measure that the card names, beside its target; None where it names none."""
    evidence = card.evidence
    if evidence is None or evidence.measure is None:
        return None
    at = evidence.at or card.at
    read = book.get(evidence.measure, at, group) or book.get(evidence.measure, at)
    if read is None:
        return _Agreed(says=f"{evidence.measure} has no reading at {at}")
    for kpi in _kpis(outline, at):
        if kpi.measure == evidence.measure:
            missed = (kpi.at_least is not None and read.below(kpi.at_least)) or (
                kpi.at_most is not None and read.above(kpi.at_most)
            )
            reached = (kpi.at_least is None or read.above(kpi.at_least)) and (
                kpi.at_most is None or read.below(kpi.at_most)
            )
            word = "missed" if missed else "reached" if reached else "too close to call"
            says = f"its target for {kpi.measure} is {word}"
            pain: Agreement = "agrees" if missed else "contradicted" if reached else "undecided"
            return _Agreed(pain if card.lane == "pain" else "undecided", kpi.measure, read, says)
    return _Agreed("undecided", evidence.measure, read, f"{evidence.measure} is measured, but has no target here")


def _kpis(outline: Outline, at: str) -> list[Kpi]:
    if at == outline.map.map.id:
        return list(outline.map.map.kpis)
    of_stages = [kpi for stage in outline.stages if stage.id == at for kpi in stage.kpis]
    return of_stages + [kpi for point in outline.touchpoints if point.id == at for kpi in point.kpis]


def _done(card: Card, outline: Outline, voices: Voices, *, book: Book) -> _Agreed:
    """Nobody is nobody: a few who come decide nothing, and how many they are is not told."""
    point = outline.touchpoint.get(card.at)
    if point is None or point.when is None:
        return _Agreed(says="no event is bound to this place")
    came = voices.at(card.at, card.persona).get(BEHAVIOUR)
    if came is None:
        whole = voices.at(outline.map.map.id, card.persona).get(BEHAVIOUR)
        many = whole is not None and whole.customers >= MANY
        return _Agreed("contradicted" if many else "not measured", "customers", None, "nobody comes here")
    if came.customers < SMALL_GROUP:
        return _Agreed("undecided", "customers", None, "fewer than 5 customers come here")
    read = book.get("customers", card.at, f"persona:{card.persona}" if card.persona else "")
    return _Agreed("undecided", "customers", read, "customers come here; how, nobody measured")


def _grade(
    card: Card, agreed: _Agreed, behind: Mapping[str, Heard], *, fresh: float, end: datetime
) -> tuple[Grade, str]:
    evidence = card.evidence
    if agreed.agreement == "contradicted":
        return "contradicted", agreed.says
    if agreed.agreement == "agrees" and fresh >= STRONG and len(behind) >= KINDS:
        return "strong", f"{agreed.says}; {len(behind)} kinds of sources"
    if agreed.agreement == "agrees" and fresh >= FAIR:
        return "fair", agreed.says
    if evidence is not None and evidence.kind == "observation":
        age = (end.date() - evidence.on).days if evidence.on else None
        if age is not None and age <= HALF_LIFE:
            return "fair", f"observed {age} days before the end of the data; {agreed.says}"
        when = f"{age} days ago" if age is not None else "on no day that is told"
        return "weak", f"observed {when}; {agreed.says}"
    if evidence is not None and evidence.kind == "measure" and agreed.read and agreed.read.n >= FAIR:
        return "fair", agreed.says
    if agreed.agreement != "not measured":
        return "weak", agreed.says
    return "assumed only", agreed.says
