"""Numbers of findings, voice and decisions are the same painted, by `--json`, from Python and in the report."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from pptx import Presentation
from tests.draw.test_onepage import plain, words_of
from tests.web.asked import Asked, Tables, table
from tests.web.painted import numbers, paints, row, rows

from desireline.draw.figures import say, say_effect, say_interval
from desireline.json_form import json_text
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.scenarios.written import levers_json, whatif_json
from desireline.voice.drivers.drivers import FindDrivers
from desireline.voice.effort.effort import Effort
from desireline.voice.parity.parity import FindParity
from desireline.voice.scores.scores import ScoresAnalysis
from desireline.voice.topics.topics import Topics

pytestmark = pytest.mark.thorough


def as_json(found: Any) -> Any:
    """What Python found, as JSON has it."""
    return json.loads(json_text(found))


def outline_of(there: Asked) -> Outline:
    return Outline(load_map(there.company.file))


def ends(one: dict[str, Any]) -> tuple[float, float | None, float | None]:
    """A number with both ends of its interval."""
    return one["value"], one["low"], one["high"]


def short(one: dict[str, Any] | None) -> list[float]:
    """What a cost is said with: three digits."""
    return [] if one is None else [float(f"{value:.3g}") for value in ends(one) if value is not None]


def test_findings(there: Asked, report: Tables):
    said = there.said("opportunities", "MAP")["opportunities"]
    found = {one.id: one.effect for one in there.shop.findings(there.company.file).findings}
    written = {
        cells[0]: cells for cells in next(cells for title, cells in report.items() if title.startswith("Findings"))
    }
    shown = rows(there.go("view=findings"))
    assert len(said) >= 8
    for rank, one in enumerate(said, 1):
        finding = one["finding"]
        effect = finding["effect"]
        assert (effect["value"], effect["low"], effect["high"]) == tuple(
            getattr(found[finding["id"]], end) for end in ("value", "low", "high")
        )
        says = finding["says"]
        [text] = [line for line in shown if line.startswith(f"{rank} ") and says in line]
        cost, _, facts = (
            text.partition(says)[2]
            .strip()
            .partition(" · grade")[0]
            .partition("measured " if one["lost"] is None else " a year ")
        )
        cost, facts = (facts, cost) if not facts else (cost, facts)
        paints(facts, *ends(effect), finding["customers"] or None)
        paints(cost, *(short(one["lost"])))
        assert written[str(rank)][2].startswith(facts.partition(" [")[0])
        assert written[str(rank)][3] == f"{finding['customers']:,}"


def test_one_finding(there: Asked):
    one = there.said("opportunities", "MAP")["opportunities"][0]
    finding = one["finding"]
    shown = rows(there.go(f"view=findings&finding={finding['id']}"))
    paints(row(shown, "Lost journeys a year "), *short(one["lost"]))
    paints(row(shown, "Journeys affected a year "), *short(one["reach"]))
    for each in [finding["effect"], *finding["evidence"]]:
        paints(row(shown, f"{each['says']} "), *ends(each))
    told = there.page.get_by_role("article").get_by_role("button", name=re.compile("customers$"))
    paints(told.inner_text(), finding["customers"])


def test_topics(there: Asked):
    said = there.said("topics", "MAP")
    assert (
        as_json(there.shop.listen(there.company.file, Topics(outline_of(there))).as_json())["topics"] == said["topics"]
    )
    shown = rows(there.go("view=voice", "Topics"))
    assert said["topics"]
    for one in said["topics"]:
        paints(row(shown, f"{one['name']} "), one["share"], one["score_effect"])


def test_scores(there: Asked, report: Tables):
    said = there.said("feedback", "scores", "MAP")["scores"]
    found = as_json(there.shop.listen(there.company.file, ScoresAnalysis()).as_json())["scores"]
    assert sorted(found, key=json_text) == sorted(said, key=json_text)
    page = there.go("view=voice", "Scores")
    options = page.get_by_label("Score", exact=True).locator("option").all()
    choices = {one.inner_text(): one.get_attribute("value") or "" for one in options}
    asked = [one for one in said if one["level"] != "stage" and one["value"] is not None]
    assert len(asked) >= 4
    for one in asked:
        [value] = [
            value
            for title, value in choices.items()
            if title.startswith(f"{one['question']} (") and title.endswith(f"· {there.titles[one['place']]}")
        ]
        page.get_by_label("Score", exact=True).select_option(value)
        there.settle()
        sentence = page.get_by_text("over all of the data").inner_text().partition(" customers.")[0]
        paints(sentence, *ends(one), one["n"])
        cells = [
            cells
            for _, each in report.items()
            for cells in each
            if cells[0] == f"{there.titles[one['place']]} {one['question']}"
        ]
        assert any(cells[2].startswith(say(one["value"], one["unit"])) for cells in cells)


def test_drivers(there: Asked, report: Tables):
    said = there.said("drivers", "MAP")
    assert {
        "map": said["map"],
        **as_json(there.shop.listen(there.company.file, FindDrivers(outline_of(there))).as_json()),
    } == said
    shown, written = rows(there.go("view=voice", "Drivers")), table(report, "Drivers of")
    for rank, one in enumerate(said["drivers"], 1):
        text = row(shown, f"{rank}. {one['title']} {one['question']} ")
        paints(text, one["importance"]["value"], one["performance"]["value"])
        share, rated = re.findall(r"[\d.]+", text)
        assert written[one["title"]][1].startswith(share)
        assert written[one["title"]][2].startswith(rated)


def test_channels(there: Asked, report: Tables):
    said = there.said("parity", "MAP")
    found = there.shop.listen(there.company.file, FindParity(outline_of(there)))
    assert as_json(found.as_json())["found"] == said["found"]
    written = next(cells for title, cells in report.items() if title.startswith("Satisfied, by channel"))
    shown = rows(there.go("view=voice", "Channels"))
    assert said["found"]
    for one in said["found"]:
        first, second = one["sides"]
        [text] = [
            line
            for line in shown
            if re.match(
                rf"{re.escape(one['title'])} {re.escape(first['title'])} [\d.]+\D+{re.escape(second['title'])} \d", line
            )
        ]
        text = text.partition(one["says"])[0]
        paints(text, first["value"]["value"], second["value"]["value"], one["compared"]["difference"]["value"])
        [cells] = [
            cells for cells in written if cells[:2] == [one["title"], f"{first['title']} against {second['title']}"]
        ]
        paints(cells[2], first["value"]["value"], second["value"]["value"])
        assert re.search(r"[+−][\d.]+", text).group() in cells[4]  # type: ignore[union-attr]


def test_effort(there: Asked, report: Tables):
    said = there.said("effort", "MAP")
    found = as_json(there.shop.listen(there.company.file, Effort(outline_of(there))).as_json())
    assert found["index"] == said["index"]
    page = there.go("view=voice", "Effort")
    shown, written = rows(page), table(report, "Effort by place")
    index = said["index"]
    sentence = page.get_by_text("points per journey").first.inner_text().partition(". ")[0]
    told = (index["effort"], index["low"], index["high"], index["m"], index["n"])
    paints(sentence.replace("of 100 points", ""), *told)
    points = [one for one in said["places"] if one["kind"] == "touchpoint" and one["effort"]]
    assert len(points) > 10
    for one in points:
        text = row(shown, f"{there.titles[one['at']]} ").partition(" mostly")[0]
        paints(text, one["effort"])
        assert written[there.titles[one["at"]]][1] == text
    for one in said["components"]:
        if one["measurable"] and one["points"] is not None:
            paints(row(shown, f"{one['title']} "), one["points"])
    for one in (each for each in said["hand_offs"] if each["kind"] == "team"):
        titles = {team.id: team.title for team in load_map(there.company.file).teams}
        text = row(shown, f"{one['rank']}. {titles[one['from']]} → {titles[one['to']]} ")
        paints(" ".join(text.split(" ")[:3]), one["effort"], one["hand_offs"], one["share"])


def test_an_initiative_and_its_verdict(there: Asked):
    said = there.said("initiative", "show", there.initiative)
    judged = there.said("verdict", there.initiative, "MAP", "--dry-run")
    known = there.shop.ledger().initiative(there.initiative)
    base, [one] = said["target"]["baseline"], judged["verdicts"]
    assert known.target.baseline is not None
    assert (known.target.baseline.value, known.target.baseline.n) == (base["value"], base["n"])
    [card] = [text for text in rows(there.go("view=decisions")) if text.startswith(said["title"])]
    page = there.go(f"view=decisions&initiative={there.initiative}")
    text = page.locator("main").inner_text()
    paints(text.partition("Baseline")[2].partition(", 20")[0], *ends(base), base["n"])
    expected = re.search(r"Expected\s+(\S+\s\S+)", text)
    assert expected
    paints(expected.group(1), said["target"]["expected"])
    effect = one["effect"]
    assert {said["target"]["expected"], effect["value"]} <= {
        exact for exact in (said["target"]["expected"], effect["value"]) for seen in numbers(card) if seen.says(exact)
    }
    told = (base["value"], judged["course"]["reached"], one["baseline"], *ends(effect), effect["n"], effect["n_other"])
    paints(row(rows(page), "All "), *told)
    assert one["says"] in text


def test_goals_of_teams(there: Asked, report: Tables):
    said = {(one["measure"], one["at"]): one["value"] for one in there.said("measure", "MAP")["readings"]}
    map_ = load_map(there.company.file)
    goals = {
        (record.title, kpi.measure): record.id for record in [*map_.stages, *map_.touchpoints] for kpi in record.kpis
    }
    targets = next(cells for title, cells in report.items() if title == "Targets")
    seen = 0
    for line in rows(there.go("view=decisions", "Teams")):
        if found := re.fullmatch(r"\S.* at (.+): (.+?) at (?:least|most) .*", line):
            title, painted = found.groups()
            values = [said[measure, id_] for (place, measure), id_ in goals.items() if place == title]
            assert any(numbers(painted)[0].says(value) for value in values if value is not None), line
            assert any(cells[2].startswith(painted) for cells in targets if cells[0] == title), line
            seen += 1
    assert seen > 25


def test_what_if(there: Asked):
    said = there.said("whatif", "MAP")
    scenarios = there.shop.scenarios(there.company.file)
    assert as_json(levers_json(scenarios))["levers"] == said["levers"]
    page = there.go("view=decisions", "What if")
    shown = rows(page)
    for one in said["levers"][:8]:
        title = re.escape(there.titles[one["place"]])
        [text] = [line for line in shown if re.match(rf"{title}: \D+ \d", line) and f"n = {one['n']:,} " in line]
        paints(text, one["rate"], one["n"], *ends(one["value"]))
    slider = page.get_by_role("slider").first
    slider.press("PageDown")
    there.settle()
    first = said["levers"][0]
    edit = f"{first['place']} {first['what']} {float(slider.input_value()):.6f}"
    after = there.said("whatif", "MAP", "--set", edit)
    assert as_json(whatif_json(scenarios, scenarios.ask([edit])))["outcomes"] == after["outcomes"]
    shown = rows(page)
    seen = 0
    for one in (each for each in after["outcomes"] if each["delta"]):
        name = re.compile(rf"{re.escape(one['title'])}( a year)?(?= n = | [+−\d])")
        [text] = [line for line in shown if name.match(line)]
        told = (one["before"]["value"], one["after"]["value"], *ends(one["delta"]))
        paints(name.sub("", text), *((one["n"], *told) if one["n"] else told))
        seen += 1
    assert seen > 4


@pytest.mark.parametrize("form", ["pdf", "pptx"])
def test_what_managers_get(there: Asked, tmp_path: Path, form: str):
    file = tmp_path / f"brief.{form}"
    there.said("report", "MAP", "-o", file)
    text = words_of(file) if form == "pdf" else slide_words(file)
    readings = there.said("measure", "MAP", "--by", "channel")["readings"]
    value = {(one["measure"], one["at"]): one for one in readings if not one["group"] and one["value"] is not None}
    for stage in load_map(there.company.file).stages:
        for measure in ("reach", "drop_off"):
            told = value[measure, stage.id]
            assert plain(say(told["value"], told["unit"])) in text
    whole = value["conversion", there.said("measure", "MAP", "--by", "channel")["map"]]
    assert plain(say(whole["value"], "share")) in text
    assert plain(f"95 % interval {say_interval(whole['low'], whole['high'], 'share')}") in text
    shown = [plain(line) for line in rows(there.go("view=findings"))]
    for rank, one in enumerate(there.said("opportunities", "MAP")["opportunities"][:3], 1):
        effect = one["finding"]["effect"]
        said = plain(say_effect(effect["value"], effect["unit"]))
        assert said in text
        assert any(line.startswith(f"{rank} ") and said in line for line in shown)
    [judged] = there.said("verdict", there.initiative, "MAP", "--dry-run")["verdicts"]
    assert plain(say_effect(judged["effect"]["value"], judged["effect"]["unit"])) in text


def slide_words(file: Path) -> str:
    """All words of slides."""
    shapes = [shape for slide in Presentation(str(file)).slides for shape in slide.shapes]
    texts = [shape.text_frame.text for shape in shapes if shape.has_text_frame]
    return plain(" ".join(texts + [cell.text for one in shapes if one.has_table for cell in one.table.iter_cells()]))
