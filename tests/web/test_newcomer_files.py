"""An analyst who never saw the app: from files of orders to the first cause of bad reviews, and to its verdict.

Everything is done in the browser, by clicks, with no command and no YAML. The same story is told twice: on a small shop
that is generated, and on the public orders where they are at hand. The server's clock says when later is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from tests.examples.data import DATA
from tests.web.company import card
from tests.web.conftest import MOVING, Sit
from tests.web.orders import Stretch, write_orders
from tests.web.serving import Served, serving
from tests.web.with_data import looked

from desireline.workspace import Workspace

PUBLIC = sorted((DATA / "olist" / "sample_reviews").glob("*.csv.gz"))
DRAWN = """\
Stage,Purchase,,Delivery,
Touchpoint,Places the order,Payment is approved,Parcel goes to the carrier,Parcel arrives
Marks,,The company acts,The company acts,The company acts
"""
MOST_CLICKS = 16
FOUND, STARTED, JUDGED = (datetime(*day, 9, tzinfo=UTC) for day in ((2018, 9, 24), (2019, 1, 7), (2019, 6, 3)))
TITLE = "Parcels come on the promised day"


@dataclass
class Clock:
    """The server's clock: it stands until a story sets it."""

    now: datetime = FOUND

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def served(tmp_path: Path, clock: Clock) -> Iterator[Served]:
    """A server with an empty workspace, and with this clock."""
    (tmp_path / "workspace").mkdir()
    with serving(tmp_path / "workspace", clock=clock) as found:
        yield found


class Analyst:
    """Somebody at a page, whose clicks are counted: a choice in a list, of files, and going into a field are clicks."""

    def __init__(self, page: Page) -> None:
        self.page, self.clicks = page, 0

    def click(self, name: str, *, within: Locator | None = None) -> None:
        self._did((within or self.page).get_by_role("button", name=name, exact=True).click)

    def drop(self, label: str, files: list[Path]) -> None:
        self._did(lambda: self.page.get_by_label(label).set_input_files(files))

    def write(self, label: str, text: str) -> None:
        self._did(lambda: self.page.get_by_label(label, exact=True).fill(text))

    def choose(self, label: str, says: str) -> None:
        self._did(lambda: self.page.get_by_label(label).select_option(label=says))

    def look(self, view: str) -> None:
        self.click(view, within=self.page.get_by_role("navigation", name="What to look at"))

    def _did(self, what: Callable[[], object]) -> None:
        what()
        self.clicks += 1


def draws(ana: Analyst, folder: Path) -> str:
    """The team's journey becomes a map, out of the table in which they had it; its id."""
    table = folder / "from order to review.csv"
    table.write_text(DRAWN, encoding="utf-8")
    ana.click("Import a map")
    ana.drop("Map to import", [table])
    ana.click("Begin this map")
    expect(card(ana.page, "Parcel arrives")).to_be_visible()
    return ana.page.url.partition("#")[0].rpartition("/")[2]


def brings(ana: Analyst, files: list[Path], *, orders: int) -> None:
    """Files are dropped, what they leave open is answered, how they are understood is looked at, and they come in."""
    page = ana.page
    ana.look("Data")
    ana.click("Bring in files")
    ana.drop("Data files", files)
    expect(page.get_by_text("In which time zone were they written?")).to_be_visible()
    ana.write("Time zone", "America/Sao_Paulo")
    ana.click("Go on")
    read = page.get_by_role("region", name="What each column becomes")
    for told in (
        "olist_orders_dataset",
        "customers.customer_unique_id",
        "named like a customer; reached over orders → customers",
        "by its name a promise, for order_delivered_customer_date",
        "numbers from 1 to 5, named like a score",
    ):
        expect(read).to_contain_text(told)
    expect(page.get_by_text("olist_orders_dataset.csv", exact=False).first).to_contain_text("utf-8 · comma")
    expect(page.get_by_role("region", name="What would happen")).to_contain_text("refused0")
    ana.click("Import")
    expect(page.get_by_text("Imported.")).to_be_visible()
    expect(page.get_by_text(f"{4 * orders:,} events" if orders else "15,831 events", exact=True)).to_be_visible()


def binds(ana: Analyst) -> None:
    """Every event gets its touchpoint as suggested; the due time becomes a promise, and reviews speak of the parcel."""
    page = ana.page
    ana.click("Bind the map to them")
    expect(page.get_by_text("Its name shares “approved” with “Payment is approved”.")).to_be_visible()
    ana.click("Bind all 2")
    expect(page.get_by_text("It follows “Parcel goes to the carrier” in ")).to_be_visible()
    ana.click("Bind purchase to Places the order")
    expect(page.get_by_text("Takes ").first).to_contain_text("customers")
    ana.click("Bind delivered customer to Parcel arrives")
    ana.click("Promise the due time at Parcel arrives")
    ana.choose("What “review score” speaks about", "Parcel arrives")
    expect(page.get_by_text("Of 4 touchpoints with a rule, 4 have data.")).to_be_visible()


