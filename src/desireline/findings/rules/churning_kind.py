"""The rule: a kind of customers is lost more often."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Harm, Who
from desireline.findings.gather.meanings import badly
from desireline.findings.gather.subgroups import KINDS, Kind, Kinds, open_kind
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent

MOST = 5  # other kinds that are told beside one
LEVEL = 0.05


@rule(
    "Some kinds of customers are lost more often", needs=(KINDS,), family="churn pattern", opens=open_kind, exact=False
)
def churning_kind(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Customers of one kind, by one or two of their properties, are lost more often than all others.

    Lost is who does not come to success, or comes to a touchpoint at which customers leave for good; where the map
    promises something for the whole journey, also who does not get it. Compared are
    journeys that began at the same touchpoint in the same channel. Two properties are told together only where they
    tell more than each of them. A second property is told beside the first only where it makes a difference among
    customers who are alike in the first. It is a difference, not a cause: what else differs is not held constant.

    Why it matters: where losses gather, help can be aimed.
    What helps: ask ten of them why; look at what the map promises them.
    """
    kinds = sorted(dossier.get(KINDS).found, key=lambda kind: (float(kind.found.over(smallest)[0]), kind.groups))
    apart = _apart(dossier.get(KINDS), smallest)
    told = [kind for kind in kinds if kind.adds]
    for kind in kinds:
        inside = apart.get(kind.groups[0]) if len(kind.groups) == 1 else None
        beside = told if inside is None else [one for one in told if kind.groups[0] in one.groups]
        finding = _finding(dossier, kind, beside=beside) if kind.adds and kind.found.gap[0] > 0 else None
        found = finding and replace(finding, apart=inside is not None)
        yield Check(found, max(float(kind.found.over(smallest)[0]), inside or 0.0))


def _apart(kinds: Kinds, smallest: float) -> dict[str, float]:
    """Kinds of one property that stand out also among those who are alike in each kind told before, the clearest first.

    By kind the largest p of its difference within them being no larger than `smallest`.
    """
    singles = [kind for kind in kinds.found if len(kind.groups) == 1 and float(kind.found.over(smallest)[0]) <= LEVEL]
    found: dict[str, float] = {}
    for kind in sorted(singles, key=lambda one: (-telling(_effect("", one)), one.groups)):
        within = [kinds.within(kind.groups[0], told) for told in found]
        p = [1.0 if one is None else float(one.over(smallest)[0]) for one in within]
        if max(p, default=0.0) <= LEVEL:
            found[kind.groups[0]] = max(p, default=0.0)
    return found


def _finding(dossier: Dossier, kind: Kind, *, beside: Sequence[Kind]) -> Finding:
    found, at = kind.found, dossier.outline.map.map.id
    people, promise = int(found.people[0]), dossier.outline.map.map.promise
    whose, lost = " and ".join(kind.names), badly(dossier.outline)
    says = (
        f"{percent(float(found.share[0]))} of the journeys of customers whose {whose} {lost}; "
        f"{percent(float(found.other[0]))} of those of others that began alike."
    )
    effect = _effect("journeys lost, of this kind against others", kind)
    low, high = float(found.low[0]), float(found.high[0])
    return Finding(
        rule="churning kind",
        at=at,
        says=says,
        effect=effect,
        customers=people,
        who=Who("churning kind", at, group=kind.groups[0], also=kind.groups[1:]),
        evidence=tuple(_others(kind, beside)),
        harms=(Harm("conversion", -effect.value, -high, -low),) if low > 0 and not promise else (),
        journeys=int(found.exposed[0]),
        weight=telling(effect),
    )


def _others(kind: Kind, beside: Sequence[Kind]) -> Iterator[Effect]:
    """Other kinds that are lost more often, one for each property or pair of them, the surest first."""
    said = {_properties(kind)}
    for other in beside:
        if other.found.low[0] > 0 and _properties(other) not in said and len(said) <= MOST:
            said.add(_properties(other))
            yield _effect(f"the same where {' and '.join(other.names)}", other)


def _properties(kind: Kind) -> tuple[str, ...]:
    return tuple(group.partition("=")[0] for group in kind.groups)


def _effect(says: str, kind: Kind) -> Effect:
    gap, low, high = (float(one[0]) for one in (kind.found.gap, kind.found.low, kind.found.high))
    return Effect(says, gap, low, high, "share", int(kind.found.people[0]), int(kind.found.others[0]))
