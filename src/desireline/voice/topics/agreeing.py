"""Agreeing on a topic: what it is called, that it stays, what it is a part of, that it is not told."""

from __future__ import annotations

from typing import Any

from desireline.errors import UnknownTopic
from desireline.voice.topics.file import TopicsFile


def agree(topics: TopicsFile, topic: str, changes: dict[str, Any]) -> TopicsFile:
    """The topics with what was said of one: some of name, pin, drop and into; `into` None stands for itself again.

    Raises UnknownTopic, also for a topic to go into.
    """
    known = [one.id for one in topics.topics]
    for id_ in (topic, changes.get("into") or topic):
        if id_ not in known:
            raise UnknownTopic(id_, known)
    said = [one.model_copy(update=changes) if one.id == topic else one for one in topics.topics]
    return topics.model_copy(update={"topics": said})
