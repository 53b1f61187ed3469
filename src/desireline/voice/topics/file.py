"""The topics file: which topics people agreed on. `*.topics.yaml`, written by the program and changed by hand.

format: desireline-topics/1
topics:
  - {id: late-flight, name: Late flights, pin: true, seeds: [late, delayed, "waiting for hours"]}
  - {id: waiting, into: late-flight}
  - {id: thanks, drop: true}
"""

from __future__ import annotations

from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from io import StringIO
from pathlib import Path
from typing import Any, Literal

import numpy as np
from pydantic import Field, ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq

from desireline.errors import TopicsInvalid, TopicsUnreadable, did_you_mean
from desireline.maps.faults import Fault, fault_at, model_faults
from desireline.maps.records import Id, Part
from desireline.maps.written import Written, read_text, read_yaml
from desireline.voice.topics.vectors import Vectors

FORMAT = "desireline-topics/1"

_UNREADABLE: Any = TopicsUnreadable
_HEAD = """\
# Topics that `desireline topics --topics` starts from. You may change: name; pin: true (id, name, seeds and words
# stay whatever new texts say); seeds: [words or phrases]; into: ID of another topic (both become one); drop: true
# (not told).
# `words`, `centre` and `reach` are how a topic is known again; leave them to the program.
"""


class KeptTopic(Part):
    """One topic of the file."""

    id: Id
    name: str | None = Field(None, min_length=1, max_length=120, description="What it is called.")
    pin: bool = Field(False, description="Stays as it is, whatever new texts say.")
    drop: bool = Field(False, description="Its texts are gathered, but not told.")
    into: Id | None = Field(None, description="The topic that it is a part of.")
    seeds: list[str] = Field(default_factory=list, description="Words or phrases that are typical of it.")
    words: dict[str, float] = Field(default_factory=dict, description="Stems of its words, with weights.")
    centre: str | None = Field(None, description="Where an embedder puts it.")
    reach: float | None = Field(None, ge=-1, le=1, description="The least likeness of its texts.")

    @property
    def vector(self) -> Vectors | None:
        """`centre` as numbers."""
        return None if self.centre is None else np.frombuffer(b64decode(self.centre), dtype="<f2").astype(np.float32)


class TopicsFile(Part):
    """The topics that people agreed on."""

    format: Literal["desireline-topics/1"] = "desireline-topics/1"
    tier: str | None = Field(None, description="How texts were read: fast, or the embedder's name.")
    topics: list[KeptTopic] = Field(default_factory=list)

    def final(self, id_: str) -> str:
        """The topic into which this one goes at last."""
        into = {topic.id: topic.into for topic in self.topics}
        seen = {id_}
        while (onward := into.get(id_)) and onward not in seen:
            id_ = onward
            seen.add(id_)
        return id_


def load_topics(path: str | Path) -> TopicsFile:
    """The topics in a file. Raises TopicsUnreadable, TopicsInvalid."""
    file = Path(path)
    return read_topics(read_text(file, unreadable=_UNREADABLE), str(file))


def read_topics(text: str, name: str) -> TopicsFile:
    """The topics in a text; `name` is what errors call it. Raises TopicsUnreadable, TopicsInvalid."""
    written = read_yaml(text.removeprefix("\ufeff"), name, unreadable=_UNREADABLE)
    if not isinstance(written.data, dict):
        raise TopicsUnreadable(name, 1, "this holds no topics. A topics file has the fields format and topics.")
    try:
        found = TopicsFile.model_validate(written.data)
    except ValidationError as error:
        raise TopicsInvalid(name, [str(fault) for fault in sorted(model_faults(error, TopicsFile, written))]) from None
    faults = sorted(set(_misfits(found, written)))
    if faults:
        raise TopicsInvalid(name, [str(fault) for fault in faults])
    return found


def write_topics(topics: TopicsFile, *, before: str | None = None) -> str:
    """The file's text. Comments of `before`, the text that it replaces, stay with the topics that stay."""
    yaml = YAML()
    yaml.width = 120
    yaml.indent(mapping=2, sequence=4, offset=2)
    fresh = topics.model_dump(exclude_defaults=True)
    for topic in fresh.get("topics", []):
        topic.update({field: _on_one_line(topic[field]) for field in ("words", "seeds") if field in topic})
    document: Any = {"format": FORMAT, **fresh}
    if before is not None:
        document = yaml.load(before)
        document["tier"] = topics.tier
        _replace(document, fresh.get("topics", []))
    held = StringIO()
    yaml.dump(document, held)
    return held.getvalue() if before is not None else _HEAD + held.getvalue()


def written_vector(vector: Vectors) -> str:
    """Numbers as a short text, at half precision."""
    return b64encode(vector.astype("<f2").tobytes()).decode()


def _on_one_line(value: Any) -> Any:
    """A list or a mapping that is written as [ ] or { }."""
    held = CommentedMap(value) if isinstance(value, dict) else CommentedSeq(value)
    held.fa.set_flow_style()
    return held


def _replace(document: Any, fresh: list[Mapping[str, Any]]) -> None:
    """The topics of the document are these; fields and comments of those that stay are kept in their places."""
    there = document.setdefault("topics", [])
    wanted = {topic["id"]: topic for topic in fresh}
    for place in range(len(there) - 1, -1, -1):
        topic = wanted.pop(there[place]["id"], None)
        if topic is None:
            del there[place]
            continue
        for field in [field for field in there[place] if field not in topic]:
            del there[place][field]
        for field, value in topic.items():
            if there[place].get(field) != value:
                there[place][field] = value
    there.extend(wanted[topic["id"]] for topic in fresh if topic["id"] in wanted)


def _misfits(found: TopicsFile, written: Written) -> Iterator[Fault]:
    """What the schema cannot see: names used twice, topics that go nowhere, topics that nothing is known of."""
    ids = [topic.id for topic in found.topics]
    for number, topic in enumerate(found.topics):
        place = ("topics", number)
        if topic.id in ids[:number]:
            yield fault_at(written, (*place, "id"), f"“{topic.id}” is there twice; each topic needs an id of its own.")
        if topic.into is not None and topic.into not in ids:
            hint = did_you_mean(topic.into, ids, f"Topics: {', '.join(ids)}.")
            yield fault_at(written, (*place, "into"), f"there is no topic “{topic.into}”. {hint}")
        if _goes_round(found, topic.id):
            yield fault_at(written, (*place, "into"), "topics go into each other in a circle; one of them must stay.")
        if topic.pin and topic.drop:
            yield fault_at(written, (*place, "drop"), "a topic is pinned or dropped, not both.")
        if not topic.seeds and not topic.words and topic.centre is None:
            yield fault_at(
                written, place, "nothing is known of it: add seeds, words or phrases that are typical of it."
            )
        if topic.centre is not None and not _is_vector(topic.centre):
            yield fault_at(written, (*place, "centre"), "this is no centre; leave the line out, and it is found again.")


def _goes_round(found: TopicsFile, id_: str) -> bool:
    """Does this topic go into itself, at once or through others?"""
    into = {topic.id: topic.into for topic in found.topics}
    seen: set[str | None] = set()
    onward = into[id_]
    while onward is not None and onward != id_ and onward not in seen:
        seen.add(onward)
        onward = into.get(onward)
    return onward == id_


def _is_vector(text: str) -> bool:
    try:
        found = np.frombuffer(b64decode(text, validate=True), dtype="<f2")
    except ValueError:
        return False
    return bool(np.isfinite(found).all()) and len(found) > 0
