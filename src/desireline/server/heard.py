"""Questions to the voice and how they are answered: one function for each, with what the command line says to the same.

It is imported when the first question comes, since it loads scikit-learn.
"""

from __future__ import annotations

from collections.abc import Mapping
from threading import Lock
from typing import Any

from desireline.draw.sections.drivers import MEANINGS, METHODS, middles, say_drivers
from desireline.draw.sections.effort import mostly, say_index
from desireline.draw.sections.parity import say_parity
from desireline.draw.sections.topics import say_topics
from desireline.kept.agreed_topics import agree_topics, agreed_topics
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.measures.groups import Period
from desireline.pipeline.bringing import Step
from desireline.server.masking import of_many
from desireline.voice.drivers.asked import Asked as DriversAsked
from desireline.voice.drivers.drivers import FindDrivers
from desireline.voice.effort.effort import Effort
from desireline.voice.effort.written import USUAL, effort_json
from desireline.voice.parity.asked import MEASURES
from desireline.voice.parity.asked import Asked as ParityAsked
from desireline.voice.parity.parity import FindParity
from desireline.voice.parity.written import parity_json
from desireline.voice.scores.scores import ScoresAnalysis, reading_order
from desireline.voice.scores.trend import TrendAnalysis
from desireline.voice.topics.agreeing import agree
from desireline.voice.topics.file import TopicsFile
from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.topics import FoundTopics, Topics
from desireline.workspace import Workspace

Json = dict[str, Any]

_AGREEING = Lock()  # of two who say something at once, both are heard


def topics(map_: Map, at: str | None, kinds: tuple[str, ...], workspace: Workspace, step: Step) -> Json:
    """As `desireline topics --json`, with topics that are set aside. Raises UnknownPlace."""
    outline, agreed = Outline(map_), agreed_topics(workspace.folder, map_.map.id)
    found = _topics(outline, agreed, workspace, step, at=at, kinds=kinds)
    return found.as_json() | {
        "says": say_topics(found) if found.topics.height else "",
        "set_aside": [
            {"id": one.id, "name": one.name or one.id, "into": one.into, "drop": one.drop}
            for one in (agreed.topics if agreed else ())
            if one.into or one.drop
        ],
        "titles": outline.titles,
    }


def agree_on(map_: Map, topic: str, changes: Json, workspace: Workspace, step: Step) -> None:
    """From now on topics of this map start from what is said of one. Raises UnknownTopic, TopicsInvalid."""
    with _AGREEING:
        _agree_on(map_, topic, changes, workspace, step)


def _agree_on(map_: Map, topic: str, changes: Json, workspace: Workspace, step: Step) -> None:
    agreed = agreed_topics(workspace.folder, map_.map.id)
    known = [one.id for one in agreed.topics] if agreed else []
    if not {topic, changes.get("into") or topic} <= set(known):  # the first that anybody says, or a new one
        gathered = _topics(Outline(map_), agreed, workspace, step).gathered
        agreed = gathered.file if gathered else None
    agree_topics(workspace.folder, map_.map.id, agree(agreed or TopicsFile(tier=None), topic, changes))


def scores(map_: Map, by: tuple[str, ...], period: Period | None, workspace: Workspace, step: Step) -> Json:
    """As `desireline feedback scores --json`, without values of a property that only few share."""
    outline = Outline(map_)
    found = workspace.listen(map_, ScoresAnalysis(by, period), step=step).at(reading_order(outline))
    told = found.as_json()
    return {"map": map_.map.id, **told, "scores": of_many(told["scores"], workspace), "titles": outline.titles}


def trend(map_: Map, period: Period, workspace: Workspace, step: Step) -> Json:
    """As `desireline feedback trend --json`."""
    return {"map": map_.map.id, **workspace.listen(map_, TrendAnalysis(period), step=step).as_json()}


def drivers(map_: Map, of: str | None, workspace: Workspace, step: Step) -> Json:
    """As `desireline drivers --json`. Raises UnknownQuestion, QuestionUnclear."""
    found = workspace.listen(map_, FindDrivers(Outline(map_), DriversAsked(of)), step=step)
    performance, importance = middles(found) if found.drivers else (None, None)
    words = {"says": say_drivers(found), "method_says": METHODS.get(found.method, ""), "kinds": MEANINGS}
    lines = {"mean_performance": performance, "mean_importance": importance}
    return {"map": map_.map.id, **found.as_json(), **words, **lines}


def parity(map_: Map, measure: str, by: str, workspace: Workspace, step: Step) -> Json:
    """As `desireline parity --json`. Raises UnknownMeasure, UnknownGroup."""
    outline, asked = Outline(map_), ParityAsked(measure, by=by)
    found = workspace.listen(map_, FindParity(outline, asked), step=step)
    return parity_json(found, outline) | {
        "says": say_parity(found),
        "unit": asked.unit,
        "within": asked.within,
        "choices": [{"name": name, "title": title} for name, title in MEASURES.items()],
        "titles": outline.titles,
    }


def effort(map_: Map, by: str, workspace: Workspace, step: Step) -> Json:
    """As `desireline effort --json`, with what adds most beside each row; values that only few share are left out.

    Raises UnknownGroup, UnknownProperty.
    """
    asked = Effort(Outline(map_), by=by, kinds=USUAL)
    found = workspace.listen(map_, asked, step=step)
    told = effort_json(found, asked)
    return told | {
        "says": "" if found.whole["effort"] is None else say_index(found),
        "groups": of_many(told["groups"], workspace),
        "places": [_with_most(row) for row in told["places"]],
        "hand_offs": [_with_most(row) for row in told["hand_offs"]],
        "titles": asked.outline.titles,
    }


def _with_most(row: Mapping[str, Any]) -> Json:
    return {**row, "mostly": "" if row["note"] else mostly(row)}


def _topics(
    outline: Outline,
    agreed: TopicsFile | None,
    workspace: Workspace,
    step: Step,
    *,
    at: str | None = None,
    kinds: tuple[str, ...] = (),
) -> FoundTopics:
    def walking(what: str, done: int, of: int) -> None:
        step(what, done, of)
        if of and done == of:
            step("Gathering topics", 0, 0)

    return workspace.listen(outline.map, Topics(outline, Gathering(file=agreed), at=at, kinds=kinds), step=walking)
