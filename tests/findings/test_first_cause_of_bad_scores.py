"""The first cause is what lowers the mean of all answers most."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from tests.findings.heard import STARS, answers, came, dossier, outline, told, voiced
from tests.findings.shopping import DAWN, shop_view, went
from tests.voice.care import care_view

from desireline.findings.gather.causes import happened
from desireline.findings.rules.first_cause_of_bad_scores import first_cause_of_bad_scores


def caused(kind: str, at: str, here: pl.DataFrame, rest: pl.DataFrame) -> pl.DataFrame:
    """CAUSES rows: the first had it, the others had not."""
    both = [rows.with_columns(pl.lit(flag).alias("here")) for flag, rows in ((True, here), (False, rest))]
    named = pl.concat(both).with_columns(pl.lit(kind).alias("kind"), pl.lit(at).alias("at"))
    return named.select("place", "scale", "kind", "at", "here", "customer", "x")


LATE, FINE = answers("answer", -0.6, 200), answers("answer", 1.0, 600, persona="jonas")


def look(*causes: pl.DataFrame, rows=(LATE, FINE)):
    given = dossier(outline(), voiced=voiced(*rows, causes=pl.concat(causes)), rates=came({"answer": 1000}))
    return told(first_cause_of_bad_scores, given)


def test_the_cause_is_told_with_the_score_of_those_who_had_it_and_of_those_who_had_not():
    [(found, _)] = look(caused("late", "pay", LATE, FINE))
    assert found.at == "pay"
    assert "Their first cause: “Pays” came late. Customers score 2.4 of 5 then, else 4.0 of 5" in found.says
    assert found.effect.value == pytest.approx(-1.6, abs=0.1)
    assert found.effect.low < found.effect.value < found.effect.high


def test_a_rare_cause_that_hurts_more_stands_beside_the_frequent_one():
    rare = answers("answer", -1.5, 30, persona="rare")
    [(found, _)] = look(caused("failed", "ask", rare, FINE), caused("late", "pay", LATE, FINE), rows=(LATE, FINE, rare))
    assert found.at == "pay"
    assert any("“Asks” failed" in one.says for one in found.evidence)


def test_where_few_answers_are_bad_no_cause_is_told():
    few = answers("answer", -0.6, 30)
    assert look(caused("late", "pay", few, FINE), rows=(few, FINE)) == []


def test_what_makes_no_difference_is_no_cause():
    low = answers("answer", -0.1, 300, persona="a"), answers("answer", -0.1, 300, persona="b")
    assert look(caused("late", "pay", *low), rows=low) == []


def test_what_happened_after_the_answer_did_not_cause_it():
    steps = """
        customer  hour  event   status
        ana       0     open    .
        ana       1     form    failed
        ben       0     open    .
        ben       1     form    .
    """
    view = care_view(steps)
    asked = pl.DataFrame(
        {
            "place": ["care"] * 2,
            "scale": [STARS] * 2,
            "customer": [0, 1],
            "journey": [0, 1],
            "at": [view.steps.at[1] + 1, view.steps.at[3] + 1],
            "x": [-5000, 5000],
        },
        schema_overrides={"customer": pl.Int32, "journey": pl.Int32},
    )

    def failures(answers: pl.DataFrame) -> list[tuple[bool, int]]:
        found = happened(view, answers).filter((pl.col("kind") == "failed") & (pl.col("at") == "form"))
        return found.sort("here").select("here", "x").rows()

    assert failures(asked) == [(False, 5000), (True, -5000)]
    assert failures(asked.with_columns(pl.col("at") - 2)) == [(False, 5000)]


def test_what_was_left_out_is_a_cause_only_once_the_journey_had_come_further():
    """Ana leaves the cart out and Ben does not; both are asked a day, a day and a half, and four days after home."""
    view = shop_view([*went("ana", "home order arrived", every=24), *went("ben", "home cart order arrived", every=24)])

    def missing(day: float | None) -> list[tuple[bool, int]]:
        at = None if day is None else int((DAWN + timedelta(days=day)).timestamp()) * 1_000_000
        asked = pl.DataFrame(
            {
                "place": "home",
                "scale": STARS,
                "customer": [0, 1],
                "journey": [0, 1],
                "at": [at, at],
                "x": [-5000, 5000],
            },
            schema_overrides={"customer": pl.Int32, "journey": pl.Int32, "at": pl.Int64},
        )
        found = happened(view, asked).filter((pl.col("kind") == "missing") & (pl.col("at") == "cart"))
        return found.sort("here").select("here", "x").rows()

    assert missing(0.5) == []  # nobody knows yet that she leaves it out
    assert missing(1.5) == [(True, -5000)]  # she has ordered; he has not passed the cart
    assert missing(4.0) == missing(None) == [(False, 5000), (True, -5000)]
