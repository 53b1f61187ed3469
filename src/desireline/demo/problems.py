"""The twelve problems that can be planted in the demo company, with the true size of each. Nothing else is wrong."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True)
class Problem:
    """One planted problem: where it sits, in what it shows, and the true parameters behind it."""

    id: str
    kind: str
    place: str
    says: str
    shows_in: tuple[str, ...]
    size: Mapping[str, float]
    where: Mapping[str, str] = field(default_factory=dict)
    since: date | None = None
    healthy: Mapping[str, float] = field(default_factory=dict)  # in place of `size` where it is not planted

    def as_record(self) -> dict[str, Any]:
        """The problem as it stands in the truth file."""
        return {
            "id": self.id,
            "kind": self.kind,
            "place": self.place,
            "where": dict(self.where),
            "since": self.since.isoformat() if self.since else None,
            "shows_in": list(self.shows_in),
            "size": dict(self.size),
            "says": self.says,
        }


LATE_EAST = Problem(
    id="late-in-the-east",
    kind="late",
    place="delivery",
    where={"property:region": "East"},
    since=date(2026, 2, 16),
    shows_in=("deviation late", "measure promise_kept", "measure score"),
    size={
        "late": 0.42,
        "late_elsewhere": 0.07,
        "stars_on_time": 4.4,
        "stars_late": 2.6,
        "contact_when_late": 0.3,
    },
    healthy={"late": 0.07},
    says=(
        "Since the parcel depot in the East moved (16 February 2026), 42 % of parcels "
        "there come late, and late parcels earn 2.6 stars."
    ),
)
APP_CHECKOUT = Problem(
    id="checkout-fails-in-the-app",
    kind="failed",
    place="checkout",
    where={"channel": "app"},
    since=date(2026, 1, 12),
    shows_in=("deviation failed", "measure conversion", "measure ces"),
    size={
        "fails": 0.2,
        "fails_elsewhere": 0.03,
        "gives_up_after_failure": 0.55,
        "ease_after_failure": 3.0,
        "ease": 5.8,
    },
    healthy={"fails": 0.03},
    says=(
        "Since app version 5.2 (12 January 2026), one checkout in five fails in the app, "
        "and more than half of those customers give up."
    ),
)
MOBILE_COSTS = Problem(
    id="lost-at-delivery-costs",
    kind="lost",
    place="delivery_costs",
    where={"channel": "mobile"},
    shows_in=("deviation lost", "measure drop_off"),
    size={"leaves": 0.38, "leaves_elsewhere": 0.12},
    healthy={"leaves": 0.12},
    says=("On the mobile site the delivery costs appear only here, and 38 % of customers leave; elsewhere 12 % do."),
)
HELP_LOOP = Problem(
    id="cannot-find-the-contact",
    kind="repeated",
    place="help_page",
    where={"channel": "web, mobile, app"},
    since=date(2026, 3, 9),
    shows_in=("deviation repeated", "measure repeats", "measure back_steps"),
    size={"loops": 0.75, "loops_before": 0.05, "phones": 0.7, "phones_before": 0.22},
    healthy={"loops": 0.05, "phones": 0.22},
    says=(
        "The help page of 9 March 2026 hides the contact link: customers go back and "
        "forth between home and help, then phone."
    ),
)
SLOW_EMAIL = Problem(
    id="one-promise-two-speeds",
    kind="late",
    place="answer",
    where={"channel": "email"},
    shows_in=("deviation late", "measure promise_kept", "measure csat"),
    size={"median_hours_email": 72.0, "median_minutes_chat": 2.0, "csat_email": 2.9, "csat": 4.3},
    healthy={"median_hours_email": 1.5, "csat_email": 4.3},
    says="We promise an answer within 4 hours everywhere. Chat takes 2 minutes, e-mail takes 3 days.",
)
STUCK_REFUND = Problem(
    id="refund-stuck",
    kind="stuck",
    place="return_received",
    where={"channel": "store"},
    shows_in=("deviation stuck", "measure drop_off"),
    size={"never_refunded": 0.35, "never_refunded_by_post": 0.03},
    healthy={"never_refunded": 0.03},
    says=("Returns handed in at a store are not booked: 35 % of them are never refunded. By post it is 3 %."),
)
WAREHOUSE_HANDOVER = Problem(
    id="asks-again-after-hand-over",
    kind="repeated",
    place="contact",
    where={"via": "handover"},
    shows_in=("deviation repeated", "measure hand_offs", "measure repeats"),
    size={"asks_again": 0.55, "asks_again_without_hand_over": 0.1, "handed_over": 0.28},
    healthy={"asks_again": 0.1},
    says=(
        "When service hands a ticket to the warehouse, 55 % of customers have to contact "
        "us again for the same order; otherwise 10 %."
    ),
)
OVERLAPPING_MAILS = Problem(
    id="two-campaigns-at-once",
    kind="campaigns",
    place="unsubscribe",
    where={"campaigns": "autumn-edit, knitwear-weeks"},
    since=date(2025, 10, 13),
    shows_in=("measure conversion newsletter>unsubscribe", "measure reach"),
    size={"unsubscribes": 0.09, "unsubscribes_after_one": 0.004},
    healthy={"unsubscribes": 0.004},
    says=(
        "“Autumn edit” and “Knitwear weeks” went to the same people within two days: 9 % "
        "of those who got both unsubscribed."
    ),
)
DEAD_QUIZ = Problem(
    id="nobody-takes-the-quiz",
    kind="dead touchpoint",
    place="style_quiz",
    shows_in=("measure customers", "map check: touchpoint nobody visits"),
    size={"visits": 0.0},
    healthy={"visits": 0.2},
    says="The style quiz is on the map and in the budget; nobody has taken it all year.",
)
PARCEL_TRACKING = Problem(
    id="where-is-my-parcel",
    kind="ad hoc",
    place="parcel_tracking_view",
    shows_in=("deviation ad hoc", "coverage: event no touchpoint explains"),
    size={"looks": 0.58, "looks_each": 3.0},
    healthy={"looks": 0.0},
    says=(
        "58 % of customers who wait for a parcel look at the tracking page, about three times. It is not on the map."
    ),
)
SIZE_TOO_LATE = Problem(
    id="size-guide-after-purchase",
    kind="irregular order",
    place="size_guide",
    shows_in=("deviation irregular order",),
    size={"reads_after": 0.13, "reads_before": 0.84, "returns_after": 0.48, "returns": 0.22},
    healthy={"reads_after": 0.0, "reads_before": 0.97},
    says=(
        "13 % read the size guide only after they ordered; 48 % of them send something "
        "back, against 22 % of the others."
    ),
)
GIFT_PICK_UP = Problem(
    id="gift-buyers-wait",
    kind="late",
    place="pickup",
    where={"persona": "gift-buyer"},
    shows_in=("deviation late", "measure promise_kept", "measure csat", "measure time_median"),
    size={"median_days": 4.6, "median_days_others": 1.7, "csat": 3.0, "csat_others": 4.4},
    healthy={"median_days": 1.7, "csat": 4.4},
    says=(
        "Gift wrapping holds up store pick-ups: gift buyers wait 4.6 days, everybody else 1.7. Three days are promised."
    ),
)

PROBLEMS = (
    LATE_EAST,
    APP_CHECKOUT,
    MOBILE_COSTS,
    HELP_LOOP,
    SLOW_EMAIL,
    STUCK_REFUND,
    WAREHOUSE_HANDOVER,
    OVERLAPPING_MAILS,
    DEAD_QUIZ,
    PARCEL_TRACKING,
    SIZE_TOO_LATE,
    GIFT_PICK_UP,
)


@dataclass(frozen=True)
class Planted:
    """Which problems a company has; for the others it is as healthy as elsewhere or before."""

    problems: tuple[Problem, ...] = PROBLEMS

    @classmethod
    def chosen(cls, problems: Collection[Problem]) -> Planted:
        """These problems, in the order of PROBLEMS. Raises ValueError for one that is not among them."""
        known = [problem.id for problem in PROBLEMS]
        if strangers := sorted({problem.id for problem in problems}.difference(known)):
            raise ValueError(f"no problem is called {strangers[0]!r}; there are {', '.join(known)}")
        ids = {problem.id for problem in problems}
        return cls(tuple(problem for problem in PROBLEMS if problem.id in ids))

    def __contains__(self, problem: Problem) -> bool:
        return any(one.id == problem.id for one in self.problems)

    def size(self, problem: Problem) -> Mapping[str, float]:
        """The true parameters: those of the problem, or those of a company that does not have it."""
        return problem.size if problem in self else {**problem.size, **problem.healthy}
