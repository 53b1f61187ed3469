"""Numbers of the map, of flow, customers and data are the same painted, by `--json`, from Python and in the report."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from playwright.sync_api import Page, expect
from tests.web.asked import Asked, Tables, table
from tests.web.painted import numbers, paints, row, rows

import desireline as dl
from desireline.draw.figures import measure_title

pytestmark = pytest.mark.thorough

CELLS = """() => [...document.querySelectorAll(".board-numbers")].map(cell => [
  cell.querySelector(".sr-only").textContent.replace("Numbers of ", "").replace(/\\.\\s*$/, ""),
  [...cell.querySelectorAll(":scope > span:last-child > span")].map(line => [...line.children].map(one => one.textContent)),
])"""  # noqa: E501
IN_A_CELL = {"Reach": "reach", "Drop-off": "drop_off", "Emotion": "emotion", "Promise kept": "promise_kept"}
GROUPS = pytest.mark.parametrize(
    "groups", [("",), ("channel:web", "channel:mobile")], ids=["everybody", "two channels"]
)
Readings = dict[tuple[str, str, str], tuple[float | None, str | None]]


def look(there: Asked, groups: tuple[str, ...], way: str = "Actual") -> Page:
    """The map as it was measured, of these groups."""
    page = there.go("")
    page.get_by_role("radio", name=way).click()
    for label, group in zip(("Whose numbers", "Beside whose"), groups, strict=False):
        page.get_by_label(label).select_option(group)
    expect(page.locator(".board-numbers").first).to_contain_text(re.compile("Reach|Not measured|As intended|Nobody"))
    there.settle()
    return page


@pytest.fixture(scope="module")
def readings(there: Asked, report: Tables) -> Readings:
    """What `measure` says of each measure, place and group: the number, and how the report writes it.

    Python says the same readings, to the last digit, and the report has all of them.
    """
    said = there.said("measure", "MAP", "--by", "channel")["readings"]
    measured = there.shop.measure(there.company.file, dl.Question(by=("channel",)))
    assert [{key: one[key] for key in said[0]} for one in measured.readings.to_dicts()] == said
    [everything] = [cells for title, cells in report.items() if title == "All readings"]
    written = {tuple(cells[:2]): cells[4] for cells in everything}  # of everybody; of groups the report has fewer
    return {
        (one["measure"], one["at"], one["group"]): (
            one["value"],
            None if one["group"] else written[measure_title(one["measure"]), there.titled(one["at"])],
        )
        for one in said
    }


@GROUPS
def test_a_touchpoint_on_the_map(there: Asked, readings: Readings, groups: tuple[str, ...]):
    ids = {title: id_ for id_, title in there.titles.items()}
    seen = 0
    for title, lines in look(there, groups).evaluate(CELLS):
        at = ids[title]
        measures = {IN_A_CELL[name] for name, *_ in lines if name in IN_A_CELL}
        there_is = {
            one for one in IN_A_CELL.values() if any(_read(readings, one, at, group)[0] is not None for group in groups)
        }
        assert measures - {"reach"} == there_is - {"reach"}, title
        for name, *texts in lines:
            if name in IN_A_CELL:
                assert len(texts) == len(groups)
                for text, group in zip(texts, groups, strict=True):
                    value, written = _read(readings, IN_A_CELL[name], at, group)
                    assert (text == "–") == (value is None), (title, name, group)
                    assert value is None or written in (None, text), (title, name)
                    paints(text, value)
                    seen += 1
            elif name == "→" and len(groups) == 1:
                edge = f"{at}>{ids[texts[0]]}"
                goes, takes = (_read(readings, one, edge, "") for one in ("conversion", "time_median"))
                paints(" ".join(texts[1:]), goes[0], takes[0])
                assert all(str(written) in texts[1] for value, written in (goes, takes) if value is not None)
                seen += 1
    assert seen > 60


@GROUPS
def test_a_stage_on_the_map(there: Asked, readings: Readings, report: Tables, groups: tuple[str, ...]):
    heads = look(there, groups).locator("button.board-foot", has_text="Numbers of").all_inner_texts()
    assert len(heads) == 7
    for head in heads:
        title, *lines = [line for line in head.removeprefix("Numbers of ").split("\n") if line.strip()]
        at = next(id_ for id_, one in there.titles.items() if one == title.strip().removesuffix("."))
        assert lines
        for line in lines:
            name = next(one for one in IN_A_CELL if line.startswith(one))
            paints(line.removeprefix(name), *(_read(readings, IN_A_CELL[name], at, group)[0] for group in groups))
            if name == "Reach" and len(groups) > 1:
                cells = table(report, "Reach of each stage")[there.titles[at]]
                assert all(any(cell.startswith(text) for cell in cells) for text in line.split(" ", 1)[1].split(" · "))


def test_where_customers_part_from_the_map(there: Asked, report: Tables):
    said = there.said("deviations", "MAP")["deviations"]
    found = there.shop.measure(there.company.file).deviations
    assert found.select("kind", "place", "share").to_dicts() == [
        {key: one[key] for key in ("kind", "place", "share")} for one in said
    ]
    shares = {(there.titles.get(one["place"]), one["kind"].capitalize()): one["share"] for one in said}
    [ranked] = [cells for title, cells in report.items() if title.startswith("Deviations, ranked")]
    seen = 0
    for title, lines in look(there, ("",), "Difference").evaluate(CELLS):
        for _, *texts in (line for line in lines if len(line) > 1):
            kind, share = re.fullmatch(r"(\D+?) (\d.*)", texts[0]).groups()  # type: ignore[union-attr]
            paints(share, shares[title, kind])
            [written] = [cells[3] for cells in ranked if cells[1].startswith(f"{kind} {title}")]
            assert written.startswith(share)
            seen += 1
    assert seen > 10


def test_stages_of_the_flow(there: Asked, readings: Readings, report: Tables):
    stages, shown = table(report, "Stages"), rows(there.go("view=flow", "Stages"))
    for id_ in (one.id for one in dl.load_map(there.company.file).stages):
        values = [readings[measure, id_, ""] for measure in ("reach", "drop_off", "conversion")]
        text = row(shown, f"{there.titles[id_]} Reach ")
        paints(text, *(value for value, _ in values))
        written = stages[there.titles[id_]]
        for (_, says), cell in zip(values, (written[1], written[2], written[4]), strict=True):
            assert says is not None
            assert says in text
            assert cell.startswith(says)


def test_times_between_touchpoints(there: Asked, readings: Readings, report: Tables):
    moves, shown = table(report, "Moves on the map"), rows(there.go("view=flow", "Time between"))
    timed = [
        (at, *told)
        for (measure, at, group), told in readings.items()
        if measure == "time_median" and ">" in at and not group
    ]
    assert len(timed) > 20
    for at, value, written in timed:
        text = row(shown, f"{there.titled(at)} ")
        if value is None:
            assert text.startswith(("not ", "fewer than "))
        else:
            paints(text, value)
            assert text == written
            assert moves[there.titled(at)][2].startswith(str(written))


@pytest.mark.parametrize("channel", ["", "web"])
def test_routes(there: Asked, channel: str):
    only = ("--channel", channel) if channel else ()
    said = there.said("paths", "routes", "-n", 12, "--map", "MAP", *only)
    part = dl.Only(channels=(channel,)) if channel else None
    [answer] = there.shop.paths(dl.AskRoutes(limit=12), map_=there.company.file, only=part)
    assert answer.as_json() == said
    page = there.go("view=flow", "Routes")
    if channel:
        page.get_by_label("Whose numbers").select_option(f"channel:{channel}")
        there.settle()
    shown = [re.sub(r" ⇢ +not planned: ", " → ", text) for text in rows(page)]
    assert said["rows"]
    for one in said["rows"]:
        paints(row(shown, f"{there.titled(one['route'])} {one['customers']} "), one["share"])
    paints(row(shown, "Other routes "), said["other"], said["other_share"])
    sentence = page.get_by_text("different routes.").first.inner_text().partition("not shown")[0]
    told = [said["customers"], said["distinct"], len(said["rows"]), said["other"], said["other_share"]]
    paints(sentence, *told, said["hidden"] or None)


def test_moves(there: Asked):
    said = there.said("paths", "edges", "-n", 40, "--map", "MAP")
    [answer] = there.shop.paths(dl.AskEdges(limit=40), map_=there.company.file)
    assert answer.as_json() == said
    shown = [re.sub(r"^(on|back|again): |· not planned ", "", text) for text in rows(there.go("view=flow", "Loops"))]
    assert len(said["rows"]) > 30
    for one in said["rows"]:
        text = row(shown, f"{there.titled([one['before'], one['after']])} ")
        paints(text, one["moves"], one["share"], one["median_s"])


def test_customers_behind_a_number(there: Asked):
    said = there.said("customers", "MAP", "conversion", "--at", "checkout", "-n", 200)
    behind = there.shop.customers(there.company.file, "conversion", at="checkout")
    assert behind.select("customer_id", "x", "m").head(200).to_dicts() == said["customers"]
    page = there.go("view=customers&measure=conversion&at=checkout")
    paints(page.get_by_text(re.compile(r"^[\d,]+ customers")).first.inner_text(), behind.height, 200)
    assert said["n"] == behind.height
    shown = rows(page)
    for one in said["customers"]:
        paints(re.sub(r"^\d+ texts? ", "", row(shown, f"{one['customer_id']} ")), one["x"], one["m"])


def test_refused_rows(there: Asked, report: Tables):
    said = Counter(one["reason"] for one in there.said("refusals", "-n", 1000))
    assert Counter(there.shop.refusals()["reason"]) == said
    [written] = [cells for title, cells in report.items() if title == "Refused rows by reason"]
    assert Counter({}) + sum((Counter({reason: int(many)}) for reason, _, many, _ in written), Counter()) == said
    shown = rows(there.go("view=data", "Refused rows"))
    by_reason = {found[1]: text for text in shown if (found := re.search(r"\((\w+)\)$", text))}
    assert set(by_reason) == set(said)
    for reason, text in by_reason.items():
        paints(text.split(" ")[0], said[reason])


def test_what_there_is_and_what_is_bound(there: Asked, readings: Readings, report: Tables):
    said, counts = there.said("measure", "MAP", "--by", "channel"), there.said("doctor")["counts"]
    page = there.go("view=data", "Binding")
    head = page.locator("main").inner_text().partition("Sources")[0].replace("\n", " ")
    assert [seen.value for seen in numbers(head)][:3] == [counts[one] for one in ("events", "customers", "feedback")]
    cover = said["coverage"]
    told = [
        "events_explained",
        "events",
        "customers_explained",
        "customers",
        "touchpoints_bound",
        "touchpoints_visited",
    ]
    sentence = page.get_by_text("The map explains").inner_text()
    paints(sentence, *(cover[one] for one in told), len(cover["silent"]), len(cover["unbound"]))
    assert [cells[3] for cells in [["", *one] for one in table(report, "Coverage").values()]][:2] == [
        f"{cover[f'{what}_explained']:,} of {cover[what]:,}" for what in ("events", "customers")
    ]
    shown = rows(page)
    written = next(cells for title, cells in report.items() if title.startswith("Events that no touchpoint"))
    for one in cover["off_map"]:
        paints(row(shown, f"{one['event']} {one['channel']} "), one["events"], one["customers"])
        assert [one["event"], one["channel"], f"{one['events']:,}", f"{one['customers']:,}"] in [
            cells[:4] for cells in written
        ]
    for point in dl.Outline(dl.load_map(there.company.file)).bound:
        events, customers = (readings[measure, point.id, ""][0] for measure in ("visits", "customers"))
        text = row(shown, f"{point.title} ").partition(" event is")[0].partition(" is ")[0]
        paints(text, *((events, customers) if events else ()))


def test_sources(there: Asked):
    counts = there.said("doctor")["counts"]
    held = there.shop.holdings()["sources"]
    shown = rows(there.go("view=data", "Sources"))
    for one in held:
        paints(row(shown, f"{one['source']} ").partition(str(one["first"]))[0], one["rows"])
    assert sum(one["rows"] for one in held) >= counts["events"]


def _read(readings: Readings, measure: str, at: str, group: str) -> tuple[float | None, str | None]:
    return readings.get((measure, at, group), (None, None))
