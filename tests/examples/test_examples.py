"""Every example is whole: its map and recipe load, its page tells the figures, and the data agree with them."""

import importlib.util
import json
from datetime import date

import pytest

from desireline.maps.checks import check_map
from desireline.maps.files import load_map
from desireline.pipeline.question import Question
from desireline.recipes.files import load_recipe
from desireline.workspace import Workspace

from .data import DATA, EXAMPLES, NAMES, only

QUICK = ("hubspot", "object-invoices", "object-orders", "olist-leads", "running-example", "zendesk")


def runner():
    """`examples/run.py`, which is no part of any package."""
    found = importlib.util.spec_from_file_location("run_examples", EXAMPLES / "run.py")
    module = importlib.util.module_from_spec(found)
    found.loader.exec_module(module)
    return module


RUN = runner()
