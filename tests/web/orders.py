"""Orders of a marketplace as five files, in the form of the public set of `examples/olist-orders`.

Every order has a promised day. One that comes after it is scored low, one in time high: late delivery is the first
cause of bad reviews, as long as there are late ones.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

HEADS = {
    "orders": (
        "order_id,customer_id,order_status,order_purchase_timestamp,order_approved_at,order_delivered_carrier_date,"
        "order_delivered_customer_date,order_estimated_delivery_date"
    ),
    "customers": "customer_id,customer_unique_id,customer_zip_code_prefix,customer_city,customer_state",
    "order_items": "order_id,order_item_id,product_id,seller_id,shipping_limit_date,price,freight_value",
    "order_payments": "order_id,payment_sequential,payment_type,payment_installments,payment_value",
    "order_reviews": (
        "review_id,order_id,review_score,review_comment_title,review_comment_message,review_creation_date,"
        "review_answer_timestamp"
    ),
}
IN_TIME, LATE = (5, 5, 5, 5, 5, 5, 4, 4, 3, 1), (1, 1, 1, 2, 2, 3)
SAYS = {1: "It came far too late and nobody told me.", 2: "Late again, and no word.", 5: "Here before the day, thanks."}
CITIES = (("sao paulo", "SP"), ("rio de janeiro", "RJ"), ("curitiba", "PR"))
Rows = dict[str, list[tuple[object, ...]]]


@dataclass(frozen=True)
class Stretch:
    """Weeks in which the shop went on alike: so many orders a week, this share late, these scores where in time."""

    since: datetime
    weeks: int
    a_week: int
    late: float = 0.085
    in_time: tuple[int, ...] = IN_TIME


def write_orders(folder: Path, stretches: Sequence[Stretch], *, seed: int) -> list[Path]:
    """The five files. The same seed makes the same files, another one other customers."""
    chance, rows = Random(seed), {name: list[tuple[object, ...]]() for name in HEADS}
    for stretch in stretches:
        for number in range(stretch.weeks * stretch.a_week):
            since = stretch.since + timedelta(weeks=number / stretch.a_week)
            _order(rows, f"{seed:04}{len(rows['orders']):028}", since, stretch, chance)
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"olist_{name}_dataset.csv", HEADS[name].split(","), rows[name]) for name in HEADS]


def _order(rows: Rows, id_: str, bought: datetime, stretch: Stretch, chance: Random) -> None:
    late = chance.random() < stretch.late
    approved = bought + timedelta(minutes=20 + 60 * chance.random())
    handed = approved + timedelta(hours=20 + 30 * chance.random())
    promised = _day(bought) + timedelta(days=14)
    arrived = promised + timedelta(days=1 + 4 * chance.random() if late else -1 - chance.random())
    asked = _day(arrived) + timedelta(days=1)
    answered = asked + timedelta(hours=9 + 30 * chance.random())
    score = chance.choice(LATE if late else stretch.in_time)
    times = [_said(one) for one in (bought, approved, handed, arrived, promised)]
    rows["orders"].append((id_, f"c{id_}", "delivered", *times))
    rows["customers"].append((f"c{id_}", f"p{id_}", chance.randrange(10_000, 99_999), *chance.choice(CITIES)))
    for item in range(1, chance.choice((2, 2, 2, 3))):
        price, paid = chance.randrange(20, 220), chance.choice(("credit_card", "boleto"))
        rows["order_items"].append((id_, item, f"a{chance.randrange(90)}", "s1", _said(handed), price, 12))
        rows["order_payments"].append((id_, item, paid, 1, price + 12))
    rows["order_reviews"].append((f"r{id_}", id_, score, "", SAYS.get(score, ""), _said(asked), _said(answered)))


def _day(at: datetime) -> datetime:
    return at.replace(hour=0, minute=0, second=0, microsecond=0)


def _said(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


def _write(place: Path, head: list[str], rows: list[tuple[object, ...]]) -> Path:
    with place.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return place
