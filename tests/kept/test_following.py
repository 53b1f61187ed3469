"""The kept trace follows the lake: made when asked for, added to, made again when torn; answers stay the same."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desireline import Question, Workspace
from desireline.errors import NoEvents, QuestionUnclear, UnknownGroup, UnknownName
from desireline.kept.trace import KeptTrace
from desireline.lake.store import Lake
from desireline.maps.files import read_map
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import AskFunnel, AskRoutes
from desireline.pipeline.asked_moves import AskEdges, AskOrder
from desireline.pipeline.paths import Only
from desireline.recipes.records import Recipe

LOG: dict[str, object] = {
    "into": "events",
    "source": "rows",
    "customer": "who",
    "channel": "via",
    "properties": ["plan"],
    "events": [{"event": "what", "at": "at"}],
}
PEOPLE: dict[str, object] = {"into": "customers", "source": "rows", "customer": "who", "properties": ["plan"]}
MAP = """
map: {id: shop, title: Shop, journey: {by: life, patience: 1d}}
channels: [{id: net, title: Net, names: [web, app]}]
personas:
  - {id: rich, title: Rich, segment: {property: {plan: gold}}}
  - {id: poor, title: Poor, segment: {not: {property: {plan: gold}}}}
stages: [{id: look, title: Look}, {id: buy, title: Buy}]
touchpoints:
  - {id: sees, stage: look, when: {event: see}}
  - {id: pays, stage: buy, when: {event: pay, channel: app}}
  - {id: pays-gold, stage: buy, when: {event: pay, property: {plan: gold}}}
"""
FUNNEL = AskFunnel(("see", "pay"))
DAY = datetime(2026, 3, 1, tzinfo=UTC)


def bring(shop: Workspace, folder: Path, name: str, rows: list[str]) -> None:
    """Rows come into the shop: of people when the file's name says so, else of the log."""
    people = name.startswith("people")
    file = folder / f"{name}.csv"
    file.write_text("\n".join(["who,plan" if people else "who,what,at,via,plan", *rows]) + "\n")
    recipe = {
        "recipe": "rows",
        "times": {"form": "iso", "zone": "UTC"},
        "sources": {"rows": {"file": "*"}},
        "tables": {"rows": PEOPLE if people else LOG},
    }
    shop.import_files(Recipe.model_validate(recipe), [file])


def visits(first: int, end: int, what: str, *, day: int, via: str = "web", plan: str = "") -> list[str]:
    return [f"c{who:02},{what},2026-03-{day:02}T10:00:00Z,{via},{plan}" for who in range(first, end)]


@pytest.fixture
def shop(tmp_path: Path) -> Workspace:
    """Twenty customers see on the first day, the first eight pay on the second, six of them by app."""
    made = Workspace.create(tmp_path / "shop")
    rows = visits(0, 20, "see", day=1) + visits(0, 6, "pay", day=2, via="app") + visits(6, 8, "pay", day=2)
    bring(made, tmp_path, "log", rows)
    return made


def counts(answer: Answer) -> list[int | None]:
    return [record["customers"] for record in answer.records()]


def test_the_trace_is_made_when_it_is_asked_for_and_kept(shop: Workspace):
    kept = KeptTrace(shop.folder)
    assert kept.current() is None
    assert counts(*shop.paths(FUNNEL)) == [20, 8]
    trace = kept.current()
    assert trace is not None
    assert (trace.events, trace.customers) == (28, 20)


def test_a_new_import_is_seen_by_the_next_question(shop: Workspace, tmp_path: Path):
    assert counts(*shop.paths(FUNNEL)) == [20, 8]
    bring(shop, tmp_path, "log-later", visits(8, 15, "pay", day=3) + visits(30, 35, "see", day=3))
    assert KeptTrace(shop.folder).current() is None
    assert counts(*shop.paths(FUNNEL)) == [25, 15]
    shutil.rmtree(shop.folder / "derived")
    assert counts(*shop.paths(FUNNEL)) == [25, 15]


def test_a_trace_by_other_code_is_made_again(shop: Workspace, monkeypatch: pytest.MonkeyPatch):
    kept, first = KeptTrace(shop.folder), shop.paths(FUNNEL)
    assert kept.current() is not None
    monkeypatch.setattr("desireline.kept.trace.code_version", lambda rooms: "changed")
    assert kept.current() is None
    assert "brings it up to date" in kept.examine()[1]
    before = set(kept.folder.glob("*.cols"))
    assert shop.paths(FUNNEL) == first
    trace = kept.current()
    assert trace is not None
    assert trace.basis == "changed"
    assert before.isdisjoint(kept.folder.glob("*.cols"))


