"""Touchpoints that the template has, and needs that nobody owns."""

from __future__ import annotations

from dataclasses import replace

import polars as pl
from tests.findings.heard import MAP, dossier, outline, told
from tests.voice.care import care_view

from desireline.findings.finding import Who
from desireline.findings.gather.strangers import Strangers, StrangersWalker
from desireline.findings.rules.template_touchpoint_lacking import open_lacking, template_touchpoint_lacking
from desireline.findings.rules.unmet_need import unmet_need
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.voice.topics.topics import FoundTopics


def strangers(*rows: tuple[str, str, int], customers: int = 1000) -> Strangers:
    events = [{"event": e, "channel": c, "events": 2 * n, "customers": n} for e, c, n in rows]
    schema = {"event": pl.String, "channel": pl.String, "events": pl.Int64, "customers": pl.Int64}
    return Strangers(pl.DataFrame(events, schema=schema), customers)


def lacking(found: Strangers, template: str | None = "clothing-retailer"):
    text = MAP.replace("title: Shop,", f"title: Shop, template: {template}," if template else "title: Shop,", 1)
    return told(template_touchpoint_lacking, dossier(outline(text=text), strangers=found))


def test_a_touchpoint_of_the_template_whose_events_arrive_unmapped_is_lacking():
    [(found, _)] = lacking(strangers(("club_join", "web", 240), ("something", "web", 900)))
    assert found.at == "club_join"
    assert "this map has not; 240 customers (24 %) were there (“club_join”)." in found.says


def test_few_customers_no_template_and_an_unknown_template_say_nothing():
    assert lacking(strangers(("club_join", "web", 40))) == []
    assert lacking(strangers(("club_join", "web", 240)), template=None) == []
    assert lacking(strangers(("club_join", "web", 240)), template="our-own-one") == []
    assert lacking(strangers()) == []


def test_events_that_no_touchpoint_explains_are_gathered_from_buckets_in_any_order():
    views = [
        care_view([{"customer": name, "hour": hour, "event": event} for hour, event in ((0, "open"), (1, "odd"))])
        for name in ("ana", "ben")
    ]
    walker = StrangersWalker()
    parts = [walker.partial(view) for view in views]
    found = walker.finish(walker.combine(parts[::-1]))
    assert found.frame.select("event", "events", "customers").rows() == [("odd", 2, 2)]
    assert found.customers == 2
    assert walker.combine([]).frame.is_empty()


TOPIC = {
    "id": "t1",
    "name": "gift wrap",
    "customers": 280,
    "share": 0.28,
    "low": 0.25,
    "high": 0.31,
    "stability": 0.9,
    "unmet": True,
    "feeling_mean": -0.6,
    "places": ["ask"],
}


def needs(*, of: int = 1000, **changed):
    return told(unmet_need, talk(of=of, **changed))


def talk(*, of: int = 1000, **changed):
    quotes = pl.DataFrame({"topic": ["t1"], "quote": ["Can you wrap it, please?"]})
    found = FoundTopics("shop", "fast", customers=of, topics=pl.DataFrame([TOPIC | changed]), quotes=quotes)
    return dossier(Outline(read_map(MAP)), talk=replace(found))


def test_a_bad_feeling_topic_without_a_touchpoint_that_many_speak_of_is_an_unmet_need():
    [(found, _)] = needs()
    assert found.says == (
        "28 % of the 1,000 customers who said anything speak of “gift wrap”, and no touchpoint of the map is about it."
    )
    assert (found.effect.n, found.effect.value) == (1000, 0.28)
    assert found.effect.low < 0.28 < found.effect.high
    assert found.quotes == ("Can you wrap it, please?",)


def test_rare_loose_pleased_and_matched_topics_are_none():
    assert needs(customers=120, share=0.12) == []  # a few always dislike something
    assert needs(stability=0.3) == []
    assert needs(feeling_mean=0.8) == []
    assert needs(unmet=False) == []


def test_of_very_many_a_draw_is_told_as_one():
    [(found, _)] = needs(of=2000, customers=560)
    assert found.says.startswith("28 % of the 2,000 customers, drawn from all who said anything, speak of “gift wrap”")


def test_a_topic_that_is_no_need_counts_among_the_tests():
    assert [check.p for check in unmet_need.checks(talk(unmet=False))] == [1.0]


def test_who_was_at_a_touchpoint_that_only_the_template_has_is_opened():
    map_ = outline(text=MAP.replace("title: Shop,", "title: Shop, template: clothing-retailer,", 1))
    rows = [
        {"customer": name, "hour": hour, "event": event}
        for name, events in (("ana", ("pay", "club_join", "keep")), ("ben", ("pay", "odd", "keep")))
        for hour, event in enumerate(events)
    ]
    view = care_view(rows, outline=map_)
    assert open_lacking(view, Who("template", "club")).to_list() == ["ana"]
    assert open_lacking(view, Who("template", "unheard of")).is_empty()
    assert open_lacking(care_view([], outline=map_), Who("template", "club")).is_empty()
