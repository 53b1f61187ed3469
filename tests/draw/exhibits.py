"""Maps to export: one with a bit of everything, one with hostile and odd texts, one large, one empty."""

from __future__ import annotations

from io import BytesIO
from itertools import cycle
from typing import Any

from PIL import Image

from desireline.maps.files import map_data, read_map
from desireline.maps.records import LANES, Map
from desireline.maps.templates import load_template

LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenfabrik"
ATTACKS = [
    "<script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "]]><!--",
    "&lt;b&gt; & < >",
    '"><svg onload=alert(1)>',
    "javascript:alert(1)",
    "</style><style>*{display:none}</style>",
    "{{7*7}} ${7*7} <%= 7*7 %>",
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.com","x")',
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "＝1+1",
    "%%{init: {}}%%",
    "title: 5: me",
    "section x",
    "a: b; c # d",
    "```\n# head",
    "x\x00y\x0b\ud800",
    "%n%s%x",
    "😀👩‍🦰🏳️‍🌈",
    "שלום עולם",
    "مرحبا بالعالم",
    "日本語のとても長いテキスト",
    LONG * 3,
]


def full_map() -> Map:
    """A hotel stay with promises, links, campaigns, feelings of single personas, and statements about stages."""
    data = map_data(read_map(load_template("hotel-stay"), "hotel"))
    data["map"]["promise"] = {"says": "You decide nothing from the moment you arrive."}
    data["links"].append({"id": "or", "kind": "alternative", "among": ["pre_mail", "wish"]})
    data["campaigns"] = [{"id": "spring", "title": "Spring weekends"}]
    data["touchpoints"][0] |= {"campaigns": ["spring"], "image": "beach"}
    data["personas"][0]["image"] = "beach"
    data["cards"] += [
        {"id": "n1", "at": "book", "lane": "feeling", "says": "Invoice first", "level": -0.4, "persona": "business"},
        {"id": "n2", "at": "check_in", "lane": "pain", "says": "Forms by hand", "severity": "high"},
        {"id": "n3", "at": "arrive", "lane": "process", "says": "Rooms are released at 14:00"},
        {"id": "n4", "at": "problem", "lane": "quote", "says": "I called twice.", "persona": "weekender"},
    ]
    return Map.model_validate(data)


def hostile_map(texts: list[str] = ATTACKS) -> Map:
    """Every text that people type is one of these, in every field that takes text."""
    given = cycle(texts)
    stages = [
        {"id": f"s{k}", "title": next(given), "customer_goal": next(given), "business_focus": next(given)}
        for k in range(3)
    ]
    named: dict[str, list[dict[str, Any]]] = {
        section: [{"id": f"{section[:2]}{k}", "title": next(given)} for k in range(3)]
        for section in ("teams", "channels", "systems", "campaigns")
    }
    points = [
        {
            "id": f"t{k}",
            "stage": f"s{k % 3}",
            "title": next(given),
            "channels": [f"ch{k % 3}"],
            "systems": [f"sy{k % 3}"],
            "team": f"te{k % 3}",
            "campaigns": [f"ca{k % 3}"],
            "front": k % 4 != 3,
            "moment_of_truth": k % 2 == 0,
            "promise": {"says": next(given), "feeling": 1},
            "kpis": [{"measure": "nps", "title": next(given)}],
        }
        for k in range(8)
    ]
    cards = [
        {"id": f"c{k}", "at": f"t{k % 8}", "lane": LANES[k % 9], "says": next(given), "level": k % 5 - 2}
        for k in range(72)
    ]
    people = [
        {"id": f"p{k}", "title": next(given), "quote": next(given), "about": next(given), "goals": [next(given)]}
        for k in range(2)
    ]
    head = {name: next(given) for name in ("title", "purpose", "scope", "owner")}
    return Map.model_validate(
        {"map": {"id": "m", **head}, "personas": people, "stages": stages, "touchpoints": points, "cards": cards}
        | named
    )


def large_map(stages: int = 60) -> Map:
    """Sixty stages, fifteen lanes."""
    ids = [f"s{k}" for k in range(stages)]
    points = [
        {"id": f"t{k}", "stage": id_, "title": f"Touchpoint {k}", "channels": ["web"], "team": "us", "systems": ["crm"]}
        for k, id_ in enumerate(ids)
    ]
    cards = [
        {"id": f"c{k}{lane}", "at": f"t{k}", "lane": lane, "says": f"{lane} at {k}"}
        | ({"level": k % 9 / 2 - 2} if lane == "feeling" else {})
        for k in range(stages)
        for lane in LANES
    ]
    return Map.model_validate(
        {
            "map": {"id": "large", "title": "Sixty stages"},
            "channels": [{"id": "web", "title": "Web"}],
            "teams": [{"id": "us", "title": "Us"}],
            "systems": [{"id": "crm", "title": "CRM"}],
            "stages": [{"id": id_, "title": f"Stage {id_}", "business_focus": "Grow"} for id_ in ids],
            "touchpoints": points,
            "cards": cards,
        }
    )


def empty_map() -> Map:
    """A map in which nothing is drawn."""
    return Map.model_validate({"map": {"id": "empty", "title": "Nothing yet"}})


def beach(size: tuple[int, int] = (900, 500)) -> bytes:
    """A picture."""
    out = BytesIO()
    Image.new("RGB", size, "#3a7ca5").save(out, "PNG")
    return out.getvalue()
