"""A recipe suggested from samples of files, with a reason for each choice, a question for each doubt.

Nothing that the data leave open is guessed: day first or month first, the time zone, the scale of a score,
who the customer is. Until a person answers, the recipe leaves that part out, so that rows are refused rather
than misread.
"""

from __future__ import annotations

import os.path
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from typing import Any

import polars as pl

from desireline.recipes.records import Recipe
from desireline.recipes.suggest.answers import suggest_answers
from desireline.recipes.suggest.events import (
    event_times,
    suggest_borrowed,
    suggest_history,
    suggest_instants,
    suggest_log,
)
from desireline.recipes.suggest.keys import find_links
from desireline.recipes.suggest.lists import suggest_campaigns, suggest_customers, suggest_people, why_unused
from desireline.recipes.suggest.profile import Column, Profile, profile
from desireline.recipes.suggest.study import Question, Reason, Study, Told
from desireline.recipes.suggest.table import Table
from desireline.recipes.suggest.yaml import recipe_yaml

__all__ = ["Preview", "Question", "Reason", "Suggestion", "name_sources", "suggest", "to_yaml"]

_ENDINGS = re.compile(r"\.(csv|tsv|tab|txt|psv|xlsx?|xlsb|ods|parquet|json|jsonl|ndjson|jsonocel|xes|gz)$", re.I)
_DATED = re.compile(r"\d{4}[-_.]?\d{2}([-_.]?\d{2})?|\d{4,}")


@dataclass(frozen=True)
class Preview:
    """The first rows of one file, as `sources.read` hands them out. `name` is the file's name."""

    name: str
    rows: pl.DataFrame


@dataclass(frozen=True)
class Suggestion:
    """A recipe (valid as it stands), why it looks like this, and what a person has to answer."""

    recipe: dict[str, Any]
    reasons: list[Reason]
    questions: list[Question]
    unused: list[str]
    """Sources that got no role; their files are not part of the recipe."""


def suggest(
    previews: Mapping[str, Preview],
    *,
    day_first: bool | None = None,
    zone: str | None = None,
    customer: str | None = None,
    scales: Mapping[str, tuple[float, float]] | None = None,
    undated: bool = False,
    event: str | None = None,
) -> Suggestion:
    """The recipe that fits these samples, keyed by source name (see `name_sources`).

    Each keyword answers a question that an earlier suggestion asked: `day_first` for dates like 3/4/2026,
    `zone` for instants without an offset, `customer` the column that names the customer, `scales` the ends of
    a score by column (names may hold *), `undated` that no row tells what happened at an instant, `event` the column
    that says what happened (one that holds instants: every row is the same event).

    >>> log = {"user": ["a", "a"], "event": ["open", "pay"], "at": ["2026-03-01", "2026-03-02"]}
    >>> found = suggest({"log": Preview("log.csv", pl.DataFrame(log))})
    >>> [question.flag for question in found.questions]
    ['--zone NAME']
    >>> suggest({"log": Preview("log.csv", pl.DataFrame(log))}, zone="UTC").questions
    []
    """
    told = Told(day_first, zone, customer, dict(scales or {}), undated, event)
    profiles = {name: profile(name, p.name, p.rows, day_first=day_first) for name, p in previews.items()}
    study = Study(profiles, find_links(profiles), told)
    tables = {name: table for name, found in profiles.items() for name, table in _tables(study, found).items()}
    _ask_about_times(study)
    used = _used_sources(tables)
    if not tables:
        tables, used = _last_resort(study)
    unused = [name for name in profiles if name not in used]
    for name in unused:
        why = f"left out: {why_unused(study, profiles[name])}; `ignore` lets the import pass it over"
        study.reasons.append(Reason(name, "", "unused", why, 0.5))
    recipe = {
        "recipe": "suggested",
        "about": "Suggested from samples; read it before the first import.",
        "times": {"form": "iso"} | ({"zone": zone} if zone else {}),
        "sources": _sources(study, used),
        "tables": tables,
    }
    if unused:
        recipe["ignore"] = [f"{_bare(profiles[name].file)}*" for name in unused]
    Recipe.model_validate(recipe)
    return Suggestion(recipe, study.reasons, study.questions, unused)


def name_sources(files: Sequence[str]) -> dict[str, str]:
    """A short name for each file: without endings, dates and what all names have in common.

    >>> name_sources(["olist_orders_dataset.csv.gz", "olist_customers_dataset.csv.gz"])
    {'orders': 'olist_orders_dataset.csv.gz', 'customers': 'olist_customers_dataset.csv.gz'}
    """
    words = [_words(file) for file in files]
    while len(words) > 1 and min(map(len, words)) > 1 and len({parts[0] for parts in words}) == 1:
        words = [parts[1:] for parts in words]
    while len(words) > 1 and min(map(len, words)) > 1 and len({parts[-1] for parts in words}) == 1:
        words = [parts[:-1] for parts in words]
    names: dict[str, str] = {}
    for parts, file in zip(words, files, strict=True):
        name, number = "_".join(parts), 2
        while name in names:
            name, number = f"{'_'.join(parts)}_{number}", number + 1
        names[name] = file
    return names


def to_yaml(suggestion: Suggestion) -> str:
    """The suggested recipe as YAML, open questions at its head, reasons above each table as comments."""
    return recipe_yaml(suggestion.recipe, suggestion.reasons, suggestion.questions)


