"""What axe says against a page: the rules of WCAG 2.2 A and AA, and its best practices."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "web" / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ALL_RULES = {"runOnly": {"type": "tag", "values": TAGS}, "rules": {"target-size": {"enabled": True}}}

# What is fading in has no contrast yet: all movements that have an end are brought to it. The end of one can begin
# another (a colour goes down from element to element), so this goes on until nothing moves.
AT_REST = """async () => {
  const frame = () => new Promise(done => setTimeout(done, 16));
  for (let still = 0, frames = 0; still < 2 && frames < 25; frames++) {
    const moving = document.getAnimations().filter(one => one.effect?.getComputedTiming().endTime !== Infinity);
    for (const one of moving) one.finish();
    still = moving.length ? 0 : still + 1;
    await frame();
  }
}"""


def faults(page: Page, rules: dict[str, Any] = ALL_RULES, within: str = "html") -> list[str]:
    """Each violation with the first elements that have it; only `within` what this selector finds."""
    page.wait_for_timeout(120)
    page.evaluate(AT_REST)
    if not page.evaluate("'axe' in window"):
        page.evaluate(_axe())
    found: list[dict[str, Any]] = page.evaluate(
        """([rules, within]) => axe.run({include: [within]}, {resultTypes: ['violations'], ...rules})
            .then(result => result.violations)""",
        [rules, within],
    )
    return [f"{one['id']}: {one['help']} — {_where(one)}" for one in found]


def _where(violation: dict[str, Any]) -> str:
    return "; ".join(f"{node['html'][:160]} {node.get('failureSummary', '')[:200]}" for node in violation["nodes"][:3])


@cache
def _axe() -> str:
    return AXE.read_text("utf-8")
