"""The vendors whose exports are known: for each a recipe, and the shapes of its tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from desireline.errors import RecipeUnreadable, UnknownVendor
from desireline.maps.written import read_yaml
from desireline.recipes.files import read_recipe
from desireline.recipes.records import Recipe

_RECIPE, _SHAPES = ".recipe.yaml", ".shapes.yaml"


@dataclass(frozen=True)
class Shape:
    """By what a table of an export is told."""

    vendor: str
    table: str  # a source of the vendor's recipe, or the name of a table that the recipe leaves alone
    taken: bool  # whether the recipe reads it
    columns: frozenset[str]  # it has all of these, and may have more; in small letters
    file: str  # pattern of the name that it usually has
    named: bool = False  # its columns are too common: its name has to fit too


@dataclass(frozen=True)
class Vendor:
    """A vendor whose exports are known."""

    name: str
    title: str
    about: str
    recipe: Recipe
    shapes: tuple[Shape, ...]


def vendor_names() -> list[str]:
    """Names of all vendors, by the alphabet."""
    files = (entry.name for entry in resources.files(__package__).iterdir())
    return sorted(name.removesuffix(_SHAPES) for name in files if name.endswith(_SHAPES))


@cache
def vendor(name: str) -> Vendor:
    """The vendor of this name. Raises UnknownVendor, which names the nearest one."""
    recipe = read_recipe(vendor_recipe(name), name + _RECIPE)
    said: dict[str, Any] = read_yaml(_text(name + _SHAPES), name + _SHAPES, unreadable=RecipeUnreadable).data
    taken = [_shape(name, table, about, file=recipe.sources[table].file) for table, about in said["takes"].items()]
    left = [_shape(name, table, about) for table, about in said["leaves"].items()]
    return Vendor(name, said["title"], said["about"], recipe, (*taken, *left))


def vendor_recipe(name: str) -> str:
    """The text of the vendor's recipe, YAML with comments. Raises UnknownVendor."""
    known = vendor_names()
    if name not in known:
        raise UnknownVendor(name, known)
    return _text(name + _RECIPE)


def _shape(name: str, table: str, about: dict[str, Any], *, file: str | None = None) -> Shape:
    """A shape as it is written; `file` is the pattern of the recipe that takes it."""
    columns = frozenset(str(column).casefold() for column in about["columns"])
    return Shape(name, table, file is not None, columns, file or about["file"], bool(about.get("named", False)))


def _text(file: str) -> str:
    return resources.files(__package__).joinpath(file).read_text(encoding="utf-8")
