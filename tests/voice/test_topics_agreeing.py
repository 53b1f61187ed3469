"""What people say of a topic is kept beside what is known of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.errors import TopicsInvalid, UnknownTopic
from desireline.kept.agreed_topics import agree_topics, agreed_topics
from desireline.voice.topics.agreeing import agree
from desireline.voice.topics.file import KeptTopic, TopicsFile

TOPICS = TopicsFile(
    tier="fast",
    topics=[KeptTopic(id="late", name="late, parcel", words={"late": 1.0}), KeptTopic(id="slow", words={"slow": 1.0})],
)


def told(topics: TopicsFile) -> list[tuple[str, str | None, bool, str | None, bool]]:
    return [(one.id, one.name, one.pin, one.into, one.drop) for one in topics.topics]


def test_one_topic_changes_and_the_others_stay(tmp_path: Path):
    assert agreed_topics(tmp_path, "shop") is None
    named = agree(TOPICS, "late", {"name": "Late parcels", "pin": True})
    agree_topics(tmp_path, "shop", agree(named, "slow", {"into": "late"}))
    found = agreed_topics(tmp_path, "shop")
    assert found is not None
    assert told(found) == [("late", "Late parcels", True, None, False), ("slow", None, False, "late", False)]
    agree_topics(tmp_path, "shop", agree(found, "slow", {"into": None, "drop": True}))
    found = agreed_topics(tmp_path, "shop")
    assert found is not None
    assert told(found)[1] == ("slow", None, False, None, True)
    assert agreed_topics(tmp_path, "other") is None


def test_a_topic_that_there_is_not_is_told():
    for topic, changes in (("lake", {"name": "Lake"}), ("late", {"into": "lake"})):
        with pytest.raises(UnknownTopic, match="'lake'"):
            agree(TOPICS, topic, changes)


def test_what_contradicts_itself_is_not_kept(tmp_path: Path):
    agree_topics(tmp_path, "shop", agree(TOPICS, "slow", {"into": "late"}))
    circle = agree(agree(TOPICS, "slow", {"into": "late"}), "late", {"into": "slow"})
    with pytest.raises(TopicsInvalid, match="circle"):
        agree_topics(tmp_path, "shop", circle)
    found = agreed_topics(tmp_path, "shop")
    assert found is not None
    assert told(found)[0] == ("late", "late, parcel", False, None, False)
