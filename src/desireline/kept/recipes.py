"""Recipes that were used in this workspace, kept beside it for the next files: WORKSPACE/recipes/NAME.recipe.yaml."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from importlib import resources
from pathlib import Path

from desireline.disk import put
from desireline.errors import LakeUnwritable, RecipeError
from desireline.recipes.files import read_recipe
from desireline.recipes.records import Recipe
from desireline.recipes.suggest import name_sources

FOLDER = "recipes"
ENDING = ".recipe.yaml"


def kept_recipes(folder: Path) -> dict[str, str]:
    """The texts by name, in the order of the names."""
    found = sorted((folder / FOLDER).glob(f"*{ENDING}"))
    return {path.name.removesuffix(ENDING): path.read_text(encoding="utf-8") for path in found}


def keep_recipe(folder: Path, name: str, text: str) -> str:
    """The recipe is kept under this name, from now on with this text. Raises RecipeError, LakeUnwritable."""
    read_recipe(text, name)
    plain = re.sub(r"[^A-Za-z0-9_.-]+", "-", name).strip("-.")[:80] or "recipe"
    path = folder / FOLDER / f"{plain}{ENDING}"
    try:
        put(path, lambda half: half.write_text(text, encoding="utf-8"))
    except OSError as fault:
        raise LakeUnwritable(f"The recipe cannot be kept in {path}: {fault.strerror}.") from fault
    return plain


def readable_recipes(folder: Path, *, demo: bool) -> Iterator[tuple[str, Recipe, str]]:
    """Name, recipe and text of those that can be read; with `demo`, that of the demo company comes first."""
    texts = kept_recipes(folder)
    if demo:
        own = resources.files("desireline.demo").joinpath("clothing-retailer.recipe.yaml")
        texts = {"clothing-retailer": own.read_text(encoding="utf-8"), **texts}
    for name, text in texts.items():
        try:
            yield name, read_recipe(text, name), text
        except RecipeError:
            continue


def free_name(folder: Path, files: Sequence[Path]) -> str:
    """What a new recipe for these files is called: like the first of them, and like no other that is kept here."""
    name = next(iter(name_sources([file.name for file in files])))
    taken = set(kept_recipes(folder))
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
