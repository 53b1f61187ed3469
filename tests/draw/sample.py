"""A small company to draw: an online clothing shop with 7 stages and 21 touchpoints, its readings and its
ledger.

The numbers are made up by formula (no clock, no randomness), so goldens stay still.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import UTC, date, datetime

import polars as pl

from desireline.draw.meta import Meta
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import READINGS

STAGES = [
    (
        "awareness",
        "Awareness",
        "Hear of a shop that might suit me",
        "Be found by people who look for clothes like ours",
    ),
    (
        "consideration",
        "Consideration",
        "See what suits me and what it costs",
        "Help people to choose with confidence",
    ),
    ("decision", "Decision", "Be sure before I pay", "Remove the last doubts"),
    ("purchase", "Purchase", "Pay quickly and safely", "Make paying the easiest part"),
    ("delivery", "Delivery and return", "Get it when I need it", "Keep the delivery promise"),
    ("care", "Service", "Have problems solved at once", "Solve it in one contact"),
    ("loyalty", "Loyalty", "Be remembered and rewarded", "Bring people back"),
]

# id, title, stage, team, channels, extras, intended feeling, measured feeling
TOUCHPOINTS = [
    ("ad", "Social advertisement", "awareness", "marketing", ["social"], {}, 0.5, None),
    ("search", "Search result", "awareness", "marketing", ["web"], {}, 0.5, None),
    ("newsletter", "Newsletter", "awareness", "marketing", ["email"], {"optional": True}, 0.3, -0.2),
    (
        "browse",
        "Browse the collection",
        "consideration",
        "shop",
        ["web", "app"],
        {"repeatable": True},
        1.0,
        0.9,
    ),
    ("quiz", "Style quiz", "consideration", "shop", ["web", "app"], {"optional": True}, 1.2, None),
    ("size", "Size guide", "consideration", "shop", ["web", "app"], {"optional": True}, 0.6, 0.1),
    (
        "reviews",
        "Reviews by other customers",
        "consideration",
        "shop",
        ["web", "app"],
        {"optional": True},
        0.8,
        0.7,
    ),
    ("basket", "Basket", "decision", "shop", ["web", "app"], {"moment_of_truth": True}, 0.8, 0.5),
    ("costs", "Delivery costs shown", "decision", "shop", ["web", "app"], {}, 0.2, -0.9),
    ("voucher", "Voucher field", "decision", "marketing", ["web", "app"], {"optional": True}, 0.4, -0.1),
    ("checkout", "Checkout", "purchase", "shop", ["web", "app"], {"moment_of_truth": True}, 1.0, 0.6),
    ("payment", "Payment", "purchase", "finance", ["web", "app"], {"acts": "company"}, 0.7, 0.4),
    ("confirm", "Order confirmation", "purchase", "shop", ["email"], {"acts": "company"}, 1.2, 1.1),
    (
        "pick",
        "Pick and pack in the warehouse",
        "delivery",
        "warehouse",
        [],
        {"acts": "company", "front": False},
        None,
        None,
    ),
    ("dispatch", "Dispatch notice", "delivery", "warehouse", ["email"], {"acts": "company"}, 1.0, 0.7),
    (
        "delivered",
        "Parcel arrives",
        "delivery",
        "warehouse",
        ["home"],
        {"acts": "company", "moment_of_truth": True},
        1.6,
        0.3,
    ),
    (
        "return",
        "Return and refund",
        "delivery",
        "finance",
        ["web", "store"],
        {"optional": True, "acts": "company"},
        0.3,
        -1.2,
    ),
    ("help", "Help pages", "care", "service", ["web"], {"optional": True, "repeatable": True}, 0.4, -0.6),
    (
        "contact",
        "Contact: phone, chat or e-mail",
        "care",
        "service",
        ["phone", "chat", "email"],
        {"optional": True, "moment_of_truth": True},
        0.8,
        -0.3,
    ),
    ("review", "Write a review", "loyalty", "marketing", ["email", "web"], {"optional": True}, 0.9, 0.8),
    ("again", "Second order", "loyalty", "shop", ["web", "app", "store"], {"optional": True}, 1.4, 1.3),
]

CARDS = [
    ("ad", "thinking", "“Looks nice, never heard of them.”", {}),
    ("browse", "doing", "Scrolls, filters by size and colour, puts favourites aside", {}),
    ("browse", "thinking", "“Is there anything my style at all?”", {}),
    ("size", "thinking", "“I am between M and L. Which one?”", {}),
    (
        "size",
        "pain",
        "Sizes differ from brand to brand",
        {"severity": "medium", "evidence": {"kind": "observation", "by": "Ines", "on": "2026-03-02"}},
    ),
    ("basket", "doing", "Checks the total, removes one piece", {}),
    ("costs", "thinking", "“Why do I learn this only now?”", {}),
    (
        "costs",
        "pain",
        "Delivery costs are shown late",
        {"severity": "high", "evidence": {"kind": "measure", "measure": "drop_off"}},
    ),
    ("costs", "opportunity", "Show delivery costs on the product page", {}),
    ("checkout", "doing", "Types address and card number, mostly on the phone", {}),
    ("checkout", "pain", "The app rejects addresses with an umlaut", {"severity": "high"}),
    ("delivered", "doing", "Waits at home, tracks the parcel, tries the clothes on", {}),
    ("delivered", "quote", "“Came two days late and the party was over.”", {"persona": "gift"}),
    ("delivered", "opportunity", "Offer pick-up in the store when it is urgent", {}),
    ("return", "pain", "The refund takes weeks and nobody says why", {"severity": "high"}),
    ("return", "quote", "“Three mails later I still wait for my money.”", {}),
    ("help", "pain", "The phone number cannot be found", {"severity": "medium"}),
    ("contact", "doing", "Explains the problem, often for the second time", {}),
    ("contact", "opportunity", "Hand the whole case over, not the customer", {}),
    ("pick", "process", "Orders are picked twice a day, at 10 and at 15 o'clock", {}),
    ("awareness", "note", "Half of the advertising budget is decided once a year", {}),
    ("loyalty", "content", "“Wear it again” series on repairing clothes", {}),
]

JOURNEYS = 5_212
UNMEASURED = {"ad", "quiz"}
REACH = [
    0.0,
    0.41,
    0.22,
    0.97,
    0.0,
    0.31,
    0.27,
    0.71,
    0.62,
    0.18,
    0.49,
    0.455,
    0.449,
    0.447,
    0.44,
    0.431,
    0.12,
    0.16,
    0.13,
    0.07,
    0.115,
]
LOST = [
    0.0,
    0.02,
    0.03,
    0.21,
    0.0,
    0.02,
    0.01,
    0.07,
    0.11,
    0.01,
    0.03,
    0.004,
    0.001,
    0.001,
    0.004,
    0.0,
    0.022,
    0.01,
    0.013,
    0.0,
    0.0,
]


def sample_outline() -> Outline:
    """The map."""
    return Outline(Map.model_validate(_document()))


def sample_readings() -> pl.DataFrame:
    """Readings for the map, its stages, its touchpoints, some edges, groups and months."""
    rows = _whole("clothing") + _points() + _stages() + _edges() + _groups() + _months()
    return pl.DataFrame(rows, schema=dict(READINGS.columns), orient="row")


def sample_ledger() -> pl.DataFrame:
    """The deviation ledger: nine rows that may be shown and one that may not."""
    rows = [
        ("lost", "costs", 1093, 1204, -0.62, None, -38.2),
        ("late", "delivered", 402, 447, None, -1.87, -6.4),
        ("failed", "checkout", 281, 312, -0.44, -0.71, -29.9),
        ("stuck", "return", 104, 107, None, -1.41, None),
        ("repeated", "contact", 161, 188, -0.02, -0.93, None),
        ("ad hoc", "compare_prices", 611, 702, -0.11, None, -4.1),
        ("irregular order", "size", 133, 140, 0.01, -0.22, 0.6),
        ("wrong channel", "contact", 77, 81, None, -0.35, None),
        ("missing", "confirm", 41, 41, None, None, None),
        ("failed", "voucher", 3, 3, -0.5, None, None),
    ]
    return pl.DataFrame([_ledger_row(k, row) for k, row in enumerate(rows, start=1)], infer_schema_length=None)


@dataclass
class SampleCoverage:
    """What the map explains of the data, and the data of the map."""

    events: int = 61_480
    events_explained: int = 55_947
    customers: int = 4_000
    customers_explained: int = 3_961
    touchpoints_bound: int = 19
    touchpoints_visited: int = 18
    unbound: list[str] = field(default_factory=lambda: ["ad", "quiz"])
    off_map: pl.DataFrame = field(
        default_factory=lambda: pl.DataFrame(
            {
                "event": ["compare_prices", "track_parcel", "app_crash", "internal_test"],
                "channel": ["web", "web", "app", None],
                "events": [2911, 1804, 780, 38],
                "customers": [611, 702, 233, 3],
            }
        )
    )


def sample_meta() -> Meta:
    """Everything around the numbers."""
    routes = pl.DataFrame(
        {
            "route": [
                ["search", "browse"],
                ["browse", "basket", "costs"],
                [
                    "search",
                    "browse",
                    "basket",
                    "costs",
                    "checkout",
                    "payment",
                    "confirm",
                    "dispatch",
                    "delivered",
                ],
                [
                    "browse",
                    "size",
                    "basket",
                    "costs",
                    "checkout",
                    "payment",
                    "confirm",
                    "dispatch",
                    "delivered",
                ],
                [
                    "browse",
                    "basket",
                    "costs",
                    "checkout",
                    "payment",
                    "confirm",
                    "dispatch",
                    "delivered",
                    "return",
                ],
                ["newsletter", "browse", "reviews", "basket"],
                ["browse", "basket", "browse", "basket", "costs"],
                ["search", "browse", "help", "contact"],
            ],
            "journeys": [812, 604, 588, 371, 233, 201, 144, 3],
            "customers": [790, 590, 571, 360, 231, 198, 140, 3],
            "share": [n / JOURNEYS for n in (812, 604, 588, 371, 233, 201, 144, 3)],
            "outcome": ["lost", "lost", "success", "success", "stuck", "lost", "under_way", "lost"],
        }
    )
    return Meta(
        today=date(2026, 4, 3),
        first_at=datetime(2025, 4, 1, 8, 2, tzinfo=UTC),
        last_at=datetime(2026, 3, 31, 21, 55, tzinfo=UTC),
        events=61_480,
        customers=4_000,
        journeys=JOURNEYS,
        sources=("shop_events.jsonl.gz", "orders_2025.csv", "tickets.csv", "surveys.csv"),
        read=70_211,
        accepted=69_902,
        refused=61,
        duplicates=248,
        refusals=pl.DataFrame(
            {
                "source": ["orders_2025.csv", "orders_2025.csv", "surveys.csv"],
                "reason": ["bad_time", "no_customer", "bad_score"],
                "rows": [31, 22, 8],
                "detail": [
                    "“31.02.2026 10:11” is not a time.",
                    "The column “kunde” is empty.",
                    "“12” is outside 0–10.",
                ],
            }
        ),
        routes=routes,
        definitions={
            "conversion": "Share of settled journeys that go on to success.\n\nOthers are left out.",
            "drop_off": "Share of settled journeys whose last step is here and that are lost or stuck.",
            "nps": "Promoters (9–10) minus detractors (0–6), in points from −100 to +100.",
        },
        commands=(
            "desireline import exports/*.csv --recipe shop.recipe.yaml",
            "desireline report clothing.journey.yaml -o report.html",
        ),
        version="0.1.0",
        snapshot="import 7 of 2026-04-01",
    )


def _document() -> dict[str, object]:
    return {
        "format": "desireline/1",
        "map": {
            "id": "clothing",
            "title": "Buying clothes online",
            "purpose": "See where customers are lost between the first look and the second order.",
            "owner": "Ines Albrecht, customer experience",
            "scope": "Germany and Austria, all channels",
            "currency": "EUR",
            "review": {"every_days": 90, "last": "2026-03-22", "by": "Ines Albrecht"},
            "journey": {"by": "silence", "silence": "30d", "success": ["delivered"]},
            "kpis": [{"measure": "conversion", "at_least": 0.45}, {"measure": "nps", "at_least": 30}],
        },
        "personas": [
            {
                "id": "style",
                "title": "Style seeker",
                "quote": "“I know what I like when I see it.”",
                "goals": ["Find a new look"],
                "segment": {"property": {"age": "18-34"}},
            },
            {
                "id": "gift",
                "title": "Gift buyer",
                "goals": ["Be on time"],
                "frustrations": ["Late parcels"],
                "segment": {"property": {"buys": "gifts"}},
            },
        ],
        "teams": [{"id": t, "title": t.capitalize()} for t in ("marketing", "shop", "finance", "warehouse", "service")],
        "channels": [
            {"id": c, "title": {"email": "E-mail", "home": "At home"}.get(c, c.capitalize())}
            for c in ("web", "app", "email", "store", "phone", "chat", "social", "home")
        ],
        "stages": [
            {"id": i, "title": t, "customer_goal": goal, "business_focus": focus} for i, t, goal, focus in STAGES
        ],
        "touchpoints": [_touchpoint(row) for row in TOUCHPOINTS],
        "cards": [
            *_feelings(),
            *(
                {"id": f"c{k}", "at": at, "lane": lane, "says": says, **more}
                for k, (at, lane, says, more) in enumerate(CARDS)
            ),
        ],
    }


def _touchpoint(row: tuple) -> dict[str, object]:
    id_, title, stage, team, channels, extras, _, _ = row
    promises = {
        "delivered": {"time": {"within": "3d", "after": "payment"}, "says": "With you in three days"},
        "return": {"time": {"within": "10d"}, "score": {"measure": "csat", "at_least": 0.7}},
        "contact": {"channels": {"chat": {"time": {"within": "2m"}}, "email": {"time": {"within": "1d"}}}},
        "checkout": {"effort": {"measure": "ces", "at_least": 4}},
    }
    when = {} if id_ in UNMEASURED else {"when": {"event": id_}}
    promise = {"promise": promises[id_]} if id_ in promises else {}
    return {
        "id": id_,
        "title": title,
        "stage": stage,
        "team": team,
        "channels": channels,
        **when,
        **promise,
        **extras,
    }


def _feelings() -> list[dict[str, object]]:
    return [
        {"id": f"f-{row[0]}", "at": row[0], "lane": "feeling", "level": row[6]}
        for row in TOUCHPOINTS
        if row[6] is not None
    ]


def _share(measure: str, at: str, value: float, n: int, *, group: str = "", period: str = "") -> tuple:
    half = 1.96 * math.sqrt(max(value * (1 - value), 1e-4) / max(n, 1))
    return (measure, at, group, period, value, max(value - half, 0), min(value + half, 1), n, "share", "")


def _number(
    measure: str, at: str, value: float, half: float, n: int, unit: str, *, group: str = "", period: str = ""
) -> tuple:
    return (measure, at, group, period, value, value - half, value + half, n, unit, "")


def _count(measure: str, at: str, n: int, *, group: str = "") -> tuple:
    return (
        measure,
        at,
        group,
        "",
        float(n),
        None,
        None,
        n,
        measure if measure != "under_way" else "journeys",
        "",
    )


def _whole(at: str) -> list[tuple]:
    return [
        _count("customers", at, 4000),
        ("journeys", at, "", "", float(JOURNEYS), None, None, 4000, "journeys", ""),
        ("under_way", at, "", "", 311.0, None, None, 297, "journeys", ""),
        _share("conversion", at, 0.431, 3811),
        _number("time_median", at, 9.2 * 86400, 0.3 * 86400, 1702, "s"),
        _number("time_q25", at, 5.1 * 86400, 0.2 * 86400, 1702, "s"),
        _number("time_q75", at, 15.8 * 86400, 0.5 * 86400, 1702, "s"),
        _number("time_p90", at, 24.8 * 86400, 0.9 * 86400, 1702, "s"),
        _share("promise_kept", at, 0.806, 1702),
        _number("nps", at, 21.4, 3.1, 1204, "points"),
        _share("csat", at, 0.71, 1310),
        _number("fitness", at, 0.78, 0.01, 4000, "share"),
    ]


def _points() -> list[tuple]:
    rows: list[tuple] = []
    for k, (id_, _, _, _, _, _, _, felt) in enumerate(TOUCHPOINTS):
        if id_ in UNMEASURED:
            continue
        n = round(REACH[k] * JOURNEYS * 0.9)
        rows += [
            _count("customers", id_, n),
            _share("reach", id_, REACH[k], 4000),
            _share("drop_off", id_, LOST[k], 3811),
        ]
        rows += [_share("conversion", id_, min(0.96, 0.431 / max(REACH[k], 0.431) + 0.05 * math.sin(k)), n)]
        median = [
            60,
            300,
            900,
            420,
            60,
            95,
            130,
            700,
            45,
            30,
            210,
            40,
            9,
            30_000,
            86_400,
            180_000,
            1_200_000,
            90,
            5200,
            400_000,
            3_000_000,
        ][k]
        rows += [
            _number(f"time_{q}", id_, median * f, median * f * 0.08, n, "s")
            for q, f in (("q25", 0.5), ("median", 1.0), ("q75", 1.9), ("p90", 3.6))
        ]
        if felt is not None:
            asked = max(8, n // (40 if id_ in ("newsletter", "help") else 6))
            rows += [_number("feeling", id_, felt, 2.4 / math.sqrt(asked), asked, "level")]
    rows += [_share("promise_kept", "delivered", 0.806, 1702), _share("promise_kept", "return", 0.41, 433)]
    rows += [("promise_kept", "contact", "", "", None, None, None, 0, "share", "fewer than 5 customers")]
    rows += [_number("nps", "delivered", 12.5, 5.2, 520, "points"), _share("csat", "contact", 0.58, 212)]
    rows += [
        _number("ces", "checkout", 3.6, 0.12, 188, "score"),
        _number("score", "review", 4.11, 0.09, 260, "score"),
    ]
    rows += [("nps", "return", "", "", None, None, None, 12, "points", "not enough data: 12 of 30")]
    return rows


def _stages() -> list[tuple]:
    rows: list[tuple] = []
    for stage, *_ in STAGES:
        inside = [k for k, row in enumerate(TOUCHPOINTS) if row[2] == stage]
        reach = max(REACH[k] for k in inside)
        n = round(reach * 3600)
        rows += [_count("customers", stage, n), _share("reach", stage, reach, 4000)]
        rows += [
            _share("drop_off", stage, sum(LOST[k] for k in inside), 3811),
            (
                "under_way",
                stage,
                "",
                "",
                20.0 + 7 * inside[0],
                None,
                None,
                20 + 6 * inside[0],
                "journeys",
                "",
            ),
        ]
        rows += [_number("time_median", stage, 3000.0 * (1 + inside[0]) ** 1.5, 400, n, "s")]
    return rows


def _edges() -> list[tuple]:
    pairs = [
        ("browse", "basket", 0.7),
        ("basket", "costs", 0.86),
        ("costs", "checkout", 0.78),
        ("checkout", "payment", 0.92),
        ("payment", "confirm", 0.98),
        ("confirm", "dispatch", 0.97),
        ("dispatch", "delivered", 0.96),
    ]
    return [
        row
        for a, b, share in pairs
        for row in (
            _share("conversion", f"{a}>{b}", share, 1700),
            _number("time_median", f"{a}>{b}", 4000, 300, 1700, "s"),
        )
    ]


def _groups() -> list[tuple]:
    rows: list[tuple] = []
    for k, group in enumerate(["persona:style", "persona:gift", "channel:web", "channel:app", "channel:store"]):
        rows += [
            _share("conversion", "clothing", 0.47 - 0.05 * k, 900 - 120 * k, group=group),
            _number("nps", "clothing", 26.0 - 9 * k, 4 + k, 400 - 60 * k, "points", group=group),
        ]
        rows += [_share("promise_kept", "clothing", 0.84 - 0.06 * k, 500 - 80 * k, group=group)]
        rows += [
            _share("reach", stage[0], max(0.02, 0.9 - 0.12 * j - 0.03 * k), 900 - 120 * k, group=group)
            for j, stage in enumerate(STAGES)
        ]
    rows.append(("nps", "clothing", "channel:phone", "", 50.0, 10.0, 90.0, 3, "points", ""))
    return rows


def _months() -> list[tuple]:
    months = [f"2025-{m:02d}" for m in range(4, 13)] + [f"2026-{m:02d}" for m in range(1, 4)]
    rows = [
        _share("conversion", "clothing", 0.43 + 0.03 * math.sin(k), 320, period=month) for k, month in enumerate(months)
    ]
    rows += [
        _number("nps", "clothing", 24 - 1.4 * k + 4 * math.cos(2 * k), 7, 110, "points", period=month)
        for k, month in enumerate(months)
    ]
    return rows


def _ledger_row(rank: int, row: tuple) -> dict[str, object]:
    kind, place, customers, journeys, conversion, score, value = row
    share = journeys / JOURNEYS
    half = 1.96 * math.sqrt(share * (1 - share) / JOURNEYS)
    effects = {"conversion": (conversion, 0.04), "score": (score, 0.12), "value": (value, 3.3)}
    spread = {
        f"{name}_{end}": None if effect is None else effect + step * width
        for name, (effect, width) in effects.items()
        for end, step in (("effect", 0), ("low", -1), ("high", 1))
    }
    return {
        "kind": kind,
        "place": place,
        "customers": customers,
        "journeys": journeys,
        "share": share,
        "low": max(share - half, 0),
        "high": share + half,
        **spread,
        "examples": [f"customer-{7 * rank + k}" for k in range(3)],
        "says": None,
        "rank": rank,
    }
