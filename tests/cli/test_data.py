"""What a question about paths is asked of: options that contradict each other are told."""

import tempfile
from pathlib import Path

import pytest

from cli.shop import Desk
from desireline.cli.data import Data
from desireline.cli.voice import WrongOption
from desireline.pipeline.asked_moves import AskEdges


def test_a_time_that_ends_before_it_begins_is_told(tmp_path):
    with pytest.raises(WrongOption, match="lies before --from"):
        Data(workspace=tmp_path, since="2026-03-31", until="2026-03-01").ask(AskEdges(), quiet=True)


def test_a_property_cannot_be_two_things_at_once(tmp_path):
    with pytest.raises(WrongOption, match="cannot be both 'South' and 'North'"):
        Data(workspace=tmp_path, segment=["region=South", "region=North"]).ask(AskEdges(), quiet=True)


def test_where_no_trace_can_be_kept_it_is_made_once_for_an_answer(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    Path("shop/derived").write_text("in the way")
    made: list[str] = []

    def mkdtemp(prefix: str) -> str:
        made.append(prefix)
        (tmp_path / f"{prefix}{len(made)}").mkdir()
        return str(tmp_path / f"{prefix}{len(made)}")

    monkeypatch.setattr(tempfile, "mkdtemp", mkdtemp)
    said = desk.say("paths", "funnel", "see", "-w", "shop", "--from", "2030-01-01", "--json")
    assert "the trace is made for this answer alone" in said.err
    assert said.err.endswith("No event lies in this time: the data run from 2026-03-01 to 2026-03-20.\n")
    assert made == ["desireline-"]
