"""A recipe by its parts, and corrected by them instead of by its text: names, what is left out, how files are read."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ruamel.yaml import YAML

from desireline.errors import RecipeError
from desireline.recipes.files import read_recipe, recipe_text
from desireline.recipes.records import Fixed, Pick, Recipe

_ROLES = {
    "customer": "who",
    "case": "which journey",
    "at": "when",
    "channel": "channel",
    "weight": "weight",
    "campaign": "campaign",
    "title": "title",
    "starts": "first day",
    "ends": "last day",
    "cost": "cost",
}
_OF_RECORD = {
    "at": "when",
    "answer": "answer",
    "text": "words",
    "due": "promised for",
    "value": "money",
    "channel": "channel",
    "status": "status",
    "id": "its own id",
}
_NAMED = {"events": "event", "answers": "question"}


def parts_of(recipe: Recipe) -> list[dict[str, Any]]:
    """The tables of a recipe in words: table, into, source, and a row {role, column, name} for each column it reads.

    `name` is what an event or a question is called where the recipe says it; else null.
    """
    return [
        {"table": name, "into": table.into, "source": table.source, "rows": list(_rows(table))}
        for name, table in recipe.tables.items()
    ]


def correct(
    text: str,
    *,
    called: Mapping[str, str] | None = None,
    without: Collection[str] = (),
    written: Mapping[str, Mapping[str, str]] | None = None,
) -> str:
    """The text of the recipe with corrections; comments do not stay, since they speak of the recipe as it was.

    `called`: events and questions with the names that they get, "" for those that are left out. `without`: tables that
    are left out; files that nothing reads any more are passed over. `written`: encoding and delimiter by source.
    Raises RecipeError for a name that the recipe does not have, and when nothing is left.
    """
    read_recipe(text, "the recipe")
    recipe = YAML(typ="safe").load(text)
    tables = recipe["tables"]
    _known(without, tables, "table")
    for name in without:
        del tables[name]
    _known(called or {}, {spec[key]["text"] for _, spec, key in _named(tables)}, "event or question")
    for specs, spec, key in list(_named(tables)):
        new = (called or {}).get(spec[key]["text"])
        if new:
            spec[key]["text"] = new
        elif new == "":
            specs.remove(spec)
    for name in [name for name, table in tables.items() if any(table.get(list_) == [] for list_ in _NAMED)]:
        del tables[name]
    if not tables:
        raise RecipeError("Nothing is left of the recipe. Keep at least one table with one event or question.")
    _known(written or {}, recipe["sources"], "source")
    for name, said in (written or {}).items():
        recipe["sources"][name].update(said)
    _drop_unread(recipe)
    return recipe_text(recipe)


def _rows(table: Any) -> Iterator[dict[str, Any]]:
    for field, role in _ROLES.items():
        if getattr(table, field, None) is not None:
            yield _row(role, getattr(table, field))
    for records, naming in _NAMED.items():
        for spec in getattr(table, records, ()):
            yield from _of_record(spec, naming, first="at" if records == "events" else "answer")
    kept = table.properties
    if kept:
        columns = list(kept.values()) if isinstance(kept, dict) else kept
        yield _row("kept beside", "all other columns" if kept == "all" else ", ".join(columns))


def _of_record(spec: Any, naming: str, *, first: str) -> Iterator[dict[str, Any]]:
    """The columns of an event or an answer; its name stands with the first of them, where the recipe says it."""
    said = getattr(spec, naming)
    name = said.text if isinstance(said, Fixed) else None
    if name is None:
        yield _row(naming, said)
    for field, role in _OF_RECORD.items():
        if getattr(spec, field, None) is not None:
            of_name = field == first and name is not None
            yield _row(naming if of_name else role, getattr(spec, field), name if of_name else None)


def _row(role: str, pick: Pick, name: str | None = None) -> dict[str, Any]:
    column = f"“{pick.text}”" if isinstance(pick, Fixed) else pick if isinstance(pick, str) else ", else ".join(pick)
    return {"role": role, "column": column, "name": name}


def _named(tables: Mapping[str, Any]) -> Iterator[tuple[Any, Any, str]]:
    """Each event and question that has a name in the recipe: the list it stands in, its record, the field's name."""
    for table in tables.values():
        for list_, key in _NAMED.items():
            for spec in table.get(list_, ()):
                if isinstance(spec[key], Mapping):
                    yield table[list_], spec, key


def _known(said: Collection[str], known: Collection[str], what: str) -> None:
    for name in said:
        if name not in known:
            raise RecipeError(f"The recipe has no {what} “{name}”. It has {', '.join(known)}.")


def _drop_unread(recipe: Any) -> None:
    """Sources that no table reads are passed over when their files come."""
    tables = recipe["tables"].values()
    read = {table["source"] for table in tables} | {
        join["source"] for table in tables for join in table.get("join", ())
    }
    for name in [name for name in recipe["sources"] if name not in read]:
        recipe.setdefault("ignore", []).append(recipe["sources"][name]["file"])
        del recipe["sources"][name]
