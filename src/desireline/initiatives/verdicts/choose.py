"""Which method answers, by how the initiative was rolled out and by what the data hold, with the reason in words.

| data | method | grade |
|---|---|---|
| arms drawn by lot, something known before | difference, adjusted (`cuped`) | A |
| arms drawn by lot | difference of two samples (`difference`) | A |
| some groups untreated, or treated later | difference in differences (`did`) | B; D with few groups |
| one series, others that go along with it | structural series (`controls`) | B |
| one series | interrupted series (`interrupted`) | C |

Where it is doubtful that arms were drawn by lot, the grade is B. Grades are those of findings.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from desireline.findings.finding import Grade
from desireline.initiatives.verdicts.arms import Arms, doubts
from desireline.initiatives.verdicts.controls import ALONG, going_along
from desireline.initiatives.verdicts.panel import NEVER, Cells, Panel, cells_of
from desireline.initiatives.verdicts.series import Series, Weeks, weeks_of
from desireline.initiatives.verdicts.target import Plan

Method = Literal["difference", "cuped", "did", "controls", "interrupted"]


@dataclass(frozen=True)
class Choice:
    """The method, why it, the grade that its design allows, and what is doubtful about it."""

    method: Method
    reason: str
    grade: Grade
    warnings: tuple[str, ...] = ()


def choose(data: Arms | Panel | Series, plan: Plan | None = None) -> Choice:
    """What will be done with these data; outcomes of treated customers do not enter the choice."""
    if isinstance(data, Arms):
        return choose_for_arms(data, plan or Plan())
    if isinstance(data, Panel):
        return choose_for_cells(cells_of(data))
    return choose_for_weeks(weeks_of(data))


def choose_for_arms(arms: Arms, plan: Plan) -> Choice:
    """Adjusted where something was known before, else plain."""
    doubtful = doubts(arms, plan)
    grade: Grade = "B" if doubtful else "A"
    if arms.covariates:
        known = ", ".join(arms.covariates)
        reason = f"Who got it was drawn by lot, so the arms are compared, less what was known before ({known})."
        return Choice("cuped", reason, grade, doubtful)
    return Choice("difference", "Who got it was drawn by lot, so the arms are compared as they are.", grade, doubtful)


def choose_for_cells(cells: Cells) -> Choice:
    """Difference in differences where somebody was untreated for a while, else the treated as one series."""
    untreated = int((cells.since == NEVER).sum())
    starts = np.unique(cells.since[cells.treated])
    if not cells.treated.any():
        return Choice("did", "It was rolled out by group, so treated groups are compared with the others.", "B")
    if untreated:
        treated = int(cells.treated.sum())
        late = " (at different times)" if len(starts) > 1 else ""
        reason = (
            f"It was rolled out to {treated} of {treated + untreated} groups{late}, so their change is compared "
            "with that of the untreated groups in the same periods."
        )
        return Choice("did", reason, "B")
    if len(starts) > 1:
        reason = "Every group got it, at different times, so each is compared with those that did not have it yet."
        return Choice("did", reason, "B")
    told = "No group stayed untreated, so the treated groups are one series with nothing to compare."
    return Choice("interrupted", told, "C")


def choose_for_weeks(weeks: Weeks) -> Choice:
    """A structural series where a control series goes along before the start, else the series by itself."""
    used = going_along(weeks)
    if used:
        names = ", ".join(weeks.names[place] for place in used)
        reason = f"Everybody got it, and {names} went along with the number before the start without being touched."
        return Choice("controls", reason, "B")
    if weeks.names:
        told = f"Everybody got it, and no control series went along with the number before the start (r below {ALONG})."
        return Choice("interrupted", told, "C")
    return Choice("interrupted", "Everybody got it and there is nothing to compare with but the weeks before.", "C")
