"""Rules: each form by example, and all of them against plain Python on random values."""

from __future__ import annotations

import re
from fnmatch import translate
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from desireline.maps.rules import Rule

Row = dict[str, str | None]

EVENTS: list[Row] = [
    {"event": "pay", "channel": "web", "property.amount": "120", "property.day": "2026-03-01"},
    {"event": "pay_card", "channel": "store", "property.amount": "99.5", "property.day": "2026-02-28"},
    {"event": "Pay", "channel": None, "property.amount": "a lot", "property.day": None},
    {"event": "open", "channel": "web", "property.amount": "NaN", "property.day": ""},
    {"event": None, "channel": "", "property.amount": None, "property.day": None},
]


def found(rule: dict[str, Any]) -> list[int]:
    """The rows of EVENTS (from 0) for which the rule holds."""
    frame = pl.DataFrame(EVENTS).with_row_index("row")
    return frame.filter(Rule.model_validate(rule).expr())["row"].to_list()


@pytest.mark.parametrize(
    ("rule", "rows"),
    [
        ({"event": "pay"}, [0]),
        ({"event": {"equals": "pay"}}, [0]),
        ({"event": ["pay", "open"]}, [0, 3]),
        ({"event": {"any_of": ["pay", "open"]}}, [0, 3]),
        ({"event": {"glob": "pay*"}}, [0, 1]),
        ({"event": {"glob": "*"}}, [0, 1, 2, 3]),
        ({"event": {"regex": "^[Pp]ay$"}}, [0, 2]),
        ({"event": {"regex": "a"}}, [0, 1, 2]),
        ({"event": {"glob": "pay*", "regex": "d$"}}, [1]),
        ({"event": "pay", "channel": "store"}, []),
        ({"property": {"amount": 120}}, [0]),
        ({"property": {"amount": {"above": 99.5}}}, [0]),
        ({"property": {"amount": {"at_least": 99.5}}}, [0, 1]),
        ({"property": {"amount": {"below": 120}}}, [1]),
        ({"property": {"amount": {"at_most": 120}}}, [0, 1]),
        ({"property": {"amount": {"above": 99, "below": 100}}}, [1]),
        ({"property": {"day": {"at_least": "2026-03-01"}}}, [0]),
        ({"property": {"day": {"below": "2026-03-01"}}}, [1]),
        ({"channel": {"absent": True}}, [2, 4]),
        ({"channel": {"absent": False}}, [0, 1, 3]),
        ({"any": [{"event": "open"}, {"channel": "store"}]}, [1, 3]),
        ({"all": [{"event": {"glob": "pay*"}}, {"channel": "web"}]}, [0]),
        ({"not": {"event": "pay"}}, [1, 2, 3, 4]),
        ({"channel": "web", "not": {"event": "pay"}}, [3]),
    ],
)
def test_a_rule_finds(rule, rows):
    assert found(rule) == rows


def test_a_number_that_is_none_is_above_nothing():
    assert found({"property": {"amount": {"above": -1e300}}}) == [0, 1]


@pytest.mark.parametrize("value", [None, ""])
@pytest.mark.parametrize(
    "test",
    [
        *("a", "", ["a", ""], {"glob": "*"}, {"regex": ""}, {"below": 5}, {"at_most": "z"}, {"at_least": ""}),
        *({"absent": False}, {"absent": True, "glob": "*"}),
    ],
)
def test_what_has_no_value_satisfies_nothing(value, test):
    frame = pl.DataFrame({"event": [value]}, schema={"event": pl.String})
    assert frame.filter(Rule.model_validate({"event": test}).expr()).is_empty()


def test_no_rows_and_a_column_without_any_type_are_no_trouble():
    rule = Rule.model_validate({"event": {"glob": "a*", "at_least": 3}, "not": {"channel": ["a", "b"]}})
    for column in (pl.Series([], dtype=pl.String), pl.Series([None, None], dtype=pl.String)):
        assert pl.DataFrame({"event": column, "channel": column}).filter(rule.expr()).is_empty()


