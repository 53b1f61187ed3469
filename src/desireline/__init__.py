"""Desireline: draw the customer journey you intend, measure the one customers take, and close the gap.

import desireline as dl

shop = dl.Workspace.open("shop")
measured = shop.measure("shop.journey.yaml", dl.Question(by=("channel",)))
measured.readings        # Polars frames: readings, deviations, routes
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from desireline.version import __version__

if TYPE_CHECKING:
    from desireline.errors import DesirelineError
    from desireline.maps.files import load_map
    from desireline.maps.outline import Outline
    from desireline.maps.records import Map
    from desireline.notebook import show_deviations, show_map, show_readings
    from desireline.pipeline.answer import Answer
    from desireline.pipeline.asked import AskAttribution, AskFunnel, AskRetention, AskRoutes
    from desireline.pipeline.asked_moves import AskEdges, AskOrder, AskVisits
    from desireline.pipeline.frames import measure
    from desireline.pipeline.paths import Only
    from desireline.pipeline.question import Measured, Question
    from desireline.proposals import suggest_recipe
    from desireline.recipes.files import load_recipe
    from desireline.recipes.records import Recipe
    from desireline.workspace import Workspace

_HOMES = {
    "Answer": "desireline.pipeline.answer",
    "AskAttribution": "desireline.pipeline.asked",
    "AskEdges": "desireline.pipeline.asked_moves",
    "AskFunnel": "desireline.pipeline.asked",
    "AskOrder": "desireline.pipeline.asked_moves",
    "AskRetention": "desireline.pipeline.asked",
    "AskRoutes": "desireline.pipeline.asked",
    "AskVisits": "desireline.pipeline.asked_moves",
    "DesirelineError": "desireline.errors",
    "Map": "desireline.maps.records",
    "Measured": "desireline.pipeline.question",
    "Only": "desireline.pipeline.paths",
    "Outline": "desireline.maps.outline",
    "Question": "desireline.pipeline.question",
    "Recipe": "desireline.recipes.records",
    "Workspace": "desireline.workspace",
    "load_map": "desireline.maps.files",
    "load_recipe": "desireline.recipes.files",
    "measure": "desireline.pipeline.frames",
    "show_deviations": "desireline.notebook",
    "show_map": "desireline.notebook",
    "show_readings": "desireline.notebook",
    "suggest_recipe": "desireline.proposals",
}
"""Where each name lives. It is loaded when it is first used, so that `import desireline` costs next to nothing."""

__all__ = [
    "Answer",
    "AskAttribution",
    "AskEdges",
    "AskFunnel",
    "AskOrder",
    "AskRetention",
    "AskRoutes",
    "AskVisits",
    "DesirelineError",
    "Map",
    "Measured",
    "Only",
    "Outline",
    "Question",
    "Recipe",
    "Workspace",
    "__version__",
    "load_map",
    "load_recipe",
    "measure",
    "show_deviations",
    "show_map",
    "show_readings",
    "suggest_recipe",
]


if not TYPE_CHECKING:  # a type checker sees the imports above, and no name beside them

    def __getattr__(name: str) -> Any:
        if name not in _HOMES:
            raise AttributeError(f"module 'desireline' has no attribute {name!r}")
        return getattr(import_module(_HOMES[name]), name)

    def __dir__() -> list[str]:
        return sorted({*globals(), *_HOMES})