def test_derived_data_may_be_deleted_at_any_time(shop: Workspace):
    first = shop.paths(FUNNEL, AskRoutes())
    for part in ("partials", "trace", "."):
        shutil.rmtree(shop.folder / "derived" / part)
        assert shop.paths(FUNNEL, AskRoutes()) == first


def test_a_torn_trace_is_made_again_and_that_is_said(shop: Workspace):
    first = shop.paths(FUNNEL)
    (shop.folder / "derived" / "trace" / "manifest.json").write_text("nonsense")
    shutil.rmtree(shop.folder / "derived" / "partials")
    told: list[str] = []
    assert shop.paths(FUNNEL, step=lambda what, done, of: told.append(what)) == first
    assert any("made again" in line for line in told)


def test_a_kept_state_that_is_damaged_is_counted_anew(shop: Workspace):
    first = shop.paths(FUNNEL)
    parts = list((shop.folder / "derived" / "partials").rglob("*.part"))
    assert parts
    for path in parts:
        path.write_bytes(path.read_bytes()[:40])
    assert shop.paths(FUNNEL) == first


def test_a_map_puts_events_on_its_touchpoints_by_its_rules(shop: Workspace, tmp_path: Path):
    map_ = read_map(MAP, "shop")
    assert counts(*shop.paths(AskFunnel(("sees", "pays")), map_=map_)) == [20, 6]
    bring(shop, tmp_path, "log-gold", visits(10, 15, "pay", day=3, plan="gold"))
    [funnel, gold, order] = shop.paths(
        AskFunnel(("sees", "pays")), AskFunnel(("sees", "pays-gold")), AskOrder(), map_=map_
    )
    assert (counts(funnel), counts(gold)) == ([20, 6], [20, 5])
    assert order.about["stages"] == ["look", "buy"]
    assert order.about["customers"] == 20
    assert counts(*shop.paths(FUNNEL)) == [20, 13]


def test_another_map_over_the_same_events_is_another_question(shop: Workspace):
    asked = AskFunnel(("sees", "pays"))
    assert counts(*shop.paths(asked, map_=read_map(MAP, "shop"))) == [20, 6]
    by_web = read_map(MAP.replace("channel: app", "channel: web"), "shop")
    assert counts(*shop.paths(asked, map_=by_web)) == [20, None]
    renamed = read_map(MAP.replace("title: Look", "title: Looks around"), "shop")
    assert counts(*shop.paths(asked, map_=renamed)) == [20, 6]


def test_titles_that_change_places_are_another_question(shop: Workspace):
    titled = MAP.replace("{id: sees,", "{id: sees, title: One,").replace("{id: pays,", "{id: pays, title: Two,")
    swapped = titled.replace("One", "Zero").replace("Two", "One").replace("Zero", "Two")
    assert counts(*shop.paths(AskFunnel(("One",)), map_=read_map(titled, "shop"))) == [20]
    assert counts(*shop.paths(AskFunnel(("One",)), map_=read_map(swapped, "shop"))) == [6]


def test_a_new_name_with_the_sign_that_parts_names_is_another_question(shop: Workspace, tmp_path: Path):
    assert counts(*shop.paths(AskFunnel(("see > pay",)))) == [20, 8]
    bring(shop, tmp_path, "log-later", visits(0, 7, "see > pay", day=3))
    assert counts(*shop.paths(AskFunnel(("see > pay",)))) == [7]


def test_channels_are_those_of_the_map(shop: Workspace):
    both = Only(channels=("net",))
    map_ = read_map(MAP, "shop")
    assert counts(*shop.paths(AskFunnel(("sees", "pays")), map_=map_, only=both)) == [20, 6]
    assert counts(*shop.paths(FUNNEL, only=Only(channels=("app",)))) == [0, 0]
    for word in ("Net", "app", "Web"):  # its title, and what the data call it
        only = Only(channels=(word,))
        assert counts(*shop.paths(AskFunnel(("sees", "pays")), map_=map_, only=only)) == [20, 6]
    with pytest.raises(UnknownName, match="No channel is called 'apps' here"):
        shop.paths(AskFunnel(("sees",)), map_=map_, only=Only(channels=("apps",)))


def test_periods_leave_out_what_happened_before_and_after(shop: Workspace):
    assert counts(*shop.paths(FUNNEL, only=Only(until=DAY + timedelta(days=1)))) == [20, 0]
    [edges] = shop.paths(AskEdges(), only=Only(since=DAY + timedelta(days=1)))
    assert edges.rows == ()