def reads(ana: Analyst, served: Served, map_id: str) -> dict[str, float]:
    """What the first finding says is on the page; its numbers, as the server has them."""
    ana.look("Findings")
    page = ana.page.get_by_role("main")
    expect(page.get_by_role("heading", name="Parcel arrives")).to_be_visible(timeout=60_000)
    expect(page).to_contain_text("Their first cause: “Parcel arrives” came late.")
    with served.client() as client:
        first: dict[str, Any] = looked(client, f"/api/maps/{map_id}/findings")["findings"][0]
    assert first["rule"] == "first cause of bad scores"
    numbers = {one["says"]: one["value"] for one in first["evidence"]}
    for says in ("score with it", "score without it"):
        figure = page.get_by_role("listitem").filter(has=ana.page.get_by_text(says, exact=True)).last
        expect(figure).to_contain_text(f"{numbers[says]:.2f}")
    return numbers


def decides(ana: Analyst) -> None:
    """An initiative answers the finding, its target is set, and its start is a quarter away."""
    ana.click("Make an initiative")
    expect(ana.page.get_by_text("leave a dozen weeks between today and the first day")).to_be_visible()
    ana.write("What is to be done", TITLE)
    ana.write("Expected effect", "0.2")
    ana.write("Smallest that matters", "0.05")
    ana.write("Planned first day", f"{STARTED:%Y-%m-%d}")
    ana.click("Propose")
    expect(ana.page.get_by_role("heading", name="The target: fixed when it starts")).to_be_visible()
    expect(ana.page.get_by_role("main")).to_contain_text("Score at “Parcel arrives”")


def back(sit: Sit, served: Served, map_id: str) -> Analyst:
    """Months later she signs in again, and opens the initiative."""
    ana = Analyst(sit(**MOVING))
    ana.page.goto(f"{served.address}/maps/{map_id}?view=decisions")
    ana.click(TITLE)
    return ana


def starts(ana: Analyst) -> None:
    ana.click("Start")
    ana.click("Start", within=ana.page.get_by_role("dialog"))
    expect(ana.page.get_by_role("heading", name="Fixed before the start")).to_be_visible()
    expect(ana.page.get_by_role("button", name="Change title or owner")).to_be_visible()


def brings_later(ana: Analyst, files: list[Path]) -> None:
    """The next files of the same names are read as the first ones were, without a question."""
    ana.look("Data")
    ana.page.get_by_role("tab", name="Bring in").click()
    ana.drop("Data files", files)
    expect(ana.page.get_by_text("as files of these names were before")).to_be_visible()
    ana.click("Import")
    expect(ana.page.get_by_text("Imported.")).to_be_visible(timeout=60_000)


def judges(ana: Analyst) -> None:
    """The verdict stands on the page with its chart and its method, and beside the card on the map."""
    page = ana.page
    ana.look("Decisions")
    listed, judging = (page.get_by_role("button", name=name, exact=True) for name in (TITLE, "Judge it now"))
    expect(listed.or_(judging).first).to_be_visible()
    if listed.is_visible():
        ana.click(TITLE)
    ana.click("Judge it now")
    verdict = page.get_by_role("region", name="Did it help?")
    expect(verdict).to_contain_text("Helped: Score at “Parcel arrives” rose by", timeout=60_000)
    expect(verdict.get_by_role("img", name="it started on 2019-01-07")).to_be_visible()
    expect(verdict).to_contain_text("The weeks after the start are compared with how the weeks before")
    expect(verdict).to_contain_text("weeks that showed it are no baseline")
    ana.look("Map")
    page.get_by_role("radio", name="Actual").click()
    expect(card(page, "Parcel arrives")).to_contain_text(f"{TITLE}: helped")


@pytest.mark.parametrize(
    "public",
    [
        False,
        pytest.param(
            True, marks=[pytest.mark.long, pytest.mark.skipif(not PUBLIC, reason="The public orders are not here.")]
        ),
    ],
    ids=["generated", "public"],
)
def test_from_files_to_the_first_cause_and_to_a_verdict(
    served: Served, sit: Sit, clock: Clock, tmp_path: Path, public: bool
):
    weeks, busy = 36, 120 if public else 80
    before = [Stretch(datetime(2018, 1, 1), weeks, 30)]
    files = PUBLIC if public else write_orders(tmp_path / "first", before, seed=1)
    ana = Analyst(sit(**MOVING))
    map_id = draws(ana, tmp_path)
    brings(ana, files, orders=0 if public else weeks * 30)
    binds(ana)
    numbers = reads(ana, served, map_id)
    assert ana.clicks <= MOST_CLICKS
    if public:
        assert {says: round(value, 4) for says, value in numbers.items()} == {
            "score with it": 2.4272,
            "score without it": 4.2945,
        }
    assert numbers["score without it"] - numbers["score with it"] > 1.5
    decides(ana)

    clock.now = STARTED
    starts(back(sit, served, map_id))

    clock.now = JUDGED
    later = [
        Stretch(datetime(2018, 9, 17), 14, busy),
        Stretch(datetime(2018, 12, 24), 20, busy, late=0.005, in_time=(5, 5, 5, 5, 5, 5, 5, 4, 4, 4)),
    ]
    ana = back(sit, served, map_id)
    brings_later(ana, write_orders(tmp_path / "later", later, seed=2))
    judges(ana)
    assert len(Workspace.open(served.desk.folder).import_ids()) == 2
