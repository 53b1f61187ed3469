from __future__ import annotations

import polars as pl
import pytest

from desireline.errors import RecipeInvalid, RecipeMismatch
from desireline.recipes.columns import Lookup, check_columns, join_columns, pick, unused_rows
from desireline.recipes.records import Fixed, Join

from .given import cells, recipe, rows

ORDERS = rows("""
    order | customer
    o1    | c1
    o2    | c2
    o3    |
    o4    | c9
""")
CUSTOMERS = rows("""
    customer | person | city
    c1       | ana    | Ulm
    c2       | ben    |
    c3       | eva    | Bonn
""")


def test_joined_columns_carry_the_name_of_their_source():
    join = Join(source="customers", on="customer")
    lookup = Lookup(join, CUSTOMERS)
    joined = join_columns(ORDERS, [join], {"customers": lookup})
    assert lookup.columns == ["customers.customer", "customers.person", "customers.city"]
    assert cells(joined, "order", "_row", "customers.person", "customers.city") == [
        ("o1", 1, "ana", "Ulm"),
        ("o2", 2, "ben", None),
        ("o3", 3, None, None),
        ("o4", 4, None, None),
    ]


def test_joined_rows_that_nobody_referred_to_are_known_after_all_batches():
    first, second = (Lookup(Join(source="customers", on="customer"), CUSTOMERS) for _ in range(2))
    first.add_to(ORDERS.slice(0, 1))
    assert cells(unused_rows(CUSTOMERS, [first, second]), "customer") == [("c2",), ("c3",)]
    second.add_to(ORDERS.slice(1))
    assert cells(unused_rows(CUSTOMERS, [first, second]), "customer") == [("c3",)]
    assert unused_rows(CUSTOMERS.head(0), []).is_empty()


def test_a_required_partner_that_is_missing_is_marked():
    joins = [
        Join(source="customers", on="customer", required=True),
        Join(source="cities", on={"customers.city": "city"}, required=True),
    ]
    cities = rows("""
        city | land
        Ulm  | BW
    """)
    lookups = {"customers": Lookup(joins[0], CUSTOMERS), "cities": Lookup(joins[1], cities)}
    joined = join_columns(ORDERS, joins, lookups)
    assert cells(joined, "order", "cities.land", "_lonely") == [
        ("o1", "BW", None),
        ("o2", None, "cities"),
        ("o3", None, "customers"),
        ("o4", None, "customers"),
    ]


def test_a_key_that_repeats_stops_the_import_and_says_how_to_go_on():
    twice = rows("""
        customer | city
        c1       | Ulm
        c1       | Bonn
                 | Köln
                 | Kiel
    """)
    with pytest.raises(RecipeMismatch, match=r"customer = 'c1' occurs 2 times there.*take: \{city: first\}"):
        Lookup(Join(source="customers", on="customer"), twice)


def test_several_partners_are_folded_and_all_of_them_count_as_used():
    items = rows("""
        order | price | day       | note
        o1    | 10.10 | 9/3/2026  | a
        o1    | 2     | 10/2/2026 |
        o1    | 0.9   |           | b
        o2    | 5     | 1/1/2026  |
        o3    | x     | 1/1/2026  |
        o9    | 1     | 1/1/2026  |
    """)
    take = {"price": "sum", "day": "max", "note": "list"}
    dates = recipe("""
        times: {form: day first}
        sources: {s: {file: s}}
        tables: {t: {into: customers, source: s, customer: c}}
    """).times
    lookup = Lookup(Join(source="items", on="order", take=take), items, times=dates)
    joined = lookup.add_to(ORDERS)
    assert cells(joined, "items.price", "items.day", "items.note") == [
        ("13", "9/3/2026", "a; b"),
        ("5", "1/1/2026", None),
        ("x", "1/1/2026", None),
        (None, None, None),
    ]
    assert lookup.used.to_list() == [True, True, True, True, True, False]


@pytest.mark.parametrize(
    ("how", "numbers", "words"),
    [
        ("sum", "12.5", "a"),
        ("first", "10", "b"),
        ("last", "2.5", "a"),
        ("min", "2.5", "a"),
        ("max", "10", "b"),
        ("count", "2", "2"),
        ("list", "10; 2.5", "b; a"),
    ],
)
def test_every_way_of_folding(how, numbers, words):
    pairs = rows("""
        order | n   | w
        o1    |     |
        o1    | 10  | b
        o1    | 2.5 | a
    """)
    found = Lookup(Join(source="p", on="order", take={"n": how, "w": how}), pairs).add_to(ORDERS.head(1))
    if how == "sum":
        words = "b"  # no number: handed on, so that it is refused where it is used
    assert cells(found, "p.n", "p.w") == [(numbers, words)]