# Against plain Python

SIGNS = "abAB1.*?[(é"
texts = st.one_of(
    st.text(SIGNS, max_size=5),
    st.sampled_from(["", "5", "5.0", "-3", "1e3", "NaN", "inf", "2026-03-01", "2026-03"]),
    st.integers(-9, 9).map(str),
)
values = st.one_of(st.none(), texts)
pieces = st.sampled_from(["a", "b", "1", ".", "[ab]", "[^a]", "(?:a|B)", "é", r"\.", r"\("])
patterns = st.lists(st.tuples(pieces, st.sampled_from(["", "*", "+", "?"])), max_size=4).map(
    lambda parts: "".join(piece + times for piece, times in parts)
)
anchored = st.tuples(st.sampled_from(["", "^"]), patterns, st.sampled_from(["", "$"])).map("".join)
bounds = st.one_of(st.integers(-9, 9), st.floats(-9, 9), texts)
said = st.one_of(
    texts,
    st.integers(-9, 9),
    st.booleans(),
    st.lists(st.one_of(texts, st.integers(-9, 9)), min_size=1, max_size=3),
    st.fixed_dictionaries({}, optional={"glob": texts, "regex": anchored, "at_least": bounds, "below": bounds}).filter(
        bool
    ),
    st.fixed_dictionaries({}, optional={"above": bounds, "at_most": bounds, "absent": st.booleans()}).filter(bool),
)
tests = st.deferred(lambda: said)  # keeps what hypothesis prints short
FIELDS = ("event", "channel", "status", "kind", "question")
plain_rules = st.fixed_dictionaries(
    {}, optional=dict.fromkeys(FIELDS, tests) | {"property": st.fixed_dictionaries({"n": tests})}
).filter(bool)
rules = st.recursive(
    plain_rules,
    lambda inner: st.fixed_dictionaries(
        {},
        optional={
            "event": tests,
            "any": st.lists(inner, min_size=1, max_size=3),
            "all": st.lists(inner, min_size=1, max_size=3),
            "not": inner,
        },
    ).filter(bool),
    max_leaves=6,
)
rows = st.fixed_dictionaries(dict.fromkeys((*FIELDS, "property.n"), values))


def rule_holds(rule: dict[str, Any], row: Row) -> bool:
    """What the words of a rule say, in plain Python."""
    said = [test_holds(test, row[field]) for field, test in rule.items() if field in FIELDS]
    said += [test_holds(test, row[f"property.{name}"]) for name, test in rule.get("property", {}).items()]
    said += [any(rule_holds(part, row) for part in rule["any"])] if "any" in rule else []
    said += [all(rule_holds(part, row) for part in rule["all"])] if "all" in rule else []
    said += [not rule_holds(rule["not"], row)] if "not" in rule else []
    return all(said)


def test_holds(test: Any, value: str | None) -> bool:
    if not isinstance(test, dict):
        wanted = test if isinstance(test, list) else [test]
        return bool(value) and value in [str(one).lower() if isinstance(one, bool) else str(one) for one in wanted]
    if not value:
        return test == {"absent": True}
    return all(PLAIN[name](value, limit) for name, limit in test.items())


def compared(holds):
    def compare(value: str, limit: float | str) -> bool:
        if isinstance(limit, str):
            return holds(value, limit)
        try:
            return holds(float(value), limit)
        except ValueError:
            return False

    return compare


def globbed(value: str, glob: str) -> bool:
    return re.fullmatch(translate(glob.replace("[", "[[]")), value) is not None


PLAIN = {
    "glob": globbed,
    "regex": lambda value, pattern: re.search(pattern, value) is not None,
    "above": compared(lambda value, limit: value > limit),
    "at_least": compared(lambda value, limit: value >= limit),
    "below": compared(lambda value, limit: value < limit),
    "at_most": compared(lambda value, limit: value <= limit),
    "absent": lambda value, absent: not absent,
}
test_holds.__test__ = False


