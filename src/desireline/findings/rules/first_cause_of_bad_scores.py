"""What went wrong first where many answers are bad."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from desireline.findings.deviating import open_deviation
from desireline.findings.dossier import Dossier
from desireline.findings.evidence import share_over
from desireline.findings.finding import Check, Finding, Who
from desireline.findings.gaps import Gap, between
from desireline.findings.gather.rates import RATES
from desireline.findings.gather.voiced import TEXTS, VOICED, Voiced
from desireline.findings.heard import Told, gap_effect, harm, told
from desireline.findings.rule import rule
from desireline.findings.scales import say_score, step, stretched
from desireline.findings.shares import in_arrays
from desireline.findings.words import percent
from desireline.measures.clusters import Clusters

FEWEST = 20
MORE = 3
"""So many further causes stand beside the first."""

_HAD = {
    "late": "{} came late",
    "failed": "{} failed",
    "repeated": "{} had to be done again",
    "missing": "{} was left out",
}


class Cause(NamedTuple):
    """Something that had gone wrong before the answer, and those who had it against those who had not."""

    kind: str
    at: str
    gap: Gap
    lost: float  # levels that the mean of all answers is lower for it


@rule("The first cause of bad scores", needs=(VOICED, RATES), symptom=True, opens=open_deviation)
def first_cause_of_bad_scores(dossier: Dossier, *, acceptable: float = 0.1, smallest: float = 0.5) -> Iterator[Check]:
    """Where more answers are bad than is acceptable: what had happened to those who gave them.

    Looked at is what came late, failed, was done again or was left out before the answer, anywhere in the journey. The
    first cause is the one that lowers the mean of all answers most: how many had it, times how much lower they score.
    `acceptable` is the share of answers on the worse half of the scale that is no finding yet; `smallest` the
    difference in levels, from −2 to +2, that matters. With and without differ in other ways too: this is no experiment.

    Why it matters: a mean score says that something is wrong, not what. Bad scores have causes that can be counted.
    What helps: take the first cause first. What it costs in score is what mending it may bring at most.
    """
    voiced = dossier.get(VOICED)
    places = [dossier.outline.map.map.id, *(stage.id for stage in dossier.outline.stages), *dossier.outline.touchpoint]
    for place in places:
        bad = voiced.bad(place)
        causes = _causes(voiced, place) if bad is not None and voiced.scales[place] != TEXTS else []
        if bad is None or not causes:
            continue
        many = float(share_over(in_arrays([bad]), acceptable)[0])
        for cause in causes:
            p = max(many, cause.gap.below(smallest))
            yield Check(_finding(dossier, place, causes=causes, bad=bad) if cause is causes[0] else None, p)


def _causes(voiced: Voiced, place: str) -> list[Cause]:
    """All that could be a cause, the one that costs most first."""
    everybody = voiced.feeling(place)
    found = []
    for (kind, at), (having, lacking) in voiced.causes(place).items():
        enough = everybody is not None and min(int(having.n), int(lacking.n)) >= FEWEST
        gap = between(having, lacking, step=step(everybody.scale)) if everybody and enough else None
        if gap is not None and everybody is not None:
            found.append(Cause(kind, at, gap, -gap.value * float(having.m) / float(everybody.sums.m)))
    return sorted(found, key=lambda one: (-one.lost, one.kind, one.at))


def _finding(dossier: Dossier, place: str, *, causes: list[Cause], bad: Clusters) -> Finding | None:
    voiced, first = dossier.get(VOICED), causes[0]
    whole = told(voiced, place)
    if whole is None or first.lost <= 0:
        return None
    scale, had = whole.scale, _HAD[first.kind].format(dossier.title(first.at))
    having, lacking = Told(scale, first.gap.first), Told(scale, first.gap.second)
    lost = abs(stretched(first.lost, scale))
    says = (
        f"{percent(float(bad.ratio))} of the answers about {dossier.title(place)} are bad. Their first cause: {had}. "
        f"Customers score {having.says()} then, else {lacking.says()}; "
        f"it lowers the mean of {say_score(whole.level, scale)} by {lost:.2f}."
    )
    others = [
        gap_effect(f"score when {_HAD[one.kind].format(dossier.title(one.at))}, against without", one.gap, scale)
        for one in causes[1 : 1 + MORE]
        if one.gap.interval[2] < 0
    ]
    return Finding(
        rule="first cause of bad scores",
        at=first.at,
        says=says,
        effect=gap_effect("score with it, against without", first.gap, scale),
        customers=_came(dossier, first),
        who=Who(first.kind, first.at),
        evidence=(having.effect("score with it"), lacking.effect("score without it"), *others),
        quotes=voiced.quotes(place),
        harms=harm(first.gap, scale),
    )


def _came(dossier: Dossier, cause: Cause) -> int:
    """All customers to whom it happened, whether they answered or not."""
    cell = dossier.get(RATES).groups(cause.kind, cause.at).get("")
    return int(cell.whole[-1]) if cell else 0
