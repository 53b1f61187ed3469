"""`desireline map export`, `import` and `formats`: maps as files for others, and from other tools."""

from __future__ import annotations

from pathlib import Path

import pytest

from desireline.cli.start import run
from desireline.draw.files.exports import FORMATS
from desireline.maps.files import load_map
from desireline.maps.outline import Outline


@pytest.fixture(autouse=True)
def hotel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A folder with a map."""
    monkeypatch.chdir(tmp_path)
    assert run(["map", "new", "hotel.journey.yaml", "-t", "hotel-stay"]) == 0
    capsys.readouterr()


def test_the_ending_says_the_format_and_what_is_lost_is_told(capsys: pytest.CaptureFixture[str]):
    assert run(["map", "export", "hotel.journey.yaml", "-o", "hotel.mmd"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("hotel.mmd is written (1 KB): Mermaid journey.")
    assert told.count("Loses:") == len(FORMATS["mermaid"].loses)
    assert Path("hotel.mmd").read_text().startswith("journey\n    title A stay with us\n")


def test_a_file_that_is_there_is_not_overwritten(capsys: pytest.CaptureFixture[str]):
    Path("hotel.svg").write_text("mine")
    assert run(["map", "export", "hotel.journey.yaml", "-o", "hotel.svg"]) == 2
    assert "hotel.svg is there already" in capsys.readouterr().err
    assert Path("hotel.svg").read_text() == "mine"
    assert run(["map", "export", "hotel.journey.yaml", "-o", "hotel.svg", "--force"]) == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["-o", "hotel.gif"], "No format is called 'hotel.gif'"),
        (["-o", "hotel.x", "-f", "powerpoint"], "No format is called 'powerpoint'"),
        (["-o", "hotel.pdf", "-f", "pages", "--paper", "a5"], "'a5' is no paper. Say one of a4, a3, letter."),
    ],
)
def test_what_is_not_written_is_told_with_the_way_out(words, says, capsys: pytest.CaptureFixture[str]):
    assert run(["map", "export", "hotel.journey.yaml", *words]) == 2
    assert says in " ".join(capsys.readouterr().err.split())


def test_an_exported_grid_comes_back_with_its_stages_and_touchpoints():
    assert run(["map", "export", "hotel.journey.yaml", "-o", "hotel.csv"]) == 0
    assert run(["map", "import", "hotel.csv", "--into", "again.journey.yaml", "--title", "A stay with us"]) == 0
    before, after = (Outline(load_map(file)) for file in ("hotel.journey.yaml", "again.journey.yaml"))
    for name in ("stages", "touchpoints"):
        assert [one.title for one in getattr(after, name)] == [one.title for one in getattr(before, name)]
    felt = [[outline.intended_feeling(point.id) for point in outline.touchpoints] for outline in (before, after)]
    assert felt[0][:7] == felt[1][:7]


def test_a_file_that_is_no_map_is_told_with_its_line(capsys: pytest.CaptureFixture[str]):
    Path("coat.mmd").write_text("journey\n  Pays: a lot\n")
    assert run(["map", "import", "coat.mmd", "--into", "coat.journey.yaml"]) == 3
    assert "coat.mmd, line 2: “Pays: a lot” has no score." in " ".join(capsys.readouterr().err.split())
    assert not Path("coat.journey.yaml").exists()


def test_every_format_is_listed_with_what_it_loses(capsys: pytest.CaptureFixture[str]):
    assert run(["map", "formats"]) == 0
    told = capsys.readouterr().out
    assert all(one.title in told for one in FORMATS.values())
    assert told.count("Loses nothing.") == 2
