"""A small map by hand, and maps at random."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from desireline.maps.records import Map

SHOP = """\
# The shop as we want it

format: desireline/1
map:
  id: shop
  title: "Shop"      # working title
  review: {every_days: 90, last: 2026-01-01}

stages:
  - id: buy
    title: Buy
    kpis:
      - {measure: nps, at_least: 30}   # asked after paying
  - id: use

touchpoints:
  # the first contact
  - id: cart
    stage: buy
    title:   'Cart'
    channels: [web]
    when: {event: [cart, 12]}

  - id: pay
    stage: buy
    team:
    promise:
      time: {within: 10m, after: cart}
      # in the customer's words
      says: Fast.
    about: |
      Two
      lines.

  # end of the touchpoints
channels:
  - {id: web, title: Web}
links:
  - {kind: then, from: pay, to: cart}
cards:
  - {at: pay, lane: doing, says: "Pays: now"}
"""

_PRINTABLE = st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn"), exclude_characters="\ufeff\u2028\u2029\x85")
words = st.text(_PRINTABLE, min_size=1, max_size=30)
texts = st.one_of(
    words,
    st.lists(words, min_size=2, max_size=3).map("\n".join),
    st.sampled_from(
        [
            "yes",
            "null",
            "1",
            "1.0",
            "2026-03-01",
            "2026-02-31",
            "- a",
            "a: b",
            "# c",
            "'",
            '"',
            "*x",
            "~",
            " a",
            "\t",
            "=",
        ]
    ),
)
levels = st.integers(-4, 4).map(lambda half: half / 2)


@st.composite
def map_records(draw: st.DrawFn) -> dict[str, Any]:
    """A whole map as plain data, with odd texts and every kind of record."""
    stages = [{"id": f"s{number}", "title": draw(texts)} for number in range(draw(st.integers(1, 3)))]
    points = [
        {"id": f"t{number}", "stage": draw(st.sampled_from(stages))["id"], **draw(_point_fields())}
        for number in range(draw(st.integers(1, 4)))
    ]
    places = st.sampled_from([record["id"] for record in (*stages, *points)])
    card = st.fixed_dictionaries(
        {"at": places, "lane": st.sampled_from(["doing", "feeling", "pain"])},
        optional={"says": texts, "level": levels, "persona": st.just("maya"), "evidence": _evidence()},
    )
    return {
        "map": {"id": "m", "title": draw(texts), **draw(_head_fields())},
        "personas": [{"id": "maya", "goals": draw(st.lists(texts, max_size=2)), "segment": draw(rules())}],
        "channels": [{"id": "web", "names": draw(st.lists(words, max_size=2))}, {"id": "store"}],
        "stages": stages,
        "touchpoints": points,
        "links": [{"kind": "then", "from": points[-1]["id"], "to": points[0]["id"]}],
        "cards": draw(st.lists(card, max_size=4)),
    }


def as_map(records: dict[str, Any]) -> Map:
    """The records as a map, their nameless cards and links numbered."""
    cards = [{"id": f"c{number}", **card} for number, card in enumerate(records["cards"])]
    links = [{"id": f"l{number}", **link} for number, link in enumerate(records["links"])]
    return Map.model_validate({**records, "cards": cards, "links": links})


def rules() -> st.SearchStrategy[dict[str, Any]]:
    """Rules in their short and long forms."""
    test = st.one_of(
        texts,
        st.lists(words, min_size=1, max_size=3),
        st.fixed_dictionaries({"at_least": st.integers(0, 9)}),
        st.fixed_dictionaries({"absent": st.booleans()}),
    )
    simple = st.fixed_dictionaries(
        {"event": test}, optional={"property": st.dictionaries(words, test, min_size=1, max_size=2)}
    )
    return st.one_of(
        simple, st.fixed_dictionaries({"any": st.lists(simple, min_size=1, max_size=2)}, optional={"not": simple})
    )


def _point_fields() -> st.SearchStrategy[dict[str, Any]]:
    promise = st.fixed_dictionaries({}, optional={"says": texts, "feeling": levels, "time": st.just({"within": "2d"})})
    return st.fixed_dictionaries(
        {},
        optional={
            "title": texts,
            "about": texts,
            "channels": st.just(["web"]),
            "optional": st.booleans(),
            "when": rules(),
            "promise": promise,
            "kpis": st.just([{"measure": "nps", "at_least": 30}, {"measure": "csat"}]),
        },
    )


def _head_fields() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {},
        optional={
            "purpose": texts,
            "review": st.just({"every_days": 90, "last": "2026-01-31"}),
            "journey": st.just({"by": "silence", "silence": "30m", "success": ["t0"]}),
        },
    )


def _evidence() -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just("observation")}, optional={"by": words, "on": st.just("2026-02-01")})
