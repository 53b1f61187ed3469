"""Small groups are hidden, and cannot be worked out from the others."""

import polars as pl
from tests.measures.rows import rows

from desireline.measures.cells import FEW, PROTECTS, show


def shown(text, *, minimum=1, counts=False) -> dict:
    table = [row | {"group": row["group"] or "", "period": str(row.get("period") or "")} for row in rows(text)]
    readings = pl.DataFrame(table).with_columns(
        pl.lit("m").alias("measure"),
        pl.lit("here").alias("at"),
        pl.col("n").cast(pl.Int64),
        pl.lit(0.5).alias("value"),
        pl.lit(0.4).alias("low"),
        pl.lit(0.6).alias("high"),
        pl.lit("").alias("note"),
        pl.lit(minimum).alias("minimum"),
        pl.lit(counts).alias("counts"),
    )
    return {(row["group"], row["period"]): row["note"] or row["n"] for row in show(readings).to_dicts()}


def test_all_others_are_hidden_beside_every_small_value_so_that_two_questions_tell_of_nobody():
    small = shown("""
        group                      n
        .                          40
        property:mail|a|b=a        3
        property:mail|a|b=b        2
        property:mail|a|b=(other)  35
    """)
    assert [small[f"property:mail|a|b={value}", ""] for value in ("a", "b", "(other)")] == [FEW, FEW, PROTECTS]
    large = shown("""
        group                      n
        .                          40
        property:mail|a|b=a        13
        property:mail|a|b=(other)  27
    """)
    assert large["property:mail|a|b=(other)", ""] == 27


def test_one_small_group_takes_the_next_smallest_with_it():
    found = shown("""
        group         n
        .             40
        channel:mail  3
        channel:shop  12
        channel:web   25
    """)
    assert found == {
        ("", ""): 40,
        ("channel:mail", ""): FEW,
        ("channel:shop", ""): PROTECTS,
        ("channel:web", ""): 25,
    }


def test_two_small_groups_protect_each_other():
    found = shown("""
        group         n
        .             31
        channel:mail  3
        channel:shop  3
        channel:web   25
    """)
    assert found["channel:web", ""] == 25


def test_each_grouping_is_protected_by_itself():
    found = shown("""
        group                n
        .                    40
        channel:mail         20
        channel:web          20
        property:state=RJ    4
        property:state=SP    36
    """)
    assert found["property:state=SP", ""] == PROTECTS
    assert found["channel:mail", ""] == 20


def test_a_period_is_protected_like_a_group():
    found = shown("""
        group  period   n
        .      .        30
        .      2026-01  2
        .      2026-02  10
        .      2026-03  18
    """)
    assert found["", "2026-02"] == PROTECTS
    assert found["", "2026-03"] == 18


def test_ties_are_broken_by_name():
    found = shown("""
        group      n
        .          23
        channel:a  3
        channel:c  10
        channel:b  10
    """)
    assert (found["channel:b", ""], found["channel:c", ""]) == (PROTECTS, 10)


def test_nobody_is_not_a_small_group():
    assert shown("group  n\n.  0", counts=True) == {("", ""): 0}


def test_small_comes_before_not_enough():
    assert shown("group  n\n.  4", minimum=10) == {("", ""): FEW}
    assert shown("group  n\n.  7", minimum=10) == {("", ""): "not enough data: 7 of 10"}


def test_two_hidden_groups_of_one_customer_each_take_the_next_smallest_with_them():
    found = shown("""
        group         n
        .             102
        channel:mail  1
        channel:post  1
        channel:shop  30
        channel:web   70
    """)
    assert found == {
        ("", ""): 102,
        ("channel:mail", ""): FEW,
        ("channel:post", ""): FEW,
        ("channel:shop", ""): PROTECTS,
        ("channel:web", ""): 70,
    }