def _bare(file: str) -> str:
    return os.path.basename(file).removesuffix(".gz")  # noqa: PTH119 - names only; nothing is looked up on a disk


def _words(file: str) -> list[str]:
    stem = os.path.basename(file)  # noqa: PTH119 - names only; nothing is looked up on a disk
    while _ENDINGS.search(stem):
        stem = _ENDINGS.sub("", stem)
    words = re.sub(r"[^a-z0-9]+", " ", _DATED.sub(" ", stem.lower())).split()
    return words or ["source"]


def _tables(study: Study, found: Profile) -> dict[str, Table]:
    """The tables that one source makes: usually one; people with a joined key are customers besides."""
    for build in _builders(study.told_event(found), undated=study.told.undated):
        table = build(study, found)
        if table is not None:
            return {found.name: table}
    return {}


def _builders(event: Column | None, *, undated: bool) -> list[Callable[[Study, Profile], Table | None]]:
    """What a source may become, in this order; where a column was told to say what happened, a log of it first.

    Told instants say that each row is one event, so that no other column names it. Where it was said that nothing
    happened at a time, dates only describe.
    """
    lists, others = [suggest_campaigns, suggest_people, suggest_answers], [suggest_borrowed, suggest_customers]
    if undated:
        return [*lists, *others]
    if event is None:
        return [*lists, suggest_history, suggest_log, suggest_instants, *others]
    if event.kind == "time":
        return [*lists, suggest_instants, *others]
    return [suggest_log, *lists, suggest_instants, *others]


def _last_resort(study: Study) -> tuple[dict[str, Table], set[str]]:
    """When no source has a role: one as customers, by the column that was said, or asked for."""
    first = next(iter(study.profiles.values()))
    column = study.told.customer or ""
    named = next((found for found in study.profiles.values() if column in found.columns), None)
    if named is None:
        says = f"Which column of {first.name} names the customer?"
        study.ask(Question("customer", says, "--customer COLUMN", tuple(first.columns)[:8]))
        column = next(iter(first.columns), "customer")
    first = named or first
    table = {"into": "customers", "source": first.name, "customer": column, "properties": "all"}
    return {first.name: table}, {first.name}


def _used_sources(tables: Mapping[str, Table]) -> set[str]:
    used = {table["source"] for table in tables.values()}
    return used | {join["source"] for table in tables.values() for join in table.get("join", [])}


def _sources(study: Study, used: set[str]) -> dict[str, Any]:
    sources: dict[str, Any] = {}
    patterns = _patterns({name: found.file for name, found in study.profiles.items()})
    for name, found in study.profiles.items():
        if name not in used:
            continue
        sources[name] = {"file": patterns[name]}
        if found.missing:
            sources[name]["missing"] = found.missing
            why = f"{', '.join(found.missing)} stand where nothing is known"
            study.reasons.append(Reason(name, "", "missing", why, 0.8))
        form = next((c.time.form for c in study.used_times if c.source == name and c.time and c.time.form), "iso")
        marked = _marked(study, name)
        if marked is not None:
            sources[name]["decimal"] = marked.mark
            why = f"the decimals of {marked.name} begin at a {marked.mark}: {max(marked.values, key=len)}"
            study.reasons.append(Reason(name, "", "decimal", why, 0.9))
        if form != "iso":
            sources[name]["times"] = {"form": form} | ({"zone": study.told.zone} if study.told.zone else {})
    return sources


def _marked(study: Study, source: str) -> Column | None:
    """A column of amounts or scores that needs its decimal mark said, where no other one uses another mark."""
    numbers = [c for c in study.used_numbers if c.source == source]
    marks = {c.mark or "point" for c in numbers if c.mark or not c.whole}
    return next((c for c in numbers if c.mark), None) if len(marks) == 1 else None


def _patterns(files: Mapping[str, str]) -> dict[str, str]:
    """Patterns that will match the next export: dates become *, and a .gz may come or go.

    A pattern that would match a second file falls back to the file's name.
    """
    patterns: dict[str, str] = {}
    for name, file in files.items():
        pattern = _DATED.sub("*", file.removesuffix(".gz")) + "*"
        matched = sum(fnmatchcase(other.lower(), pattern.lower()) for other in files.values())
        patterns[name] = pattern if matched == 1 else file
    return patterns


def _ask_about_times(study: Study) -> None:
    local = [c for c in study.used_times if c.time and not c.time.offset]
    if local and study.told.zone is None:
        shown = ", ".join(dict.fromkeys(f"{c.source}.{c.name}" for c in local[:3]))
        example = local[0].values[0]
        says = f"Instants such as {example} ({shown}) have no offset. In which time zone were they written?"
        study.ask(Question("zone", says, "--zone NAME", ("UTC", "Europe/Berlin", "America/New_York", "Asia/Tokyo")))
    unclear = [c for c in study.used_times if c.time and c.time.form is None]
    if unclear and study.told.day_first is None:
        column = unclear[0]
        example = f"{column.source}.{column.name} holds dates such as {column.values[0]}"
        says = f"{example}. Does the day or the month come first?"
        study.ask(Question("day_first", says, "--day-first or --month-first", ("--day-first", "--month-first")))
    dated = any(event_times(found) for found in study.profiles.values()) or study.used_times
    if not dated and not study.told.undated:
        says = (
            f"No column of {', '.join(study.profiles)} holds dates or times, so nothing can be placed in time. "
            "Is that right, or is a file missing that has them?"
        )
        study.ask(Question("undated", says, "--undated", ("--undated",)))
