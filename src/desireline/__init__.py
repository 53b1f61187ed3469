"""Desireline: draw the customer journey you intend, measure the one customers take, and close the gap.

import desireline as dl

shop = dl.Workspace.open("shop")
measured = shop.measure("shop.journey.yaml", dl.Question(by=("channel",)))
measured.readings        # Polars frames: readings, deviations, routes
"""

from desireline.errors import DesirelineError
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.notebook import show_deviations, show_map, show_readings
from desireline.pipeline.frames import measure
from desireline.pipeline.question import Measured, Question
from desireline.recipes.files import load_recipe
from desireline.recipes.records import Recipe
from desireline.version import __version__
from desireline.workspace import Workspace, suggest_recipe

__all__ = [
    "DesirelineError",
    "Map",
    "Measured",
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
