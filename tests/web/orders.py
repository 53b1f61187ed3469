"""Orders of a marketplace as five files, in the form of the public set of `examples/olist-orders`.

Every order has a promised day. An order that comes after it is scored low, one in time high: late delivery is the first
cause of bad reviews, as long as there are late ones.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
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
CITIES = (("sao paulo", "SP"), ("rio de janeiro", "RJ"), ("curitiba", "PR"))
IN_TIME, LATE = (5, 5, 5, 5, 5, 5, 4, 4, 3, 1), (1, 1, 1, 2, 2, 3)
SAYS = {1: "It came far too late, nobody told me.", 2: "Late again.", 5: "Arrived before the day, thank you."}


def write_orders(
    folder: Path, *, since: datetime, weeks: int, a_week: int, late: float, seed: int, in_time: tuple[int, ...] = IN_TIME
) -> list[Path]:
    """The five files, packed in no way: orders of these weeks, of which this share comes late. Same seed, same files."""
    chance, rows = Random(seed), {name: list[tuple[object, ...]]() for name in HEADS}
    for number in range(weeks * a_week):
        bought = since + timedelta(minutes=number * 7 * 24 * 60 / a_week + chance.random() * 90)
        _order(rows, f"{seed:04}{number:028}", bought, comes_late=chance.random() < late, chance=chance, in_time=in_time)
    folder.mkdir(parents=True, exist_ok=True)
    return [_write(folder / f"olist_{name}_dataset.csv", HEADS[name].split(","), rows[name]) for name in HEADS]


def _order(
    rows: dict[str, list[tuple[object, ...]]],
    id_: str,
    bought: datetime,
    *,
    comes_late: bool,
    chance: Random,
    in_time: tuple[int, ...],
) -> None:
    city, state = chance.choice(CITIES)
    approved = bought + timedelta(minutes=20 + 60 * chance.random())
    handed = approved + timedelta(hours=20 + 30 * chance.random())
    promised = bought.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=14)
    arrived = promised + (timedelta(days=1 + 4 * chance.random()) if comes_late else -timedelta(days=1 + chance.random()))
    asked = arrived.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
    answered = asked + timedelta(hours=9 + 30 * chance.random())
    score, price = chance.choice(LATE if comes_late else in_time), round(20 + 200 * chance.random(), 2)
    person, freight = f"p{id_}", 12.5
    times = [f"{one:%Y-%m-%d %H:%M:%S}" for one in (bought, approved, handed, arrived, promised)]
    rows["orders"].append((id_, f"c{id_}", "delivered", *times))
    rows["customers"].append((f"c{id_}", person, f"{chance.randrange(10_000, 99_999)}", city, state))
    for item in range(1, chance.choice((2, 2, 2, 3))):
        rows["order_items"].append((id_, item, f"a{chance.randrange(90)}", "s1", times[2], price, freight))
        rows["order_payments"].append((id_, item, chance.choice(("credit_card", "boleto")), 1, price + freight))
    said = SAYS.get(score, "")
    rows["order_reviews"].append((f"r{id_}", id_, score, "", said, *(f"{one:%Y-%m-%d %H:%M:%S}" for one in (asked, answered))))


def _write(place: Path, head: list[str], rows: Iterable[tuple[object, ...]]) -> Path:
    with place.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows([head, *rows])
    return place
