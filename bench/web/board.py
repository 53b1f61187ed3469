"""How quick the board is in a browser, on a large map: 40 touchpoints × 12 lanes with 1,000 cards.

    python -m bench.web.board                 1,000 cards
    python -m bench.web.board --cards 2000

Measures in Debian's chromium, without a screen, on the built app:

- interactive: from the navigation until the first card takes a key and has shown it, the median of five openings;
- key to paint: from a key's event to the next frame, at typing speed, p95 of 120 keys;
- cursor: the same for arrow keys that go from card to card;
- drag: frames a second while a card is carried over the board and past its edge;
- scroll: frames a second while the board is scrolled from end to end.
"""

from __future__ import annotations

import argparse
import json
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from tests.web.conftest import CHROMIUM, QUIET
from tests.web.serving import Served, serving

from bench.web.figure import Figure

LANES = ("doing", "thinking", "feeling", "quote", "pain", "opportunity", "content", "process", "note")
SENTENCE = "Waits for the key and reads what the sign beside the lift says about breakfast and late supper"
WORDS = SENTENCE.split()

FRAMES = """() => {
  window.frames_ = [];
  const next = (at) => { window.frames_.push(at); window.frame_ = requestAnimationFrame(next); };
  window.frame_ = requestAnimationFrame(next);
}"""
STOP = "() => { cancelAnimationFrame(window.frame_); return window.frames_; }"
LISTEN = """() => {
  window.keys_ = [];
  addEventListener("keydown", (event) => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => window.keys_.push(performance.now() - event.timeStamp);
    requestAnimationFrame(() => channel.port2.postMessage(0));
  }, true);
}"""


def main() -> None:
    """Print the figures."""
    said = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    said.add_argument("--cards", type=int, default=1000)
    for one in measure(said.parse_args().cards):
        print("  ".join(one.cells()))


def measure(cards: int = 1000) -> list[Figure]:
    """What somebody feels who works on a large map."""
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as served, sync_playwright() as playwright:
        address = f"{served.address}/maps/{_map(served, cards)}"
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
        page.goto(served.link())
        page.wait_for_url(lambda url: "/open" not in url)
        opened = statistics.median(_open(page, address) for _ in range(5)) / 1000
        board = f"40 touchpoints × 12 lanes, {cards:,} cards"
        found = [
            Figure(f"{board}: from the address to the first key that is answered", opened, "s", bar=1.5, digits=2),
            Figure("— a key typed into a card until it is painted, p95", _p95(_type(page)), "ms", bar=50),
            Figure("— an arrow key from card to card until it is painted, p95", _p95(_walk(page)), "ms", bar=50),
            Figure("— a card dragged over the board", _drag(page), "frames a second", bar=50, more=True),
            Figure("— the board scrolled from end to end", _scroll(page), "frames a second", bar=50, more=True),
        ]
        browser.close()
        return found


def _map(served: Served, cards: int) -> str:
    stages = [{"id": f"s{n}", "title": f"Stage {n + 1}", "customer_goal": "Get on with it"} for n in range(8)]
    points = [{"id": f"p{n}", "stage": f"s{n // 5}", "title": f"Touchpoint {n + 1}"} for n in range(40)]
    data: dict[str, Any] = {
        "format": "desireline/1",
        "map": {"id": "large", "title": "A large map"},
        "stages": stages,
        "touchpoints": points,
        "cards": [_card(n) for n in range(cards)],
    }
    with served.client() as client:
        made = client.post("/api/imports", json={"text": json.dumps(data), "name": "bench"})
        return str(made.raise_for_status().json()["id"])


def _card(number: int) -> dict[str, Any]:
    says = " ".join(WORDS[(number + k) % len(WORDS)] for k in range(3 + number % 7))
    card = {"id": f"c{number}", "at": f"p{number % 40}", "lane": LANES[number // 40 % len(LANES)], "says": says}
    return card | ({"level": (number % 5) - 2} if card["lane"] == "feeling" else {})


def _open(page: Page, address: str) -> float:
    page.goto(address, wait_until="commit")
    page.locator("[data-record=c0]").wait_for()
    page.locator("[data-record=c0]").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_function("document.activeElement?.dataset.record === 'c1'")
    return float(page.evaluate("() => new Promise((ok) => requestAnimationFrame(() => ok(performance.now())))"))


def _type(page: Page) -> list[float]:
    page.locator("[data-record=c5]").dblclick()
    page.evaluate(LISTEN)
    page.keyboard.type(" and then one more thing happens" * 4, delay=30)
    page.keyboard.press("Escape")
    return list(page.evaluate("() => window.keys_"))[:120]


def _walk(page: Page) -> list[float]:
    page.locator("[data-record=c0]").focus()
    page.evaluate("() => { window.keys_.length = 0; }")
    for key in ("ArrowRight", "ArrowDown", "ArrowRight", "ArrowUp") * 25:
        page.keyboard.press(key)
        page.wait_for_timeout(15)
    return list(page.evaluate("() => window.keys_"))


def _drag(page: Page) -> float:
    page.keyboard.press("Control+Home")
    page.wait_for_timeout(300)
    box = page.locator("[data-record=c1]").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 30, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + 60, box["y"] + 20, steps=4)
    page.evaluate(FRAMES)
    for step in range(120):
        page.mouse.move(box["x"] + 60 + step * 8, box["y"] + 20 + step % 40 * 4)
    page.wait_for_timeout(400)
    rate = _rate(page.evaluate(STOP))
    page.mouse.up()
    return rate


def _scroll(page: Page) -> float:
    page.evaluate(FRAMES)
    page.evaluate(
        """() => new Promise((done) => {
            const board = document.querySelector(".board");
            board.scrollLeft = 0;
            const next = () => {
                const before = board.scrollLeft;
                board.scrollLeft += 48;
                if (board.scrollLeft === before) done(); else requestAnimationFrame(next);
            };
            next();
        })"""
    )
    return _rate(page.evaluate(STOP))


def _rate(frames: list[float]) -> float:
    return (len(frames) - 1) / (frames[-1] - frames[0]) * 1000


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


if __name__ == "__main__":
    main()