@settings(max_examples=80, deadline=None)
@given(rules, st.lists(rows, min_size=1, max_size=6))
def test_rules_agree_with_plain_python(rule, events):
    frame = pl.DataFrame(events, schema=dict.fromkeys((*FIELDS, "property.n"), pl.String))
    told = frame.select(Rule.model_validate(rule).expr().alias("holds"))["holds"].to_list()
    assert told == [rule_holds(rule, row) for row in events]


@settings(max_examples=25, deadline=None)
@given(rules, rows)
def test_a_rule_and_its_opposite_never_agree_and_are_never_silent(rule, event):
    frame = pl.DataFrame([event], schema=dict.fromkeys((*FIELDS, "property.n"), pl.String))
    one, other = Rule.model_validate(rule).expr(), Rule.model_validate({"not": rule}).expr()
    assert sorted(frame.select(one.alias("one"), other.alias("other")).row(0)) == [False, True]


@settings(max_examples=30, deadline=None)
@given(rules)
def test_a_rule_is_written_as_it_is_read(rule):
    read = Rule.model_validate(rule)
    assert Rule.model_validate(read.model_dump(mode="json", by_alias=True, exclude_unset=True)) == read
    assert Rule.model_validate_json(read.model_dump_json(by_alias=True)) == read


# What a rule looks at


def test_fields_and_texts_are_gathered_from_all_parts():
    rule = Rule.model_validate(
        {
            "event": ["pay", 12],
            "any": [{"channel": "web"}, {"property": {"plan": "pro"}}],
            "not": {"event": "free", "all": [{"question": {"glob": "*recommend*"}}]},
        }
    )
    assert rule.fields() == {"event", "channel", "property.plan", "question"}
    assert rule.texts("event") == {"pay", "12", "free"}
    assert (rule.texts("channel"), rule.texts("question")) == ({"web"}, set())


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (7, "7"),
        (7.0, "7"),
        (0.5, "0.5"),
        (12345678901234567890, "12345678901234567890"),
        (True, "true"),
        (False, "false"),
    ],
)
def test_a_number_means_the_text_that_sources_write(value, text):
    assert Rule.model_validate({"event": value}) == Rule.model_validate({"event": text})


# Rules that cannot be


def reasons(rule: Any) -> list[str]:
    with pytest.raises(ValidationError) as caught:
        Rule.model_validate(rule)
    return [finding["msg"] for finding in caught.value.errors()]


@pytest.mark.parametrize(
    ("pattern", "reason"),
    [
        ("a(", "unclosed group"),
        ("[z-a]", "invalid character class range, the start must be <= the end"),
        ("a(?=b)", "look-around, including look-ahead and look-behind, is not supported"),
        (r"(a)\1", "backreferences are not supported"),
        ("error: (", "unclosed group"),
        ("x{99999}{9999}", "Compiled regex exceeds size limit of 10485760 bytes"),
    ],
)
def test_a_pattern_that_cannot_be_read_says_why_in_one_line(pattern, reason):
    says = f"Value error, this regular expression cannot be read: {pattern!r} ({reason})"
    assert reasons({"event": {"regex": pattern}}) == [says]


@pytest.mark.parametrize("rule", [{}, {"event": None}, {"not": {}}])
def test_an_empty_rule_is_refused(rule):
    says = "Value error, an empty rule matches nothing; say event, channel, property, any, all or not"
    assert reasons(rule) == [says]


def test_an_empty_test_is_refused():
    says = "Value error, an empty test matches nothing; say equals, any_of, glob, regex, at_least … or absent"
    assert reasons({"event": {}}) == [says]


@pytest.mark.parametrize("rule", [{"event": []}, {"any": []}, {"all": []}, {"property": {}}, {"event": {"any_of": []}}])
def test_an_empty_list_is_refused(rule):
    assert all("should have at least 1 item" in reason for reason in reasons(rule))
