"""Recipe files: read whole or not at all, matched with the files they mean, described by a schema."""

from __future__ import annotations

import fnmatch
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path, PurePath
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML

from desireline.errors import RecipeInvalid, RecipeMismatch, RecipeUnreadable, did_you_mean
from desireline.maps.faults import Fault, fault_at, model_faults
from desireline.maps.schema import map_schema
from desireline.maps.written import Place, Written, read_text, read_yaml
from desireline.recipes.columns import roles
from desireline.recipes.findings import plain_findings
from desireline.recipes.records import EventTable, FeedbackTable, Recipe, RecipeTable, Times
from desireline.recipes.scales import scale_of
from desireline.recipes.times import known_form, known_zone

SCHEMA_ID = "urn:desireline:recipe:1"


def load_recipe(path: str | Path) -> Recipe:
    """The recipe in a file; a broken one raises RecipeUnreadable or RecipeInvalid, never half-loaded."""
    file = Path(path)
    return read_recipe(read_text(file, unreadable=RecipeUnreadable), str(file))


def read_recipe(text: str, name: str) -> Recipe:
    """The recipe in a text; `name` is what errors call it.

    RecipeUnreadable: not YAML, or no recipe at all. RecipeInvalid: fields or names that do not fit, each
    with its line, its field and the nearest name that there is.
    """
    written = read_yaml(text.removeprefix("\ufeff"), name, unreadable=RecipeUnreadable)
    if not isinstance(written.data, dict):
        raise RecipeUnreadable(name, 1, "this holds no recipe. A recipe has the fields recipe, sources and tables.")
    try:
        recipe = Recipe.model_validate(written.data)
    except ValidationError as error:
        faults = model_faults(plain_findings(error, written.data), Recipe, written)
        raise RecipeInvalid(name, [str(fault) for fault in sorted(faults)]) from None
    faults = sorted(set(_misfits(recipe, written)))
    if faults:
        raise RecipeInvalid(name, [str(fault) for fault in faults])
    return recipe


def recipe_text(recipe: Mapping[str, Any]) -> str:
    """The recipe as YAML that reads back as the same recipe."""
    yaml, text = YAML(), io.StringIO()
    yaml.width = 110
    yaml.indent(mapping=2, sequence=4, offset=2)
    yaml.dump(dict(recipe), text)
    return text.getvalue()


def match_files(recipe: Recipe, names: Sequence[str]) -> dict[str, list[str]]:
    """The files for each source, in the order given.

    Base names are matched without regard to case, packed (`.gz`) or not; of two sources that match, the one
    with the more specific pattern has the file. Files that `ignore` names are left out. Raises RecipeMismatch for
    a file that no source matches and for a source that a table needs and that has no file.
    """
    found: dict[str, list[str]] = {source: [] for source in recipe.sources}
    strangers: list[str] = []
    for name in names:
        base = PurePath(name.replace("\\", "/")).name
        source = _source_for(recipe, base)
        if source is None and any(fits_pattern(base, pattern) for pattern in recipe.ignore):
            continue
        if source is None:
            strangers.append(name)
        else:
            found[source].append(name)
    missing = [source for source in recipe.sources if source in _needed(recipe) and not found[source]]
    if strangers or missing:
        raise RecipeMismatch(_mismatch(recipe, strangers, missing))
    return {source: files for source, files in found.items() if files}


def check_sources(recipe: Recipe, given: Sequence[str]) -> None:
    """Nothing happens when these are sources of the recipe, and all that its tables need; else RecipeMismatch."""
    for name in given:
        if name not in recipe.sources:
            hint = did_you_mean(name, recipe.sources, f"Sources: {', '.join(recipe.sources)}.")
            raise RecipeMismatch(f"The recipe has no source {name!r}. {hint}")
    missing = [name for name in recipe.sources if name in _needed(recipe) and name not in given]
    if missing:
        raise RecipeMismatch(f"The recipe also needs {', '.join(missing)}; give it in the same call.")


def recipe_schema() -> dict[str, Any]:
    """The schema (JSON Schema, draft 2020-12) against which an editor checks a recipe file."""
    schema = _with_short_forms(Recipe.model_json_schema(by_alias=True, mode="validation"))
    schema["$defs"]["Said"] = map_schema()["$defs"]["Said"]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": SCHEMA_ID,
        **schema,
        "title": "A recipe: how a company's own files become events, feedback, customers and campaigns",
    }


def _source_for(recipe: Recipe, base: str) -> str | None:
    """The source whose pattern fits best; the first of those with the most fixed characters."""
    fits = [
        (len(re.sub(r"[*?]|\[[^\]]*\]", "", source.file)), name)
        for name, source in recipe.sources.items()
        if fits_pattern(base, source.file)
    ]
    return max(fits, key=lambda fit: fit[0])[1] if fits else None


def fits_pattern(base: str, pattern: str) -> bool:
    """True when a file's base name fits a pattern, without regard to case, packed (`.gz`) or not."""
    bare = re.sub(r"\.gz$", "", base, flags=re.IGNORECASE)
    return any(fnmatch.fnmatchcase(seen.lower(), pattern.lower()) for seen in (base, bare))


