"""A recipe fitted to files that lack some of what it could read: the rest of it still works, and what is lost is told.

Recipes that come with Desireline read whole exports. People have a part of them: some tables, some columns, and
column names in capitals when a warehouse was in between.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from desireline.maps.rules import Rule
from desireline.recipes.columns import columns_of, key_columns
from desireline.recipes.history import BEFORE
from desireline.recipes.records import (
    AnswerSpec,
    CampaignTable,
    EventSpec,
    EventTable,
    FeedbackTable,
    Fixed,
    Join,
    Pick,
    Recipe,
    RecipeTable,
    Source,
)

_NEEDED = {"events": ("customer",), "customers": ("customer",), "campaigns": ("campaign",), "feedback": ()}
_PICKS: dict[type[Any], tuple[str, ...]] = {
    EventTable: ("customer", "case", "channel"),
    FeedbackTable: ("customer", "case", "at", "channel", "weight"),
    CampaignTable: ("campaign", "title", "kind", "channel", "starts", "ends", "cost"),
    EventSpec: ("event", "at", "channel", "value", "due", "status", "id"),
    AnswerSpec: ("question", "answer", "text", "id"),
}


@dataclass(frozen=True)
class Fitted:
    """A recipe that the files can serve, and what was left out of it."""

    recipe: Recipe | None  # null when nothing of it is left
    tables: Mapping[str, str]  # tables left out: why
    columns: Mapping[str, tuple[str, ...]]  # columns that a table would have read, and that are not there


def folded(column: str) -> str:
    """The column's name as it is compared: without capitals, without blanks at its ends."""
    return column.strip().casefold()


class _Lost(Exception):
    """This part of the recipe cannot be kept."""


class _Known:
    """The columns that a table may read, found without regard to case, and those that it asked for in vain."""

    def __init__(self, columns: Collection[str]) -> None:
        self._actual: dict[str, str] = {}
        self.lost: dict[str, None] = {}
        self.add(columns)

    def add(self, columns: Collection[str], before: str = "") -> None:
        for name in columns:
            self._actual.setdefault(folded(before) + folded(name), f"{before}{name}")
        for name in columns:
            self._actual[f"{before}{name}"] = f"{before}{name}"

    def get(self, column: str) -> str | None:
        return self._actual.get(column) or self._actual.get(folded(column))

    def ask(self, column: str) -> str | None:
        found = self.get(column)
        if found is None:
            self.lost[column] = None
        return found

    def pick(self, what: Pick | None) -> Pick | None:
        """The pick with those of its columns that are there; null when none is."""
        if what is None or isinstance(what, Fixed):
            return what
        found = [column for name in columns_of(what) if (column := self.get(name)) is not None]
        if not found:
            self.lost.update(dict.fromkeys(columns_of(what)))
            return None
        return found if len(found) > 1 else found[0]


def fit(recipe: Recipe, columns: Mapping[str, Collection[str]]) -> Fitted:
    """The recipe without the sources that have no file and without columns that are not there.

    `columns` holds the columns of each source that has files. Names are found without regard to case. A table stays
    when it still knows whom its records are about and what they say; an event or answer when its rule can still hold:
    a column that is not there is an empty one. A join that is `required` and cannot be made takes its table with it.
    """
    kept = {name: _fit_source(recipe.sources[name], columns[name]) for name in recipe.sources if name in columns}
    known = {name: [*columns[name], *([BEFORE] if source.history else [])] for name, source in kept.items()}
    tables: dict[str, RecipeTable] = {}
    left: dict[str, str] = {}
    lost: dict[str, tuple[str, ...]] = {}
    for name, table in recipe.tables.items():
        if table.source not in known:
            left[name] = f"no file of {table.source}"
            continue
        there = _Known(known[table.source])
        try:
            tables[name] = _fit_table(table, known, there)
        except _Lost as why:
            left[name] = str(why)
            continue
        without = tuple(column for column in there.lost if column.partition(".")[0] not in _unmade(table, known))
        if without:
            lost[name] = without
    used = {table.source for table in tables.values()} | {join.source for t in tables.values() for join in t.join}
    sources = {name: source for name, source in kept.items() if name in used}
    fitted = recipe.model_copy(update={"sources": sources, "tables": tables}) if tables else None
    return Fitted(fitted, left, lost)


def _unmade(table: RecipeTable, known: Mapping[str, Collection[str]]) -> set[str]:
    """The joins of a table whose source has no file: their columns are no news."""
    return {join.name for join in table.join if join.source not in known}


def _fit_source(source: Source, columns: Collection[str]) -> Source:
    if source.history is None:
        return source
    there = _Known(columns)
    of = [there.ask(column) for column in source.history.of]
    at, value = there.ask(source.history.at), there.ask(source.history.value)
    whole = None if there.lost else source.history.model_copy(update={"of": of, "at": at, "value": value})
    return source.model_copy(update={"history": whole})


