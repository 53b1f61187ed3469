"""Promised facts: copies that contradict each other, copies that are stale, copies that are missing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import FactsUnreadable
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.voice.parity.facts import Fact, compare_facts, load_facts
from desireline.voice.parity.paper import drawn_differently
from desireline.voice.parity.values import OTHER, REWORDED, SAME, compare_values, likeness, read_value
from voice.sides import SHOP

SPRING, WINTER = date(2026, 3, 1), date(2026, 1, 1)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("48 h", "2 days"),
        ("2d", "2 days"),
        ("1 week", "7 days"),
        ("3-5 days", "3 to 5 days"),
        ("€4.90", "4,90 EUR"),
        ("EUR 4.9", "4.90 €"),
        ("free", "0.00 €"),
        ("Free of charge.", "gratis"),
        ("1.5 kg", "1500 g"),
        ("50 %", "50%"),
        ("1.234,50 €", "1,234.50 €"),
        ("yes", "True"),
        ("24 months", "2 years"),
        ("Returns accepted", "  returns   ACCEPTED."),
        ("2026-03-01", "2026-03-01"),
    ],
)
def test_one_value_has_many_writings(one: str, other: str):
    assert compare_values(read_value(one), read_value(other)) == SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2 days", "2 business days"),
        ("3-5 days", "3 days"),
        ("€4.90", "$4.90"),
        ("4.90 €", "4.90"),
        ("yes", "no"),
        ("Returns within 30 days", "Returns within 14 days"),
        ("The fare is refundable", "The fare is not refundable"),
        ("Call us any time", "We reply by post"),
        ("30", "40"),
    ],
)
def test_other_values_are_other_values(one: str, other: str):
    assert compare_values(read_value(one), read_value(other)) == OTHER


def test_the_same_in_other_words_is_told_apart():
    one, other = (
        "Returns are accepted within 30 days of purchase",
        "Returns within 30 days of the purchase are accepted",
    )
    assert compare_values(read_value(one), read_value(other)) == REWORDED


def test_a_number_that_can_be_read_in_two_ways_stays_words():
    assert read_value("1,234").kind == "words"
    assert compare_values(read_value("1,234"), read_value("1234")) == OTHER


@given(st.text(max_size=60))
def test_any_text_is_a_value_that_equals_itself(text: str):
    assert compare_values(read_value(text), read_value(text)) == SAME


def test_likeness_is_the_cosine_of_word_counts():
    assert likeness(["a", "b"], ["a", "b"]) == pytest.approx(1)
    assert likeness(["a", "b"], ["a", "c"]) == pytest.approx(0.5)
    assert likeness(["a"], ["b"]) == 0


def verdicts(*facts: Fact) -> dict[str, str]:
    (found,) = compare_facts(facts, SHOP)
    return {copy.channel: copy.verdict for copy in found.copies}


def test_the_newest_copy_is_the_truth_and_older_ones_are_stale():
    told = (Fact("delivery", "pay", "web", "2 days", SPRING), Fact("delivery", "pay", "store", "5 days", WINTER))
    (found,) = compare_facts(told, SHOP)
    assert verdicts(*told) == {"web": "same", "store": "stale"}
    assert (found.truth, found.as_of, found.consistent) == ("2 days", SPRING, False)
    assert found.says == "Store still says 5 days (as of 2026-01-01). Newest: 2 days (as of 2026-03-01)"


def test_copies_of_one_day_that_contradict_each_other_leave_no_truth():
    told = (Fact("fee", "pay", "web", "free", SPRING), Fact("fee", "pay", "store", "€ 2", SPRING))
    (found,) = compare_facts(told, SHOP)
    assert found.truth == ""
    assert not found.consistent
    assert "copies of one day contradict each other" in found.says


def test_a_channel_that_is_drawn_but_says_nothing_is_missing():
    assert verdicts(Fact("fee", "pay", "web", "free")) == {"web": "same", "store": "missing"}


def test_copies_that_say_the_same_are_consistent():
    (found,) = compare_facts([Fact("wait", "ask", "web", "48 h"), Fact("wait", "ask", "store", "2 days")], SHOP)
    assert (found.consistent, found.says, found.title) == (True, "", "Asks for help")


def test_inconsistent_facts_come_first():
    facts = [Fact("a", "pay", one, "1") for one in ("web", "store")]
    facts += [Fact("b", "pay", "web", "1"), Fact("b", "pay", "store", "2")]
    assert [one.key for one in compare_facts(facts, SHOP)] == ["b", "a"]
    assert compare_facts([], SHOP) == []


CSV = """\ufeffKey,Touchpoint,Channel,Value,As_of
fee,Pays,Web,free,2026-03-01
fee,pay,branch,"€ 2,50",
"""
YAML = """
facts:
  - {key: fee, touchpoint: pay, channel: web, value: free, as_of: 2026-03-01}
  - {key: fee, touchpoint: pay, channel: branch, value: "€ 2,50"}
"""


@pytest.mark.parametrize(("name", "text"), [("f.csv", CSV), ("f.facts.yaml", YAML)])
def test_facts_are_read_from_csv_and_yaml_by_the_names_of_the_map(tmp_path: Path, name: str, text: str):
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert load_facts(tmp_path / name, SHOP) == [
        Fact("fee", "pay", "web", "free", SPRING),
        Fact("fee", "pay", "store", "€ 2,50", None),
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("f.csv", "key,value\nfee,1\n", "line 1: columns are missing: channel"),
        ("f.csv", "key,channel,value\nfee,web,\n", "line 2: value is empty"),
        ("f.csv", "key,touchpoint,channel,value\nfee,paay,web,1\n", "no touchpoint 'paay'. Did you mean 'pay'"),
        ("f.csv", "key,channel,value,as_of\nfee,web,1,soon\n", "as_of is a day such as 2026-03-01, not 'soon'"),
        ("f.yaml", "facts: 3\n", "is “facts:” and a list"),
        ("f.yaml", "facts:\n  - {key: fee, channel: web}\n", "line 2: value is empty"),
        ("f.yaml", "facts: [", "line"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(tmp_path: Path, name: str, text: str, says: str):
    (tmp_path / name).write_text(text)
    with pytest.raises(FactsUnreadable) as fault:
        load_facts(tmp_path / name, SHOP)
    assert says in str(fault.value)


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path):
    with pytest.raises(FactsUnreadable, match="no such file"):
        load_facts(tmp_path / "none.csv", SHOP)


def test_a_promise_that_is_drawn_differently_is_told():
    promise = {
        "time": {"within": "4h"},
        "says": "Within four hours.",
        "feeling": 1,
        "channels": {"chat": {"time": {"within": "5m"}, "says": "In a moment."}, "mail": {"time": {"within": "4h"}}},
    }
    point = {"id": "ask", "title": "Asks", "stage": "help", "promise": promise}
    drawn = Outline(
        Map.model_validate(
            {
                "map": {"id": "care", "title": "Care"},
                "channels": [{"id": "chat", "title": "Chat"}, {"id": "mail"}],
                "stages": [{"id": "help"}],
                "touchpoints": [point],
            }
        )
    )
    assert [one.says for one in drawn_differently(drawn)] == [
        "time: within 5m (Chat), within 4h (elsewhere)",
        "words: “In a moment.” (Chat), “Within four hours.” (elsewhere)",
    ]
    assert drawn_differently(SHOP) == []
