"""What a finger meets on a page: every control in sight is large enough, and nothing lies over it."""

from __future__ import annotations

from playwright.sync_api import Page

LEAST = 24  # CSS pixels: WCAG 2.2, target size (minimum)
LOOK = """least => {
    const kinds = "button, a[href], select, textarea, input:not([type=hidden]), summary";
    const top = [...document.querySelectorAll("dialog[open]")].at(-1) ?? document.body;
    const inText = one => one.matches("a, button, summary") && getComputedStyle(one).display === "inline";
    const found = [];
    for (const one of top.querySelectorAll(kinds)) {
        if (!one.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
        if (one.closest("[inert], [aria-hidden=true]")) continue;
        const { left, top: up, width, height } = one.getBoundingClientRect();
        const [x, y] = [left + width / 2, up + height / 2];
        let seen = width > 2 && height > 2 && x > 0 && y > 0 && x < innerWidth && y < innerHeight;
        for (let box = one.parentElement; seen && box; box = box.parentElement) {
            if (getComputedStyle(box).overflow === "visible") continue;
            const edge = box.getBoundingClientRect();
            seen = x > edge.left && x < edge.right && y > edge.top && y < edge.bottom;
        }
        if (!seen) continue;
        const name = `${one.tagName.toLowerCase()} “${(one.ariaLabel || one.innerText || one.id).slice(0, 40)}”`;
        const label = one.closest("label");
        if (!label && !inText(one) && Math.min(width, height) < least - 0.5)
            found.push(`${name} is ${width.toFixed(1)} × ${height.toFixed(1)}`);
        const at = document.elementFromPoint(x, y);
        if (at && !one.contains(at) && !at.contains(one) && !(label && label.contains(at)))
            found.push(`${name} lies under ${at.outerHTML.slice(0, 80)}`);
    }
    return found;
}"""


def untouchable(page: Page) -> list[str]:
    """Controls in sight that are smaller than a fingertip needs, or that something else covers."""
    found: list[str] = page.evaluate(LOOK, LEAST)
    return found
