"""Which planted problem a finding speaks of: the right thing at the right place, about the right people, since when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bench.calibrate.companies import Claim
from desireline.demo import problems as planted
from desireline.demo.problems import PROBLEMS, Problem

TOP = 15
NEAR = timedelta(weeks=3)
ANYBODY = ("", "channel:web", "channel:mobile", "channel:app")
GIFTS = ("persona:gift-buyer", "property:buys_for=gifts")


@dataclass(frozen=True)
class Sign:
    """How a problem may be told: by these rules, at these places, about these groups (empty: any group)."""

    rules: tuple[str, ...]
    places: tuple[str, ...]
    groups: tuple[str, ...] = ()

    def fits(self, claim: Claim) -> bool:
        """Whether a claim says this."""
        return claim.rule in self.rules and claim.at in self.places and (not self.groups or claim.group in self.groups)


SIGNS: dict[str, tuple[Sign, ...]] = {
    planted.LATE_EAST.id: (Sign(("late",), ("delivery", "dispatch>delivery"), ("property:region=East",)),),
    planted.APP_CHECKOUT.id: (Sign(("failing", "lost"), ("checkout", "checkout>order"), ("channel:app",)),),
    planted.MOBILE_COSTS.id: (Sign(("lost",), ("delivery_costs", "delivery_costs>checkout"), ("channel:mobile",)),),
    planted.HELP_LOOP.id: (
        Sign(("repeating", "loop", "cannot find contact"), ("help_page", "help_page>home", "home>help_page"), ANYBODY),
    ),
    planted.SLOW_EMAIL.id: (Sign(("late", "channel misalignment"), ("answer", "contact>answer"), ("channel:email",)),),
    planted.STUCK_REFUND.id: (
        Sign(("stuck", "lost"), ("return_received", "return_received>refund"), ("channel:store",)),
    ),
    planted.WAREHOUSE_HANDOVER.id: (
        Sign(("repeating", "repeat contact", "effort at a hand off"), ("contact", "handover", "answer")),
    ),
    planted.OVERLAPPING_MAILS.id: (Sign(("campaign overlap",), ("unsubscribe", "newsletter")),),
    planted.DEAD_QUIZ.id: (Sign(("dead touchpoint",), ("style_quiz",)),),
    planted.PARCEL_TRACKING.id: (Sign(("off map touchpoint",), ("parcel_tracking_view",)),),
    planted.SIZE_TOO_LATE.id: (Sign(("out of order",), ("size_guide",)),),
    planted.GIFT_PICK_UP.id: (Sign(("late",), ("pickup",), GIFTS),),
}


def problem_of(claim: Claim, problems: Sequence[Problem] = PROBLEMS) -> Problem | None:
    """The planted problem that a finding speaks of; None where it speaks of something else.

    A finding that says since when is right within three weeks of the day on which the problem began; one that says
    nothing of time is right at any time.
    """
    for problem in problems:
        if any(sign.fits(claim) for sign in SIGNS[problem.id]) and _in_time(claim, problem):
            return problem
    return None


def first_by_problem(claims: Sequence[Claim], *, top: int = TOP) -> dict[str, tuple[int, Claim]]:
    """By problem: the place (from 1) and the claim that tells it first, among the first `top`."""
    found: dict[str, tuple[int, Claim]] = {}
    for place, claim in enumerate(claims[:top], 1):
        problem = problem_of(claim)
        if problem is not None:
            found.setdefault(problem.id, (place, claim))
    return found


def folded_by_problem(claims: Sequence[Claim]) -> dict[str, tuple[int, Claim]]:
    """By problem: where it is told first when folded and late claims count too. For looking, not for the exam."""
    found: dict[str, tuple[int, Claim]] = {}
    for place, lead in enumerate(claims, 1):
        for claim in lead.alone_and_folded():
            problem = problem_of(claim)
            if problem is not None:
                found.setdefault(problem.id, (place, claim))
    return found


def _in_time(claim: Claim, problem: Problem) -> bool:
    if claim.since is None:
        return True
    return problem.since is not None and abs(date.fromisoformat(claim.since) - problem.since) <= NEAR