def test_the_key_itself_may_be_folded_and_a_source_may_be_joined_to_itself():
    orders = rows("""
        order | customer
        o1    | c1
        o2    | c1
    """)
    join = Join(source="orders", on="customer", take={"customer": "count", "order": "first"})
    found = Lookup(join, orders).add_to(orders)
    assert cells(found, "order", "orders.customer", "orders.order") == [("o1", "2", "o1"), ("o2", "2", "o1")]


def test_a_key_of_several_columns_needs_all_of_them():
    left = rows("""
        a | b
        1 | x
        1 |
        2 | x
    """)
    right = rows("""
        k | b | found
        1 | x | yes
        1 |   | no
    """)
    joined = Lookup(Join(source="r", on={"a": "k", "b": "b"}), right).add_to(left)
    assert cells(joined, "r.found") == [("yes",), (None,), (None,)]


def test_joining_nothing_to_nothing_gives_nothing():
    joined = Lookup(Join(source="customers", on="customer"), CUSTOMERS.head(0)).add_to(ORDERS.head(0))
    assert joined.is_empty()
    assert "customers.city" in joined.columns


def test_a_pick_is_a_column_a_text_or_the_first_filled_of_several():
    frame = pl.DataFrame({"a": ["1", " ", None], "b": ["x", "y", None]})
    picked = frame.select(one=pick(frame, "a"), text=pick(frame, Fixed(text="web")), first=pick(frame, ["a", "b"]))
    assert picked.rows() == [("1", "web", "1"), (None, "web", "y"), (None, "web", None)]


def test_a_column_that_is_not_there_is_named_with_its_nearest():
    with pytest.raises(
        RecipeMismatch,
        match=r"There is no column 'custmer'. Did you mean 'customer'\? Columns: order, customer\.",
    ):
        pick(ORDERS, "custmer")


def test_all_columns_that_are_not_there_are_told_before_a_row_is_read():
    wrong = recipe("""
        sources: {orders: {file: orders.csv}, people: {file: people.csv}}
        tables:
          placed:
            into: events
            source: orders
            join: [{source: people, on: {custmer: customer}, take: {towm: first}}]
            customer: people.person
            events: [{event: {text: placed}, at: boughtat, where: {property: {stat: paid}}}]
            properties: {town: people.towm}
    """)
    columns = {"orders": ["customer", "bought_at", "state"], "people": ["customer", "person", "town"]}
    with pytest.raises(RecipeMismatch) as caught:
        check_columns(wrong, columns)
    said = [line.split(". ")[0] for line in str(caught.value).splitlines()]
    assert said == [
        "table placed, join with people: There is no column 'custmer'",
        "table placed, join with people: There is no column 'towm'",
        "table placed, customer: There is no column 'people.person'",
        "table placed, at: There is no column 'boughtat'",
        "table placed, where: There is no column 'stat'",
    ]


def test_sums_are_read_and_written_with_the_decimal_mark_of_their_source():
    paid = rows("""
        order | amount
        o1    | 12,50
        o1    | 7,25
        o2    | 1,0005
        o2    | 0,0005
    """)
    join = Join(source="paid", on="order", take={"amount": "sum"})
    joined = Lookup(join, paid, decimal="comma").add_to(rows("order\n o1\n o2"))
    assert joined["paid.amount"].to_list() == ["19,75", "1,001"]


def test_one_source_may_be_joined_in_two_ways_under_two_names():
    joins = [
        Join(source="customers", called="who", on="customer"),
        Join(source="customers", called="friend", on={"who.person": "person"}, take={"city": "first"}),
    ]
    lookups = {join.name: Lookup(join, CUSTOMERS) for join in joins}
    joined = join_columns(ORDERS, joins, lookups)
    assert cells(joined, "order", "who.city", "friend.person", "friend.city") == [
        ("o1", "Ulm", "ana", "Ulm"),
        ("o2", None, "ben", None),
        ("o3", None, None, None),
        ("o4", None, None, None),
    ]


def test_a_source_joined_twice_under_one_name_is_told():
    text = """
    sources: {a: {file: a*}, b: {file: b*}}
    tables:
      t:
        into: events
        source: a
        join: [{source: b, on: id}, {source: b, on: other}]
        customer: id
        events: [{event: {text: e}, at: at}]
    """
    with pytest.raises(RecipeInvalid, match="say what this one is `called`"):
        recipe(text)
    assert (
        recipe(text.replace("{source: b, on: other}", "{source: b, called: c, on: other}")).tables["t"].join[1].name
        == "c"
    )
