"""The rule: a kind of customers is lost more often."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Harm, Who
from desireline.findings.gather.subgroups import KINDS, Kind, open_kind
from desireline.findings.rule import rule
from desireline.findings.telling import telling
from desireline.findings.words import percent


@rule("Some kinds of customers are lost more often", needs=(KINDS,), family="churn pattern", opens=open_kind)
def churning_kind(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
    """Customers of one kind, by one or two of their properties, are lost more often than all others.

    Lost is who does not come to success, or comes to a touchpoint at which customers leave for good. Compared are
    journeys that began at the same touchpoint in the same channel. Two properties are told together only where they
    tell more than each of them. It is a difference, not a cause: what else differs between kinds is not held constant.

    Why it matters: where losses gather, help can be aimed.
    What helps: ask ten of them why; look at what the map promises them.
    """
    for kind in dossier.get(KINDS).found:
        yield Check(_finding(dossier, kind) if kind.found.gap[0] > 0 else None, float(kind.found.over(smallest)[0]))


def _finding(dossier: Dossier, kind: Kind) -> Finding:
    found, at = kind.found, dossier.outline.map.map.id
    people = int(found.people[0])
    says = (
        f"{percent(float(found.share[0]))} of the journeys of customers whose {' and '.join(kind.names)} are lost; "
        f"{percent(float(found.other[0]))} of those of others that began alike ({people:,} customers)."
    )
    gap, low, high = float(found.gap[0]), float(found.low[0]), float(found.high[0])
    effect = Effect("journeys lost, of this kind against others", gap, low, high, "share", people, int(found.others[0]))
    return Finding(
        rule="churning kind",
        at=at,
        says=says,
        effect=effect,
        customers=people,
        who=Who("churning kind", at, group=" & ".join(kind.groups)),
        harms=(Harm("conversion", -gap, -high, -low),) if low > 0 else (),
        journeys=int(found.exposed[0]),
        weight=telling(effect),
    )
