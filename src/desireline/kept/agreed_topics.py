"""The topics that people agreed on in the app, a topics file for each map: whoever asks for topics starts from it.

WORKSPACE/voice/MAP.topics.yaml
"""

from __future__ import annotations

from pathlib import Path

from desireline.disk import put
from desireline.errors import LakeUnwritable
from desireline.maps.written import read_text
from desireline.voice.topics.file import TopicsFile, load_topics, read_topics, write_topics


def agreed_topics(folder: Path, map_id: str) -> TopicsFile | None:
    """What people agreed on; None where nobody has yet. Raises TopicsUnreadable, TopicsInvalid."""
    path = _file(folder, map_id)
    return load_topics(path) if path.exists() else None


def agree_topics(folder: Path, map_id: str, topics: TopicsFile) -> None:
    """From now on topics of this map start from these. Raises TopicsInvalid, LakeUnwritable."""
    path = _file(folder, map_id)
    text = write_topics(topics, before=read_text(path) if path.exists() else None)
    read_topics(text, path.name)
    try:
        put(path, lambda half: half.write_text(text, "utf-8"))
    except OSError as fault:
        raise LakeUnwritable(f"{path} cannot be written: {fault}.") from fault


def _file(folder: Path, map_id: str) -> Path:
    return folder / "voice" / f"{map_id}.topics.yaml"
