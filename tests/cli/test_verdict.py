"""desireline verdict, as people say it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cli.shop import Desk

MAP = "shop.journey.yaml"


@pytest.fixture(autouse=True)
def _no_other_ledger(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DESIRELINE_LEDGER", raising=False)


@pytest.fixture
def begun(desk: Desk) -> Desk:
    """A desk in whose shop an initiative has begun."""
    desk.say(
        "initiative",
        "add",
        MAP,
        "Shorter cart",
        "-w",
        "shop",
        "--at",
        "cart",
        "--better",
        "up",
        "--starts-on",
        "2026-03-16",
    )
    desk.say("initiative", "start", "shorter-cart", "-w", "shop", "--on", "2026-03-16")
    return desk


def test_a_verdict_is_written_beside_the_initiative(begun: Desk):
    said = begun.say("verdict", "shorter-cart", MAP, "-w", "shop")
    assert said.code == 0
    assert said.out.startswith("too early")
    kept = begun.say("initiative", "show", "shorter-cart", "-w", "shop", "--json").data["verdicts"]
    assert [one["word"] for one in kept] == ["too early"]
    assert kept[0]["whole"]["verdicts"][0]["verdict"] == "too early"
    begun.say("verdict", "shorter-cart", MAP, "-w", "shop", "--dry-run")
    assert len(begun.say("initiative", "show", "shorter-cart", "-w", "shop", "--json").data["verdicts"]) == 1


def test_who_only_looks_is_counted_by_the_day_of_the_data(begun: Desk):
    def looks() -> list[str]:
        return list(begun.say("initiative", "show", "shorter-cart", "-w", "shop", "--json").data["looks"])

    free = ["verdict", MAP, "-w", "shop", "-m", "conversion", "--since", "2026-03-16"]
    begun.say(*free)
    begun.say(*free, "--at", "pay")
    assert looks() == []  # these were others' numbers
    begun.say(*free, "--at", "cart")
    assert len(looks()) == 1
    begun.say("verdict", "shorter-cart", MAP, "-w", "shop", "--dry-run")
    begun.say(*free, "--at", "cart")
    assert len(looks()) == 1  # the same data


def test_a_faulty_question_says_nothing_of_initiatives(desk: Desk):
    said = desk.say("verdict", MAP, "-w", "shop", "-m", "conversion", "--since", "2026-03-04", "--until", "2026-03-01")
    assert "initiative" not in said.err.replace("before the initiative", "")


def test_a_verdict_without_an_initiative_makes_no_ledger(desk: Desk):
    assert desk.say("verdict", MAP, "-w", "shop", "-m", "conversion", "--since", "2026-03-04").code == 0
    assert not Path("shop/ledger.db").exists()


def test_a_verdict_without_an_initiative(desk: Desk):
    said = desk.say("verdict", MAP, "-w", "shop", "-m", "conversion", "--since", "2026-03-04", "--json")
    assert said.code == 0
    assert said.data["verdict"] == "too early"
    assert list(said.data) == [
        "initiative",
        "verdict",
        "says",
        "verdicts",
        "notes",
        "share_of_plan",
        "looks",
        "data_until",
        "course",
        "overlaps",
    ]


def test_what_cannot_be_judged_is_told(begun: Desk):
    begun.say("initiative", "add", MAP, "Later", "-w", "shop")
    for words, says in (
        ([MAP], "--measure and --since"),
        (["no-such.yaml"], "no file"),
        (["later", MAP], "nothing to judge yet"),
        (["shorter-crt", MAP], "Did you mean 'shorter-cart'"),
        (["shorter-cart", MAP, "-m", "csat"], "the initiative says what is judged"),
        (["shorter-cart", MAP, "--smallest", "0.5"], "--smallest"),
        (["shorter-cart", MAP, "--better", "down"], "--better"),
        (["shorter-cart", MAP, "--until", "2026-03-20"], "--until"),
        (["shorter-cart", MAP, "--by", "channel", "--treated", "app"], "--by, --treated"),
        (["shorter-cart", MAP, "--control", "app", "--unaffected", "x"], "--control, --unaffected"),
        (["shorter-cart", MAP, "--randomised"], "--randomised"),
        ([MAP, "-m", "conversion", "--since", "2026-03-04", "--better", "sideways"], "up or down"),
        (["a", "b", MAP], "an initiative and a map"),
        ([MAP, "-m", "conversion", "--since", "soon"], "is no day"),
        ([MAP, "-m", "conversion", "--since", "2026-03-04", "--until", "2026-03-01"], "before it starts"),
        ([MAP, "-m", "conversion", "--since", "2026-03-04", "--by", "channel", "--treated", "ap"], "Did you mean"),
        ([MAP, "-m", "conversion", "--since", "2026-03-04", "--by", "property:x", "--treated", "a"], "property 'x'"),
    ):
        said = begun.say("verdict", *words, "-w", "shop")
        assert said.code == 2, words
        assert says in said.err, words


def test_an_initiative_of_another_map_is_told(begun: Desk):
    begun.say("map", "new", "other.journey.yaml")
    said = begun.say("verdict", "shorter-cart", "other.journey.yaml", "-w", "shop")
    assert said.code == 2
    assert "was written for the map 'shop'" in said.err
