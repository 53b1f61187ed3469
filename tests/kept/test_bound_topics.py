"""Texts are bound to topics on demand, and rules of a map look at them."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from tests.kept.test_feelings import Counting, Lake

from desireline.errors import LakeDamaged
from desireline.kept.bound_topics import bind_topics, bound_topics
from desireline.kept.feelings import Feelings
from desireline.kept.partials import Partials

LATE = "The parcel is late, where is it"


def bind(folder: Path) -> int:
    return bind_topics(folder, pl.Series([LATE, "ok", "", LATE]), pl.Series(["late-parcel", None, None, "late-parcel"]))


def test_texts_keep_the_topics_that_they_were_bound_to(tmp_path: Path):
    assert bind(tmp_path) == 1
    feelings = Feelings(Lake(["ok", LATE, None]), Counting(), Partials(tmp_path), topics=bound_topics(tmp_path))
    assert feelings.feedback(0)["topic"].to_list() == [None, "late-parcel", None]


def test_binding_again_forgets_what_was_bound_before_and_the_state_tells(tmp_path: Path):
    lake, reader, kept = Lake([LATE]), Counting(), Partials(tmp_path)
    states = [Feelings(lake, reader, kept, topics=bound_topics(tmp_path)).state(0)]
    bind(tmp_path)
    states.append(Feelings(lake, reader, kept, topics=bound_topics(tmp_path)).state(0))
    assert bind_topics(tmp_path, pl.Series([LATE]), pl.Series([None], dtype=pl.String)) == 0
    states.append(Feelings(lake, reader, kept, topics=bound_topics(tmp_path)).state(0))
    assert (states[0] == states[2], states[0] == states[1]) == (True, False)


def test_a_torn_file_says_the_way_out(tmp_path: Path):
    bind(tmp_path)
    (tmp_path / "voice" / "topics.parquet").write_bytes(b"torn")
    with pytest.raises(LakeDamaged, match="bind topics again"):
        bound_topics(tmp_path)