def test_segments_and_personas_are_customers_of_whom_something_is_known(shop: Workspace, tmp_path: Path):
    map_ = read_map(MAP, "shop")
    bring(shop, tmp_path, "people", [f"c{who:02},{'gold' if who < 7 else 'tin'}" for who in range(14)])
    assert counts(*shop.paths(FUNNEL, segment={"plan": "gold"})) == [7, 7]
    assert counts(*shop.paths(FUNNEL, segment={"plan": "tin"})) == [7, None]
    assert counts(*shop.paths(AskFunnel(("sees",)), map_=map_, persona="rich")) == [7]
    assert counts(*shop.paths(AskFunnel(("sees",)), map_=map_, persona="poor")) == [13]
    assert counts(*shop.paths(AskFunnel(("sees",)), map_=map_, persona="poor", segment={"plan": "tin"})) == [7]
    bring(shop, tmp_path, "people-later", ["c07,gold"])
    assert counts(*shop.paths(FUNNEL, segment={"plan": "gold"})) == [8, 8]
    assert counts(*shop.paths(FUNNEL)) == [20, 8]


def test_answers_follow_files_that_were_merged(shop: Workspace, tmp_path: Path):
    for day in range(3, 14):
        bring(shop, tmp_path, f"log-{day}", visits(day, day + 1, "pay", day=day))
        grown = shop.paths(FUNNEL, AskRoutes())
    assert any(".merged." in name for name in Lake.open(shop.folder / "lake").current().fingerprints("events", 0))
    shutil.rmtree(shop.folder / "derived")
    assert shop.paths(FUNNEL, AskRoutes()) == grown


def test_what_cannot_be_asked_is_told(shop: Workspace, tmp_path: Path):
    with pytest.raises(UnknownGroup, match="Did you mean 'rich'"):
        shop.paths(FUNNEL, map_=read_map(MAP, "shop"), persona="richh")
    with pytest.raises(QuestionUnclear, match="--map"):
        shop.paths(FUNNEL, persona="rich")
    with pytest.raises(NoEvents, match="desireline import"):
        Workspace.create(tmp_path / "empty").paths(FUNNEL)


def test_a_map_that_was_measured_is_not_walked_again(shop: Workspace, tmp_path: Path):
    map_, asked = read_map(MAP, "shop"), Question(measures=("customers", "conversion"))
    first = shop.measure(map_, asked)
    kept = list((shop.folder / "derived" / "readings").rglob("*.part"))
    assert {path.name for path in kept} == {"0.part", "whole.part"}
    again = shop.measure(map_, asked)
    assert again.readings.equals(first.readings)
    assert again.deviations.equals(first.deviations)
    assert again.routes.equals(first.routes)
    for path in kept:
        path.write_bytes(b"torn")
    assert shop.measure(map_, asked).readings.equals(first.readings)
    bring(shop, tmp_path, "log-later", visits(8, 15, "pay", day=3, via="app"))
    later = shop.measure(map_, asked)
    shutil.rmtree(shop.folder / "derived")
    assert later.readings.equals(shop.measure(map_, asked).readings)
    assert not later.readings.equals(first.readings)


def test_the_doctor_tells_how_the_trace_is(shop: Workspace, tmp_path: Path):
    def told() -> tuple[bool, str]:
        [line] = [line for line in shop.examine()["checks"] if line["check"] == "kept trace"]
        return line["ok"], line["says"]

    assert told() == (True, "Not made yet; the first question about paths makes it.")
    shop.trace()
    assert told() == (True, "28 events of 20 customers, as in the lake.")
    bring(shop, tmp_path, "log-later", visits(8, 15, "pay", day=3))
    assert told() == (True, "28 events of 20 customers; the next question brings it up to date.")
    [*_, column] = sorted((shop.folder / "derived" / "trace").rglob("*.cols"))
    held = bytearray(column.read_bytes())
    held[len(held) // 2] ^= 1
    column.write_bytes(held)
    ok, says = told()
    assert not ok
    assert f"Delete {shop.folder / 'derived'}" in says


def test_what_a_card_says_measures_nothing_anew_and_a_rule_does(shop: Workspace, monkeypatch: pytest.MonkeyPatch):
    drawn = read_map(MAP, "shop")
    before = shop.measure(drawn).readings
    worked: list[int] = []
    engine = shop._engine
    monkeypatch.setattr(shop, "_engine", lambda *said, **named: worked.append(1) or engine(*said, **named))
    card = "\ncards: [{id: dear, at: pays, lane: pain, says: Dear}]\n"
    assert shop.measure(read_map(MAP + card, "shop")).readings.equals(before)
    assert worked == []
    other = read_map(MAP.replace("event: pay, channel: app", "event: pay"), "shop")
    assert not shop.measure(other).readings.equals(before)
    assert worked == [1]
