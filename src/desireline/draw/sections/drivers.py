"""The section on drivers: what moves overall satisfaction, how well it is done, and what hurts more than it pleases."""

from __future__ import annotations

from desireline.draw.figures import NARROW, many, say, say_interval, say_number, signed
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, bar, dots, listing
from desireline.draw.scatter import Dot, draw_scatter
from desireline.draw.sections.section import Section
from desireline.voice.drivers.drivers import Driver, Drivers
from desireline.voice.drivers.penalty import REVERSED, Asymmetry
from desireline.voice.drivers.quadrants import FIX_FIRST, KEEP_UP, LOW_PRIORITY, OVERKILL
from desireline.voice.estimate import Estimate

METHODS = {
    "lmg": "Importance is the share of R² that a question adds, averaged over all orders (LMG, Shapley).",
    "johnson": "Importance is the relative weight in R² (Johnson); there are too many questions for all orders.",
}
MEANINGS = {
    REVERSED: "low ratings go with a better whole, the others held equal",
    "frustrator": "hurts when bad, hardly pleases when good",
    "dissatisfier": "hurts more than it pleases",
    "hybrid": "hurts and pleases alike",
    "satisfier": "pleases more than it hurts",
    "delighter": "pleases when good, hardly hurts when bad",
}
_FIRST = 3


def drivers_section(found: Drivers) -> Section:
    """The chart of importance and performance, the list that says the same, and the bars of penalty and reward."""
    if not found.drivers:
        return Section("drivers", "Drivers", "What moves satisfaction", say_drivers(found), "")
    content = (_chart(found), _list(found), _asymmetries(found), _remarks(found))
    return Section("drivers", "Drivers", "What moves satisfaction", say_drivers(found), content)


def say_drivers(found: Drivers) -> str:
    """What was found, in plain words: what matters most, what to fix first, how much stays open."""
    if not found.drivers:
        return f"No driver of “{found.of}” can be told: {found.notes[-1] if found.notes else 'not enough data'}."
    shown = [one for one in found.drivers if one.significant]
    share = say(found.explained.value, "share")
    start = f"{many(len(found.drivers), 'question')} together explain {share} of how “{found.of}” differs"
    if not shown:
        return f"{start}; none of them stands out from chance."
    named = [f"“{name_of(one)}” ({say(one.importance.value, 'share')} of it)" for one in shown[:_FIRST]]
    first = [f"“{name_of(one)}”" for one in shown if one.quadrant == FIX_FIRST]
    fix = f" Fix first: {', '.join(first)}, important and rated below the others." if first else ""
    return f"{start}. {_listed(named)} {'matters' if len(named) == 1 else 'matter'} most.{fix}"


def name_of(driver: Driver) -> str:
    """What a driver is called for people: its touchpoint, else its question."""
    return driver.title or driver.question


def draw_drivers(found: Drivers) -> Markup:
    """The picture of importance against performance, numbered in the order of importance."""
    marked = [(k, one) for k, one in enumerate(found.drivers, start=1)]
    scatter = [
        Dot(
            label=f"{k} {name_of(one)}",
            x=_ends(one.performance),
            y=_ends(one.importance),
            hollow=not one.significant,
            says=_say(k, one),
        )
        for k, one in marked
    ]
    performance, importance = middles(found)
    return draw_scatter(
        scatter,
        lines=(performance, importance),
        middles=(f"mean {performance:.1f}", f"mean {say(importance, 'share')}"),
        axes=("mean rating, 0 to 100", "importance, share of what is explained"),
        corners=(FIX_FIRST, KEEP_UP, LOW_PRIORITY, OVERKILL),
        says=say_drivers(found),
    )


def middles(found: Drivers) -> tuple[float, float]:
    """The mean rating and the mean importance of the drivers: what is above or below them parts the quadrants."""
    return sum(one.performance.value for one in found.drivers) / len(found.drivers), 1 / len(found.drivers)


def _chart(found: Drivers) -> Markup:
    legend = (("key-measured", f"with its 95{NARROW}% intervals"), ("key-hollow", "not significant"))
    keys = [el("li", {"class": css}, el("i", {"aria-hidden": "true"}), said) for css, said in legend]
    return el(
        "div",
        {"class": "by-chart"},
        el("ul", {"class": "legend"}, keys),
        el("div", {"class": "picture"}, draw_drivers(found)),
    )


