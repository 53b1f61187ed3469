"""What is gathered about voices from walked buckets: sums that add up, channels of places, masked quotes."""

from __future__ import annotations

from datetime import timedelta

import polars as pl
import pytest
from tests.voice.care import DAWN

from desireline.findings.finding import Who
from desireline.findings.gather.lowest import LOWEST, Lowest
from desireline.findings.gather.voiced import VoicedWalker, open_voices
from desireline.findings.gather.waits import WaitsWalker
from desireline.journeys.walk import walk
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.measures.view import View
from desireline.tables import CUSTOMERS, EVENTS, FEEDBACK

SHOP = Outline(
    read_map(
        """
map: {id: shop, title: Shop, journey: {by: case, patience: 0d, success: [got]}}
personas:
  - {id: gabi, title: Gabi, segment: {property: {for: gifts}}}
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: order, stage: buy, title: Orders, when: {event: order}}
  - {id: got, stage: buy, title: Gets it, acts: company, when: {event: got}, feedback: {question: Happy?},
     promise: {time: {within: 2d, after: order}}}
"""
    )
)


def shop(people: list[tuple[str, str, float, float]], *, words: str = "Not at all what I had ordered.") -> View:
    """Customer, channel of the delivery, days until it came, stars; the question comes by mail."""
    events, said = [], []
    for number, (name, channel, days, stars) in enumerate(people):
        for event, at, where in (("order", 0.0, "web"), ("got", days, channel)):
            events.append(
                {
                    "customer_id": name,
                    "case_id": name,
                    "at": DAWN + timedelta(days=at),
                    "event": event,
                    "channel": where,
                    "row": number,
                }
            )
        said.append(
            {
                "feedback_id": f"f{name}",
                "customer_id": name,
                "case_id": name,
                "at": DAWN + timedelta(days=days + 1),
                "kind": "survey",
                "question": "Happy?",
                "rule": "csat",
                "low": 1.0,
                "high": 5.0,
                "score": stars,
                "channel": "mail",
                "text": words,
                "weight": 1.0,
            }
        )
    buyers = [{"customer_id": name, "properties": '{"for":"gifts"}'} for name, *_ in people if name.startswith("g")]
    frames = [
        kind.shape(pl.DataFrame(rows, infer_schema_length=None) if rows else kind.empty())
        for kind, rows in ((EVENTS, events), (FEEDBACK, said), (CUSTOMERS, buyers))
    ]
    ordered = [frames[0].sort("customer_id", "at"), *frames[1:]]
    return View(walk(*ordered, SHOP, data_end=DAWN + timedelta(days=60)).trips, SHOP)


def gathered(*views: View):
    walker = VoicedWalker(("channel", "persona"))
    return walker.finish(walker.combine([walker.partial(view) for view in views]))


PEOPLE = [
    (f"{who}{i}", "post", 1.0 if who == "a" else 4.0, 5.0 if who == "a" else 2.0) for who in "ag" for i in range(6)
]


def test_an_answer_stands_in_the_channel_in_which_its_journey_was_at_the_place():
    found = gathered(shop(PEOPLE))
    assert found.groups("got", "channel") == ["channel:post"]
    assert found.groups("got", "persona") == ["persona:(none)", "persona:gabi"]


def test_levels_are_means_of_answers_by_group():
    found = gathered(shop(PEOPLE))
    everybody, gabi = found.feeling("got"), found.feeling("got", "persona:gabi")
    assert everybody is not None
    assert gabi is not None
    assert (everybody.level, gabi.level) == (0.5, -1.0)
    assert everybody.scale == "score:1–5"


def test_what_came_late_is_told_with_and_without():
    found = gathered(shop(PEOPLE))
    with_it, without = found.causes("got")["late", "got"]
    assert (int(with_it.n), float(with_it.ratio), int(without.n), float(without.ratio)) == (6, -10_000, 6, 20_000)


def test_buckets_in_any_order_add_up_to_the_whole():
    walker = VoicedWalker(("channel", "persona"))
    whole, parts = walker.partial(shop(PEOPLE)), [walker.partial(shop(PEOPLE[k::3])) for k in range(3)]
    together, turned = walker.combine(parts), walker.combine([walker.combine(parts[:0:-1]), parts[0]])
    for name in ("levels", "bad", "causes"):
        of_whole = getattr(walker.combine([whole]), name)
        assert getattr(together, name).equals(of_whole)
        assert getattr(turned, name).equals(of_whole)


def test_nobody_who_spoke_is_an_answer_too():
    walker = VoicedWalker(("channel", "persona"))
    found = walker.finish(walker.combine([walker.partial(shop([]))]))
    assert found.feeling("got") is None
    assert found.quotes("got") == ()


def test_quotes_are_masked_and_never_of_fewer_than_five_customers():
    words = "Write to me at ana.berger@example.com, nothing arrived."
    found = gathered(shop(PEOPLE, words=words))
    assert found.quotes("got") == ("Write to me at [e-mail], nothing arrived.",)
    assert gathered(shop(PEOPLE[-4:], words=words)).quotes("got") == ()


def test_of_texts_a_few_are_kept_whatever_the_order():
    rows = pl.DataFrame(
        {
            "place": ["got"] * 60,
            "channel": ["channel:post"] * 60,
            "persona": ["persona:gabi"] * 60,
            "x": list(range(-60, 0)),
            "who": list(range(60)),
            "key": list(range(60)),
            "text": [f"This is text number {i}." for i in range(60)],
        },
        schema=LOWEST,
    )
    kept = Lowest.of([rows[30:], rows[:30]])
    assert kept.texts.equals(Lowest.of([rows]).texts)
    assert kept.quotes("got", "persona:gabi") == tuple(f"This is text number {i}." for i in range(3))


def test_a_voice_opens_to_those_who_spoke():
    view = shop(PEOPLE)
    assert sorted(open_voices(view, Who("feeling", "got", "persona:gabi"))) == [f"g{i}" for i in range(6)]
    assert open_voices(view, Who("feeling", "order")).is_empty()


def test_typical_waits_are_geometric_means_by_persona():
    people = [(f"{who}{i}", "post", days, 3.0) for who, days in (("a", 1.0), ("g", 4.0)) for i in range(12)]
    walker = WaitsWalker(("persona",))
    found = walker.finish(walker.combine([walker.partial(shop(people[::2])), walker.partial(shop(people[1::2]))]))
    here, rest = found.compare("got", "persona:gabi")
    assert (here.value, rest.value) == (pytest.approx(4 * 86_400, rel=1e-3), pytest.approx(86_400, rel=1e-3))
    assert found.compare("order", "persona:gabi") == ()
