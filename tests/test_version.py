"""One version, said the same everywhere."""

from __future__ import annotations

import re
from importlib.metadata import version

import desireline
from desireline.version import __version__


def test_the_package_says_its_version():
    assert desireline.__version__ == __version__ == version("desireline")
    assert re.fullmatch(r"\d+\.\d+\.\d+", __version__)


def test_everything_that_the_package_offers_is_there():
    assert all(getattr(desireline, name) for name in desireline.__all__)
    assert desireline.__all__ == sorted(desireline.__all__, key=lambda name: (name.strip("_")[0].islower(), name))