def _needed(recipe: Recipe) -> set[str]:
    tables = recipe.tables.values()
    return {table.source for table in tables} | {join.source for table in tables for join in table.join}


def _mismatch(recipe: Recipe, strangers: list[str], missing: list[str]) -> str:
    says = []
    if strangers:
        patterns = ", ".join(f"{name} ({source.file})" for name, source in recipe.sources.items())
        says.append(f"No source of the recipe takes {', '.join(strangers)}. Its sources: {patterns}.")
    if missing:
        lacking = ", ".join(f"{name} (a file named {recipe.sources[name].file})" for name in missing)
        says.append(f"The recipe also needs {lacking}; name it in the same call.")
    return " ".join(says)


def _misfits(recipe: Recipe, written: Written) -> Iterator[Fault]:
    """Names that do not exist and things that do not fit together, which the schema cannot see."""
    yield from _times_misfits(recipe.times, ("times",), written)
    for name, source in recipe.sources.items():
        yield from _times_misfits(source.times, ("sources", name, "times"), written)
        if "." in name:
            yield fault_at(written, ("sources", name), "a source's name may not hold a dot: columns are source.column.")
    for name, table in recipe.tables.items():
        place = ("tables", name)
        yield from _source_misfits(table, recipe, place, written)
        yield from _pick_misfits(table, place, written)
        if not hasattr(table, "times"):
            continue
        yield from _times_misfits(table.times, (*place, "times"), written)
        if isinstance(table, EventTable):
            yield from _rule_misfits([event.where for event in table.events], place, "events", written)
        if isinstance(table, FeedbackTable):
            yield from _rule_misfits([answer.where for answer in table.answers], place, "answers", written)
            yield from _scale_misfits(table, place, written)


def _times_misfits(times: Times | None, place: Place, written: Written) -> Iterator[Fault]:
    if times is None:
        return
    for field, check in (("form", known_form), ("zone", known_zone)):
        said = getattr(times, field)
        try:
            if said is not None:
                check(said)
        except RecipeMismatch as fault:
            yield fault_at(written, (*place, field), str(fault))


def _source_misfits(table: RecipeTable, recipe: Recipe, place: Place, written: Written) -> Iterator[Fault]:
    named: list[tuple[Place, str]] = [((*place, "source"), table.source)]
    named += [((*place, "join", number, "source"), join.source) for number, join in enumerate(table.join)]
    for where, source in named:
        if source not in recipe.sources:
            hint = did_you_mean(source, recipe.sources, f"Sources: {', '.join(recipe.sources)}.")
            yield fault_at(written, where, f"there is no source “{source}”. {hint}")
    joined = [join.name for join in table.join]
    for number, name in enumerate(joined):
        if name in joined[:number]:
            says = f"“{name}” is joined twice; take all columns at once, or say what this one is `called`."
            yield fault_at(written, (*place, "join", number), says)
        if "." in name:
            yield fault_at(written, (*place, "join", number), "a join's name may not hold a dot.")


def _pick_misfits(table: RecipeTable, place: Place, written: Written) -> Iterator[Fault]:
    """Columns of sources that the table does not join."""
    joined = {join.name for join in table.join}
    for role, column in roles(table):
        source = column.split(".")[0]
        if "." in column and source not in joined and source in _sources_of(written) and source != table.source:
            says = f"“{column}” belongs to a source that this table does not join. Add it under `join`."
            yield fault_at(written, (*place, role), says)


def _sources_of(written: Written) -> set[str]:
    return set(written.data["sources"])


def _rule_misfits(rules: Sequence[Any], place: Place, section: str, written: Written) -> Iterator[Fault]:
    """Fields that the rows of this kind do not have."""
    known = {"event", "channel", "status"} if section == "events" else {"kind", "question", "channel"}
    for number, rule in enumerate(rules):
        fields = set() if rule is None else {name for name in rule.fields() if not name.startswith("property.")}
        for field in sorted(fields - known):
            says = f"{section} have no {field}; a rule may look at {', '.join(sorted(known))} and property."
            yield fault_at(written, (*place, section, number, "where"), says)


def _scale_misfits(table: FeedbackTable, place: Place, written: Written) -> Iterator[Fault]:
    for number, answer in enumerate(table.answers):
        try:
            scale_of(answer)
        except RecipeMismatch as fault:
            yield fault_at(written, (*place, "answers", number), str(fault))


def _with_short_forms(node: Any) -> Any:
    """Wherever a test is wanted, its short forms are taken; where a code is wanted, a number is."""
    if isinstance(node, list):
        return [_with_short_forms(value) for value in node]
    if not isinstance(node, dict):
        return node
    if node.get("$ref") == "#/$defs/Test":
        return {**node, "$ref": "#/$defs/Said"}
    changed = {name: _with_short_forms(value) for name, value in node.items()}
    if changed.get("type") == "array" and changed.get("items") == {"type": "string"}:
        changed["items"] = {"type": ["string", "number"]}
    return changed
