"""The section on parity: which promises are kept alike in all channels, and which are not."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.access import SMALL_GROUP
from desireline.draw.figures import NARROW, many, say, say_difference, say_effect, say_effect_range, say_interval
from desireline.draw.html import Child, Markup, el
from desireline.draw.listing import Cell, Head, dots, listing
from desireline.draw.sections.section import Section
from desireline.maps.outline import Outline
from desireline.voice.estimate import Estimate
from desireline.voice.parity.asked import MEASURES, Asked
from desireline.voice.parity.facts import Promised
from desireline.voice.parity.paper import Drawn
from desireline.voice.parity.parity import CONSISTENT, DIFFERENT, NOT_ENOUGH, Parities, Parity
from desireline.voice.parity.sides import Side

_VERDICTS = {DIFFERENT: "verdict missed", CONSISTENT: "verdict kept", NOT_ENOUGH: "verdict open"}
_FIRST = 3


def parity_section(
    found: Sequence[Parities], outline: Outline, *, facts: Sequence[Promised] = (), paper: Sequence[Drawn] = ()
) -> Section:
    """Outcomes by channel with their verdicts, then facts that contradict each other, then promises drawn apart."""
    content = (*(_outcomes(one) for one in found), _facts(facts), _paper(paper, outline))
    told = [say_parity(one, most=1) for one in found] + ([say_facts(facts, most=0)] if facts else [])
    return Section("parity", "Parity", "The same promise in every channel", " ".join(told), content)


def say_parity(found: Parities, *, most: int = _FIRST) -> str:
    """What was found, in plain words: where the same promise is kept differently, and by whom it is kept worse."""
    what = MEASURES[found.measure].capitalize()
    if not found.found:
        start = f"{what}, by {found.by}: nothing to compare"
        return f"{start}; no place has two sides of {SMALL_GROUP} customers that may be told."
    counts = {verdict: sum(one.verdict == verdict for one in found.found) for verdict in _VERDICTS}
    start = (
        f"{what}: {many(found.tested, 'comparison')}, {counts[DIFFERENT]} different, "
        f"{counts[CONSISTENT]} consistent, {counts[NOT_ENOUGH]} with not enough data."
    )
    worst = sorted(
        (one for one in found.found if one.verdict == DIFFERENT), key=lambda one: -abs(one.compared.difference.value)
    )
    told = [f"“{one.title}”: {one.says}." for one in worst[:most]]
    return " ".join([start, *told])


def say_facts(facts: Sequence[Promised], *, most: int = _FIRST) -> str:
    """How many promised facts are told alike everywhere."""
    wrong = [one for one in facts if not one.consistent]
    start = f"{many(len(facts), 'promised fact')}: {len(facts) - len(wrong)} told alike everywhere, {len(wrong)} not."
    return " ".join([start, *(f"“{one.key}” ({one.title}): {one.says}." for one in wrong[:most])])


def say_value(value: Estimate, measure: str) -> str:
    """A share in per cent or a feeling with its sign, and its interval where there is one."""
    unit = Asked(measure).unit
    ends = f" [{say_interval(value.low, value.high, unit)}]" if value.low == value.low else ""
    return f"{say(value.value, unit)}{ends}"


def say_gap(one: Parity, measure: str) -> str:
    """The difference with its interval."""
    unit, gap = Asked(measure).unit, one.compared.difference
    return say_difference(gap.value, gap.low, gap.high, unit)


def _outcomes(found: Parities) -> Markup:
    rows: list[list[Child | Cell]] = [_row(k, one, found) for k, one in enumerate(found.found)]
    heads = [
        Head("Place"),
        Head("Compared"),
        Head("Shares" if found.measure != "feeling" else "Levels", "num"),
        Head("Difference with its interval", "wide", hidden=True),
        Head("Difference", "num"),
        Head("Verdict"),
        Head("n", "num"),
    ]
    within = f", within {', '.join(found.strata)}" if found.strata else ""
    margin = say_effect(Asked(found.measure, margin=found.margin).within, Asked(found.measure).unit).removeprefix("+")
    caption = f"{MEASURES[found.measure].capitalize()}, by {found.by}{within}; the same means within {margin}"
    return el("div", {}, listing(caption, heads, rows, sortable=True, css="parity"), _notes(found.notes))


def _row(position: int, one: Parity, found: Parities) -> list[Child | Cell]:
    gap = one.compared.difference
    within = Asked(found.measure, margin=found.margin).within
    most = max(within, *(abs(end) for other in found.found for end in other.compared.difference[1:])) * 1.05
    names = [side.title for side in one.sides]
    return [
        Cell(one.title, position),
        Cell(f"{names[0]} against {names[1]}", names[0]),
        Cell(
            el("span", {}, _share(one.sides[0], found), " against ", _share(one.sides[1], found)),
            one.sides[0].value.value,
        ),
        dots((("measured", gap.value),), low=gap.low, high=gap.high, domain=(-most, most), zero=0.0),
        Cell(_gap(one, found), gap.value),
        Cell(el("span", {"class": _VERDICTS[one.verdict]}, say_verdict(one)), one.verdict),
        Cell(" and ".join(f"{side.n:,}" for side in one.sides), min(side.n for side in one.sides)),
    ]


def say_verdict(one: Parity) -> str:
    """The verdict and what it rests on."""
    if one.verdict == NOT_ENOUGH:
        return one.says
    return f"{one.verdict}: {one.says}"


def _share(side: Side, found: Parities) -> str:
    return say(side.value.value, Asked(found.measure).unit)


def _gap(one: Parity, found: Parities) -> Markup:
    unit, gap = Asked(found.measure).unit, one.compared.difference
    ends = say_effect_range(gap.low, gap.high, unit)
    tip = f"q of no difference {one.different_q:.3g}, q of being further apart than the margin {one.same_q:.3g}"
    value = el("b", {"class": "value", "data-tip": tip}, say_effect(gap.value, unit))
    return el("span", {"class": "evidence"}, value, el("small", {}, ends))


def _facts(facts: Sequence[Promised]) -> Markup | None:
    rows: list[list[Child | Cell]] = [
        [
            Cell(one.key, k),
            one.title,
            Cell(copy.title, copy.channel),
            copy.value or "–",
            f"{copy.as_of or ''}",
            Cell(
                el("span", {"class": "verdict kept" if copy.verdict == "same" else "verdict missed"}, copy.verdict),
                copy.verdict,
            ),
        ]
        for k, one in enumerate(facts)
        for copy in one.copies
    ]
    heads = [Head("Fact"), Head("Place"), Head("Channel"), Head("Says"), Head("As of"), Head("Verdict")]
    return listing("Promised facts, copy by copy", heads, rows, sortable=True) if rows else None


def _paper(paper: Sequence[Drawn], outline: Outline) -> Markup | None:
    if not paper:
        return None
    told = [f"{outline.titles.get(one.place, one.place)}: {one.says}." for one in paper]
    head = "Promised differently on the map, which is no misalignment:"
    return el("p", {"class": "aside"}, f"{head} {' '.join(told)}")


def _notes(notes: Sequence[str]) -> Markup | None:
    said = (*notes, f"Intervals are 95{NARROW}%; false discoveries are held to 5{NARROW}% over all comparisons.")
    return el("p", {"class": "aside"}, " ".join(said))
