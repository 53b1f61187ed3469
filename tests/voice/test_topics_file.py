"""A topics file is obeyed: what people named, pinned, merged or dropped is so in the next run."""

from __future__ import annotations

import polars as pl
import pytest

from desireline.errors import TopicsInvalid, TopicsUnreadable
from desireline.voice.topics.file import TopicsFile, read_topics, write_topics, written_vector
from desireline.voice.topics.gathered import Gathering
from desireline.voice.topics.topics import FoundTopics, Topics
from voice.talk import THEMES, Polyglot, a_map, talk

SPOKEN = talk(240)


def run(spoken: pl.DataFrame, file: str | TopicsFile | None = None, **how: object) -> FoundTopics:
    """What is found, starting from a file."""
    kept = read_topics(file, "company.topics.yaml") if isinstance(file, str) else file
    return Topics(a_map(), Gathering(file=kept, **how)).finish(spoken)


def texts_of(found: FoundTopics, id_: str) -> set[str]:
    """The texts of a topic."""
    gathered = found.gathered
    assert gathered is not None
    at = [topic.id for topic in gathered.topics].index(id_)
    return {text for text, of in zip(gathered.texts.texts, gathered.of, strict=True) if of == at}


def theme(name: str, spoken: pl.DataFrame = SPOKEN) -> set[str]:
    """The texts of a planted theme."""
    return set(spoken.filter(pl.col("theme") == name)["text"])


def saved(found: FoundTopics) -> str:
    """The file that the next run may start from."""
    assert found.gathered is not None
    return write_topics(found.gathered.file)


@pytest.mark.parametrize("embedder", [None, Polyglot()])
def test_a_saved_file_gives_the_same_topics_again(embedder: Polyglot | None):
    first = run(SPOKEN, number=4, embedder=embedder)
    again = run(SPOKEN, saved(first), embedder=embedder)
    assert again.topics["id"].sort().to_list() == first.topics["id"].sort().to_list()
    assert not again.topics["new"].any()
    for id_ in first.topics["id"]:
        assert len(texts_of(first, id_) & texts_of(again, id_)) >= 0.95 * len(texts_of(first, id_))


def test_names_stay_on_more_data_and_only_what_is_far_from_all_topics_is_new():
    known = SPOKEN.filter(pl.col("theme") != "login")
    file = saved(run(known, number=3))
    more = talk(400, seed=9)
    again = run(more, file)
    assert set(run(known, number=3).topics["id"]) < set(again.topics["id"])
    [new] = again.topics.filter(pl.col("new"))["id"]
    assert len(texts_of(again, new) & theme("login", more)) >= 0.9 * len(theme("login", more))


def test_a_pinned_topic_keeps_its_id_name_and_seeds_whatever_is_said():
    file = """
        format: desireline-topics/1
        topics:
          - {id: waiting, name: Waiting for parcels, pin: true, seeds: [late parcel, courier]}
    """
    found = run(SPOKEN, file, number=4)
    assert found.topics.filter(pl.col("id") == "waiting").select("name", "pinned").row(0) == (
        "Waiting for parcels",
        True,
    )
    assert len(texts_of(found, "waiting") & theme("late")) >= 0.9 * len(theme("late"))
    assert "seeds: [late parcel, courier]" in saved(found)
    others = talk(200, themes={name: THEMES[name] for name in ("size", "refund")})
    later = run(others, saved(found))
    assert "waiting" not in later.topics["id"]
    assert "Waiting for parcels" in saved(later)  # nobody spoke of it, and it stays


def test_topics_go_into_others_and_dropped_ones_are_not_told():
    first = run(SPOKEN, number=4)
    assert first.gathered is not None
    late, size, refund, login = (
        next(topic.id for topic in first.gathered.topics if texts_of(first, topic.id) & theme(name)) for name in THEMES
    )
    changes = {size: {"into": late}, login: {"drop": True}, refund: {"name": "Money back"}}
    topics = [topic.model_copy(update=changes.get(topic.id, {})) for topic in first.gathered.file.topics]
    found = run(SPOKEN, TopicsFile(topics=topics))
    assert set(found.topics["id"]) == {late, refund}
    assert texts_of(found, late) == texts_of(first, late) | texts_of(first, size)
    assert found.dropped == len(texts_of(first, login))
    assert found.topics.filter(pl.col("id") == refund)["name"].item() == "Money back"
    again = run(SPOKEN, saved(found))
    assert set(again.topics["id"]) == {late, refund}  # the choices are in the saved file too


def test_when_every_topic_is_dropped_nothing_is_told():
    first = run(SPOKEN, number=4)
    assert first.gathered is not None
    topics = [topic.model_copy(update={"drop": True}) for topic in first.gathered.file.topics]
    found = run(SPOKEN, TopicsFile(topics=topics))
    assert (found.topics.height, found.dropped, found.as_json()["topics"]) == (0, 240, [])


def test_comments_of_people_stay_in_the_file():
    first = saved(run(SPOKEN, number=4))
    commented = first.replace("    name:", "    # agreed in May\n    name:", 1)
    found = run(SPOKEN, commented)
    assert found.gathered is not None
    again = write_topics(found.gathered.file, before=commented)
    assert again.count("# agreed in May") == 1
    assert read_topics(again, "again") == found.gathered.file


def test_where_an_embedder_puts_a_topic_survives_writing():
    centre = Polyglot().embed(["late parcel"])[0]
    file = TopicsFile.model_validate({"topics": [{"id": "a", "centre": written_vector(centre)}]})
    [topic] = read_topics(write_topics(file), "file").topics
    assert topic.vector == pytest.approx(centre, abs=1e-3)


@pytest.mark.parametrize(
    ("topics", "says"),
    [
        (
            "[{id: a, seeds: [b], nam: x}]",
            "line 3, topic “a”, field nam: no field is called “nam” here. Did you mean 'name'?",
        ),
        ("[{id: a, seeds: [b]}, {id: a, seeds: [c]}]", "“a” is there twice"),
        ("[{id: late, seeds: [b]}, {id: b, seeds: [c], into: laet}]", "there is no topic “laet”. Did you mean 'late'?"),
        ("[{id: a, seeds: [b], into: b}, {id: b, seeds: [c], into: a}]", "go into each other in a circle"),
        ("[{id: a, seeds: [b], into: a}]", "go into each other in a circle"),
        ("[{id: a, seeds: [b], pin: true, drop: true}]", "pinned or dropped, not both"),
        ("[{id: a, name: A}]", "nothing is known of it: add seeds"),
        ("[{id: a, centre: x}]", "this is no centre"),
    ],
)
def test_a_broken_file_says_what_is_wrong_and_where(topics: str, says: str):
    with pytest.raises(TopicsInvalid) as raised:
        read_topics(f"\nformat: desireline-topics/1\ntopics: {topics}\n", "company.topics.yaml")
    assert str(raised.value).startswith("company.topics.yaml: the topics were not loaded:")
    assert says in str(raised.value)


@pytest.mark.parametrize("text", ["- 1", "topics: [", ""])
def test_a_file_without_topics_is_unreadable(text: str):
    with pytest.raises(TopicsUnreadable, match=r"company\.topics\.yaml"):
        read_topics(text, "company.topics.yaml")


def test_a_file_of_one_tier_serves_the_other():
    first = run(SPOKEN, number=4)
    again = run(SPOKEN, saved(first), embedder=Polyglot())
    assert again.topics["id"].sort().to_list() == first.topics["id"].sort().to_list()
    assert again.gathered is not None
    assert again.gathered.file.tier == "polyglot/1"
