"""Files of an export recognised: by their columns first, then by their names, whatever somebody renamed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath

from desireline.errors import AmbiguousInput, RecipeMismatch, UnknownShape
from desireline.recipes.files import fits_pattern
from desireline.recipes.fitting import Fitted, fit, folded
from desireline.recipes.records import Recipe
from desireline.recipes.vendors.catalog import Shape, vendor, vendor_names

_SILENT = "not used"


@dataclass(frozen=True)
class Recognised:
    """Which vendor's export some files are, which source each of them is, and the recipe fitted to them."""

    vendor: str
    recipe: Recipe
    sources: Mapping[str, list[str]]  # source of the recipe: its files
    ignored: Mapping[str, str]  # file that is left alone: why
    fitted: Fitted


def recognise(files: Mapping[str, Collection[str]]) -> Recognised:
    """What these files are, told from their columns ({file: its columns}).

    A file is of a shape when it has all of the shape's columns, in any order, in capitals or not, with any others
    beside them; of several shapes the one with most columns counts, then the one whose usual name fits best, then the
    vendor that most of the files are of. Raises UnknownShape for files of no known shape and where no file is left to
    read, RecipeMismatch when those that are left say too little, AmbiguousInput when exports of two vendors are given
    at once or two shapes fit a file alike.
    """
    fits = {name: _fits(name, columns) for name, columns in files.items()}
    strangers = [name for name, shapes in fits.items() if not shapes]
    if strangers or not files:
        raise UnknownShape(strangers, _titles())
    told = _tell(fits)
    sources: dict[str, list[str]] = {}
    for name, shape in told.items():
        if shape.taken:
            sources.setdefault(shape.table, []).append(name)
    if not sources:
        raise UnknownShape(list(files), _titles())
    chosen = vendor(_one_vendor(told))
    fitted = fit(chosen.recipe, {source: _together(files[name] for name in found) for source, found in sources.items()})
    if fitted.recipe is None:
        whys = (
            f"{name} ({why})" for name, why in fitted.tables.items() if chosen.recipe.tables[name].source in sources
        )
        raise RecipeMismatch(
            f"These files of {chosen.title} are not enough to tell who did what when: {'; '.join(whys)}."
        )
    ignored = {name: f"{shape.table}: {_SILENT}" for name, shape in told.items() if not shape.taken}
    for source in [source for source in sources if source not in fitted.recipe.sources]:
        ignored.update(dict.fromkeys(sources.pop(source), f"{source}: nothing here refers to it"))
    return Recognised(chosen.name, fitted.recipe, sources, ignored, fitted)


def _together(columns: Iterable[Collection[str]]) -> list[str]:
    return list(dict.fromkeys(name for some in columns for name in some))


def _titles() -> list[str]:
    return [vendor(name).title for name in vendor_names()]


def _fits(name: str, columns: Iterable[str]) -> list[Shape]:
    """The shapes that fit a file best."""
    there = {folded(column) for column in columns}
    base = PurePath(name).name
    ranked = [
        ((len(shape.columns), len(shape.file) if fits_pattern(base, shape.file) else 0), shape)
        for one in vendor_names()
        for shape in vendor(one).shapes
        if shape.columns <= there and (not shape.named or fits_pattern(base, shape.file))
    ]
    best = max((rank for rank, _ in ranked), default=None)
    return [shape for rank, shape in ranked if rank == best]


def _tell(fits: Mapping[str, list[Shape]]) -> dict[str, Shape]:
    """One shape for each file: where several fit, that of the vendor whom most of the other files are of."""
    votes = Counter(shapes[0].vendor for shapes in fits.values() if len({shape.vendor for shape in shapes}) == 1)
    told = {}
    for name, shapes in fits.items():
        most = max(votes[shape.vendor] for shape in shapes)
        likely = [shape for shape in shapes if votes[shape.vendor] == most]
        if len(likely) > 1:
            kinds = " or ".join(f"{shape.table} of {shape.vendor}" for shape in likely)
            raise AmbiguousInput(f"{name} may be {kinds}. Give it its usual name back ({likely[0].file}), or use -r.")
        told[name] = likely[0]
    return told


def _one_vendor(told: Mapping[str, Shape]) -> str:
    found: dict[str, list[str]] = {}
    for name, shape in told.items():
        found.setdefault(shape.vendor, []).append(name)
    if len(found) > 1:
        whose = "; ".join(f"{name}: {', '.join(files)}" for name, files in found.items())
        raise AmbiguousInput(f"These are exports of several vendors. Import them one after the other: {whose}.")
    return next(iter(found))