def _list(found: Drivers) -> Markup:
    most = max((one.importance.high for one in found.drivers), default=1.0)
    rows: list[list[Child | Cell]] = [_row(k, one, most) for k, one in enumerate(found.drivers, start=1)]
    heads = [
        Head("Touchpoint"),
        Head("Share of what is explained", "wide", hidden=True),
        Head("Importance", "num"),
        Head("Rating", "num"),
        Head("What to do"),
        Head("n", "num"),
    ]
    return listing(f"Drivers of “{found.of}”, by importance", heads, rows, sortable=True, css="drivers")


def _row(position: int, one: Driver, most: float) -> list[Child | Cell]:
    importance, rating = one.importance, one.performance
    return [
        Cell(f"{position}. {name_of(one)}", position),
        bar(*importance, most=most, tone="" if one.significant else "unsure"),
        Cell(_figure(importance, "share"), importance.value),
        Cell(_figure(rating, "points of 100"), rating.value),
        Cell(one.quadrant, one.quadrant),
        Cell(f"{one.n:,}", one.n),
    ]


def _asymmetries(found: Drivers) -> Markup | None:
    told = [one for one in found.drivers if one.asymmetry.range.value == one.asymmetry.range.value]
    if not told:
        return None
    most = max(max(-one.asymmetry.penalty.low, one.asymmetry.reward.high, 1.0) for one in told)
    rows: list[list[Child | Cell]] = [_contrast(k, one, most) for k, one in enumerate(told, start=1)]
    heads = [
        Head("Touchpoint"),
        Head("Penalty and reward", "wide", hidden=True),
        Head("Penalty", "num"),
        Head("Reward", "num"),
        Head("Asymmetry", "num"),
        Head("Kind"),
    ]
    caption = f"What a low rating costs and a high one brings, in points of “{found.of}” (0–100), the others held equal"
    return listing(caption, heads, rows, sortable=True, css="penalties")


def _contrast(position: int, driver: Driver, most: float) -> list[Child | Cell]:
    one = driver.asymmetry
    marks = el(
        "span",
        {"class": "both"},
        dots((("bad", one.penalty.value),), low=one.penalty.low, high=one.penalty.high, domain=(-most, most), zero=0.0),
        dots((("good", one.reward.value),), low=one.reward.low, high=one.reward.high, domain=(-most, most), zero=0.0),
    )
    return [
        Cell(name_of(driver), position),
        marks,
        Cell(_points(one.penalty), one.penalty.value),
        Cell(_points(one.reward), one.reward.value),
        Cell(_asymmetry(one), one.asymmetry.value),
        Cell(_kind(one), one.kind),
    ]


def _kind(one: Asymmetry) -> Markup:
    meaning = MEANINGS.get(one.kind, "")
    return el("span", {}, one.kind, el("small", {}, f": {meaning}") if meaning else None)


def _asymmetry(one: Asymmetry) -> Child:
    if one.asymmetry.value != one.asymmetry.value:
        return "–"
    low, high = signed(one.asymmetry.low, 2), signed(one.asymmetry.high, 2)
    return el(
        "span",
        {"class": "evidence"},
        el("b", {"class": "value"}, signed(one.asymmetry.value, 2)),
        el("small", {}, f"{low} to {high}"),
    )


def _points(one: Estimate) -> Markup:
    ends = f"{signed(one.low, 1)} to {signed(one.high, 1)}"
    return el("span", {"class": "evidence"}, el("b", {"class": "value"}, signed(one.value, 1)), el("small", {}, ends))


def _figure(one: Estimate, unit: str) -> Markup:
    if unit == "share":
        value, ends = say(one.value, unit), say_interval(one.low, one.high, unit)
    else:
        value, ends = say_number(one.value, 1), f"{say_number(one.low, 1)}–{say_number(one.high, 1)}"
    return el("span", {"class": "evidence"}, el("b", {"class": "value"}, value), el("small", {}, ends))


def _remarks(found: Drivers) -> Markup:
    left_out = [f"Left out: “{question}”, {why}." for question, why in found.left_out]
    n = f"{many(found.n, 'customer')}; answers belong together by {found.together}."
    return el("p", {"class": "aside"}, " ".join([METHODS[found.method], n, *found.notes, *left_out]))


def _say(position: int, one: Driver) -> str:
    importance = f"importance {say(one.importance.value, 'share')}"
    return f"{position}. {name_of(one)}: {importance}, mean rating {one.performance.value:.0f} of 100, {one.quadrant}"


def _ends(one: Estimate) -> tuple[float, float, float]:
    return (one.value, one.low, one.high)


def _listed(named: list[str]) -> str:
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]}"