def _fit_table(table: RecipeTable, known: Mapping[str, Collection[str]], there: _Known) -> RecipeTable:
    joins = [made for join in table.join if (made := _fit_join(join, known, there)) is not None]
    changed: dict[str, Any] = {"join": joins, **_fit_picks(table, there), "properties": _properties(table, there)}
    for role in _NEEDED[table.into]:
        if changed[role] is None:
            raise _Lost(_lack(table, columns_of(getattr(table, role)), known))
    for section in ("events", "answers"):
        if hasattr(table, section):
            changed[section] = [fitted for spec in getattr(table, section) if (fitted := _fit_spec(spec, there))]
            if not changed[section]:
                raise _Lost(_lack(table, list(there.lost), known))
    return table.model_copy(update=changed)


def _lack(table: RecipeTable, lost: Sequence[str], known: Mapping[str, Collection[str]]) -> str:
    """What is missing: columns, or files of the sources that they would come from."""
    unmade = {join.name: join.source for join in table.join if join.source not in known}
    files = dict.fromkeys(unmade[name] for column in lost if (name := column.partition(".")[0]) in unmade)
    columns = [column for column in lost if column.partition(".")[0] not in unmade]
    told = [f"no column {' or '.join(columns)}"] if columns else []
    return ", ".join([*told, f"no file of {' or '.join(files)}"] if files else told)


def _fit_picks(record: Any, there: _Known) -> dict[str, Pick | None]:
    roles: tuple[str, ...] = _PICKS.get(type(record), ("customer",))
    return {role: there.pick(getattr(record, role)) for role in roles}


def _fit_join(join: Join, known: Mapping[str, Collection[str]], there: _Known) -> Join | None:
    """The join with the columns that are there, which the table may read from now on; null when it cannot be made."""
    if join.source not in known:
        if join.required:
            raise _Lost(f"no file of {join.source}")
        return None
    theirs = _Known(known[join.source])
    keys = [(there.get(mine), theirs.get(other)) for mine, other in zip(*key_columns(join), strict=True)]
    if any(mine is None or other is None for mine, other in keys):
        if join.required:
            raise _Lost(f"no column to find its {join.source} by")
        return None
    take = None if join.take is None else {a: how for name, how in join.take.items() if (a := theirs.get(name))}
    others = [str(other) for _, other in keys]
    there.add(known[join.source] if take is None else [*others, *take], before=f"{join.name}.")
    return join.model_copy(update={"on": dict(keys), "take": take})


def _fit_spec(spec: EventSpec | AnswerSpec, there: _Known) -> EventSpec | AnswerSpec | None:
    """The event or answer with the columns that are there; null when it cannot be made any more."""
    where = True if spec.where is None else _fit_rule(spec.where, there)
    if where is False:
        return None
    picked = _fit_picks(spec, there)
    says = ("event",) if isinstance(spec, EventSpec) else ("question",)
    whole = all(picked[role] is not None for role in says)
    if isinstance(spec, EventSpec):
        whole = whole and picked["at"] is not None
    else:
        whole = whole and (picked["answer"] is not None or picked["text"] is not None)
    return spec.model_copy(update={**picked, "where": None if where is True else where}) if whole else None


def _fit_rule(rule: Rule, there: _Known) -> Rule | bool:
    """The rule about the columns that are there; true or false where it is settled without any."""
    tests: dict[str, Any] = {}
    for name, test in (rule.property or {}).items():
        column = there.ask(name)
        if column is not None:
            tests[column] = test
        elif test.model_dump() != {"absent": True}:
            return False
    said: dict[str, Any] = {name: getattr(rule, name) for name in ("event", "channel", "status", "kind", "question")}
    said = {name: test for name, test in said.items() if test is not None}
    if tests:
        said["property"] = tests
    if rule.any is not None:
        parts = [_fit_rule(part, there) for part in rule.any]
        if not any(parts):
            return False
        if True not in parts:
            said["any"] = [part for part in parts if part is not False]
    if rule.all is not None:
        parts = [_fit_rule(part, there) for part in rule.all]
        if False in parts:
            return False
        said["all"] = [part for part in parts if part is not True] or None
    if rule.not_ is not None:
        inner = _fit_rule(rule.not_, there)
        if inner is True:
            return False
        said["not_"] = inner or None
    said = {name: value for name, value in said.items() if value is not None}
    return Rule(**said) if said else True


def _properties(table: RecipeTable, there: _Known) -> Any:
    if table.properties == "all":
        return "all"
    asked = table.properties if isinstance(table.properties, dict) else {name: name for name in table.properties}
    return {name: found for name, column in asked.items() if (found := there.ask(column)) is not None}
