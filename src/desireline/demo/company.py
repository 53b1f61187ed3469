"""The demo company: raw export files with planted problems, a map, a recipe, and the truth beside them.

    from desireline.demo.company import build_demo
    files = build_demo("demo")

The files are what a clothing retailer's systems would export, in those systems' own words; nothing in them is
in Desireline's schema. The same size and seed give the same bytes.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from desireline.demo import exports
from desireline.demo.files import Written, write_json
from desireline.demo.problems import PROBLEMS, Problem
from desireline.demo.story import Story, tell_story
from desireline.demo.truth import tell_truth

MAP_FILE = "clothing-retailer.journey.yaml"
RECIPE_FILE = "clothing-retailer.recipe.yaml"
TRUTH_FILE = "truth.json"


@dataclass(frozen=True)
class DemoFiles:
    """Where everything was written."""

    folder: Path
    map: Path
    recipe: Path
    truth: Path
    sources: tuple[Path, ...]


def build_demo(
    folder: str | Path, *, customers: int = 4000, seed: int = 7, problems: Collection[Problem] = PROBLEMS
) -> DemoFiles:
    """The folder holds the company's exports, its map, the recipe that reads them, and `truth.json`.

    `customers` scales everything (4,000 make about 125,000 rows). Files of the same names are replaced;
    others in the folder stay. `problems` are those that it has; with none, nothing is wrong. Raises ValueError for
    fewer than 10 customers, or a problem that is not one of PROBLEMS.
    """
    if customers < 10:
        raise ValueError(f"a company needs at least 10 customers, not {customers}")
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    story = tell_story(seed, customers, problems)
    written = _write_exports(into, story, seed)
    write_json(into / TRUTH_FILE, tell_truth(story, written, seed=seed))
    for name in (MAP_FILE, RECIPE_FILE):
        (into / name).write_bytes(resources.files("desireline.demo").joinpath(name).read_bytes())
    return DemoFiles(into, into / MAP_FILE, into / RECIPE_FILE, into / TRUTH_FILE, tuple(file.path for file in written))


def _write_exports(into: Path, story: Story, seed: int) -> list[Written]:
    return [
        exports.write_customers(into, story),
        exports.write_campaigns(into, story),
        exports.write_mails(into, story),
        exports.write_clicks(into, story, seed),
        exports.write_orders(into, story),
        exports.write_sales(into, story, seed),
        exports.write_tickets(into, story),
        exports.write_chats(into, story),
        exports.write_reviews(into, story),
        exports.write_surveys(into, story),
    ]
