"""The generated pages of the reference: written from the code, so that they cannot say anything else.

`make docs` writes them anew; a test fails when one of them is stale.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import typer
from field_words import COLUMNS, FIELDS
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from transcripts import refresh_all

import desireline
from desireline import errors, tables
from desireline.cli.app import app
from desireline.findings.reference import rules_page
from desireline.maps import records as maps
from desireline.maps import rules
from desireline.maps.checks.page import checks_page
from desireline.measures.ledger import LEDGER
from desireline.measures.reference import reference_page
from desireline.recipes import records as recipes
from desireline.recipes.refusal import REASONS

HERE = Path(__file__).parent
_MADE = "Made from the code by `make docs`; do not edit by hand.\n"
Command = Any  # typer keeps its own copy of click, whose classes it does not show


# ── Commands


def commands_page() -> str:
    """Every command with its arguments, its options and its help, and every error with its exit code."""
    parts = [_COMMANDS_HEAD, *map(_command_entry, commands().items()), _ERRORS_HEAD, *_error_rows()]
    return "\n".join(parts) + "\n"


@cache
def commands() -> dict[str, Command]:
    """Every command by what one types: `import`, `map check` …"""
    found: dict[str, Command] = {}
    for name, one in typer.main.get_command(app).commands.items():  # type: ignore[attr-defined]
        inner = getattr(one, "commands", None)
        found |= {f"{name} {sub}": each for sub, each in inner.items()} if inner else {name: one}
    return found


def _command_entry(named: tuple[str, Command]) -> str:
    name, command = named
    rows = [row for param in command.params if (row := _parameter_row(param))]
    words = " ".join(_usage(param) for param in command.params if param.param_type_name == "argument")
    usage = f"desireline {name} {words}".rstrip() + " [options]"
    table = "\n".join(["| | | default |", "|---|---|---|", *rows])
    return f"## {name}\n\n{inspect.cleandoc(command.help or '')}\n\n    {usage}\n\n{table}\n"


def _usage(param: Any) -> str:
    said = _placeholder(param)
    return said if param.required else f"[{said}]"


def _placeholder(param: Any) -> str:
    return str(param.metavar or param.name.upper())


def _parameter_row(param: Any) -> str | None:
    if param.name == "help":
        return None
    if param.param_type_name == "argument":
        said = f"`{_placeholder(param)}`"
    else:
        said = ", ".join(f"`{opt}`" for opt in [*param.opts, *param.secondary_opts])
        said += "" if param.is_flag else f" {param.opts[0].lstrip('-').upper()}"
    default = "" if param.default in (None, False, "") or callable(param.default) else f"`{param.default}`"
    needed = "needed" if param.required else default
    return f"| {said} | {_cell(param.help or '')} | {needed} |"


def _error_rows() -> Iterator[str]:
    yield "| error | exit code | what is true |"
    yield "|---|--:|---|"
    for error in sorted(_errors(errors.DesirelineError), key=lambda one: (one.exit_code, one.__name__)):
        if "demo" not in error.__module__:
            yield f"| `{error.__name__}` | {error.exit_code} | {_cell((error.__doc__ or '').splitlines()[0])} |"


def _errors(root: type[errors.DesirelineError]) -> Iterator[type[errors.DesirelineError]]:
    """The errors that say something of their own: the leaves of the tree, and what is raised further up."""
    inner = root.__subclasses__()
    if not inner or vars(root).keys() & {"__init__", "says"}:
        yield root
    for one in inner:
        yield from _errors(one)


_COMMANDS_HEAD = f"""# Commands

{_MADE}
`desireline COMMAND --help` prints the same. Every command but the two that print a schema takes `--json`: then one JSON
document stands on standard output ([its shapes](json.md)), and messages stay on standard error. In a pipe, tables are
plain text and nothing is coloured.

## Exit codes

| code | means |
|--:|---|
| 0 | fine |
| 1 | `map check` remarks on something as severe as `--fail-on`, `recipe suggest` has a question, `doctor` a complaint |
| 2 | wrong use: an option, a name or a path that does not exist |
| 3 | a problem in the data or on the disk; nothing was left half done |
| 130 | stopped by Ctrl-C; nothing was left half done |
"""
_ERRORS_HEAD = """## Errors

Every error says what happened, where, and the way out. In Python all of them are `desireline.DesirelineError`.
"""


# ── Files that people write


def map_page() -> str:
    """Every field of a map file."""
    first = [("A map file", maps.Map), ("map", maps.MapHead), ("journey", maps.Cut), ("review", maps.Review)]
    kinds = [(section, model) for section, model in maps.SECTIONS.items()]
    parts = [
        ("promise", maps.Promise),
        ("promise.time", maps.TimePromise),
        ("promise.score, promise.effort", maps.ScorePromise),
    ]
    parts += [("kpis", maps.Kpi), ("evidence", maps.Evidence)]
    of_rules = [("Rules", rules.Rule), ("Tests", rules.Test)]
    entries = [_model_entry(title, model) for title, model in [*first, *kinds, *parts, *of_rules]]
    return "\n".join([_MAP_HEAD, *entries])


def recipe_page() -> str:
    """Every field of a recipe file, and every reason for a refusal."""
    models: list[tuple[str, Any]] = [
        ("A recipe file", recipes.Recipe),
        ("sources", recipes.Source),
        ("times", recipes.Times),
        ("history", recipes.History),
        ("tables, into: events", recipes.EventTable),
        ("events", recipes.EventSpec),
        ("tables, into: feedback", recipes.FeedbackTable),
        ("answers", recipes.AnswerSpec),
        ("transcript", recipes.Transcript),
        ("mask", recipes.Mask),
        ("tables, into: customers", recipes.CustomerTable),
        ("tables, into: campaigns", recipes.CampaignTable),
        ("join", recipes.Join),
    ]
    reasons = [f"| `{code}` | {_cell(says)} |" for code, says in REASONS.items()]
    refusals = "\n".join([_REFUSALS_HEAD, "| reason | what it means |", "|---|---|", *reasons])
    return "\n".join([_RECIPE_HEAD, *(_model_entry(title, model) for title, model in models), refusals]) + "\n"


def models() -> list[Any]:
    """Every model whose fields people write."""
    of_maps: list[Any] = [
        maps.Map,
        maps.MapHead,
        maps.Cut,
        maps.Review,
        *maps.SECTIONS.values(),
        maps.Promise,
        maps.TimePromise,
    ]
    of_maps += [maps.ScorePromise, maps.Kpi, maps.Evidence, rules.Rule, rules.Test]
    of_recipes: list[Any] = [
        recipes.Recipe,
        recipes.Source,
        recipes.Times,
        recipes.History,
        recipes.Transcript,
        recipes.Mask,
        recipes.EventTable,
        recipes.EventSpec,
        recipes.Join,
    ]
    of_recipes += [recipes.FeedbackTable, recipes.AnswerSpec, recipes.CustomerTable, recipes.CampaignTable]
    return [*of_maps, *of_recipes]


def _model_entry(title: str, model: Any) -> str:
    about = inspect.cleandoc(model.__doc__ or "")
    rows = [_field_row(model, name, field) for name, field in model.model_fields.items()]
    table = "\n".join(["| field | holds | |", "|---|---|---|", *rows])
    return f"## {title}\n\n{about}\n\n{table}\n"


def _field_row(model: type[BaseModel], name: str, field: FieldInfo) -> str:
    said = field.alias or name
    default = _default(field)
    text = field_text(model, name) or ""
    holds = _narrowed(field) or _holds(field.annotation)
    holds = (
        holds.replace("](#", "](map-file.md#") if model.__module__ == recipes.__name__ and "#rules" in holds else holds
    )
    return f"| `{said}` | {holds}{default} | {_cell(text)} |"


def _narrowed(field: FieldInfo) -> str | None:
    """An id or a feeling, which pydantic keeps as a text or number with limits."""
    limits = str(field.metadata)
    return "id" if "pattern=" in limits else "−2…+2" if "Ge(ge=-2" in limits else None


def field_text(model: type[BaseModel], name: str) -> str | None:
    """What a field means: as the model describes it, else as `field_words` does; None when nobody does."""
    described = model.model_fields[name].description
    keys = [f"{owner.__name__}.{name}" for owner in model.__mro__] + [name]
    return described or next((FIELDS[key] for key in keys if key in FIELDS), None)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return ", **needed**"
    if field.default in (None, "") or field.default_factory is not None:
        return ""
    shown = field.default.__class__ is bool and str(field.default).lower()
    return f", else `{shown or field.default}`"


def _holds(kind: Any) -> str:
    """A type in words."""
    origin, inner = get_origin(kind), [one for one in get_args(kind) if one is not type(None)]
    if isinstance(kind, str):
        return kind
    if origin is Annotated:
        return _NAMED.get(str(kind), _holds(inner[0]))
    if origin is Literal:
        return " · ".join(f"`{one}`" for one in inner)
    if origin in (Union, UnionType):
        return "pick" if recipes.Fixed in inner else " or ".join(dict.fromkeys(_holds(one) for one in inner))
    if origin is list:
        return f"list of {_holds(inner[0])}"
    if origin is dict:
        return f"{_holds(inner[0])}: {_holds(inner[1])}"
    return str(_NAMED.get(str(kind)) or _WORDS.get(kind, kind.__name__))


_WORDS: dict[Any, str] = {
    str: "text",
    float: "number",
    int: "whole number",
    bool: "true or false",
    rules.Rule: "[rule](#rules)",
    rules.Test: "[test](#tests)",
    recipes.Fixed: "{text: …}",
    maps.MapHead: "[head](#map)",
    maps.Cut: "[cut](#journey)",
    maps.Review: "[review](#review)",
    maps.Promise: "[promise](#promise)",
    maps.TimePromise: "[promise of time](#promisetime)",
    maps.ScorePromise: "[promised level](#promisescore-promiseeffort)",
    maps.Kpi: "[KPI](#kpis)",
    maps.Evidence: "[evidence](#evidence)",
    **{model: f"[{model.__name__.lower()}](#{section})" for section, model in maps.SECTIONS.items()},
    recipes.Times: "[times](#times)",
    recipes.Source: "[source](#sources)",
    recipes.Join: "[join](#join)",
    recipes.EventSpec: "[event](#events)",
    recipes.AnswerSpec: "[answer](#answers)",
    recipes.EventTable: "[events](#tables-into-events)",
    recipes.FeedbackTable: "[feedback](#tables-into-feedback)",
    recipes.CustomerTable: "[customers](#tables-into-customers)",
    recipes.CampaignTable: "[campaigns](#tables-into-campaigns)",
}
_NAMED = {
    str(maps.Id): "id",
    str(maps.Feeling): "−2…+2",
    "<class 'datetime.date'>": "date",
    "<class 'datetime.timedelta'>": "duration (`30m`, `2h`, `10d`, `1w`)",
    str(rules.Said): "value, list or [test](#tests)",
}

_MAP_HEAD = f"""# The map file

{_MADE}
A map is one YAML file, by custom named `*.journey.yaml`. It holds flat records, one list per kind.
`desireline map schema` prints the JSON Schema for your editor. A field that the format does not know is a fault, never
ignored; a broken map is never half loaded and never rewritten. [How to draw one](../how-to/draw-a-map.md).

An id is made of small letters, digits, `.`, `_` and `-`. It names the record everywhere: in links, in readings, on the
command line. Cards and links may do without.
"""
_RECIPE_HEAD = f"""# The recipe file

{_MADE}
A recipe is one YAML file, by custom named `*.recipe.yaml`. `desireline recipe schema` prints the JSON Schema for your
editor, `desireline recipe check` loads it, `desireline recipe suggest` writes a first one.
[How to write one](../how-to/write-a-recipe.md).

Where a field takes a *pick*, it takes a column (`customer_no`), several columns of which the first that is not empty
counts (`[card_no, email]`), or a fixed text (`{{text: web}}`). A column of a joined source is written `source.column`.
Rules in `where` are [those of maps](map-file.md#rules); a column of the row is a `property`.
"""
_REFUSALS_HEAD = """## Refusals

A row that is not taken is kept with one of these reasons. `desireline refusals` shows them.
"""


# ── The lake


def lake_page() -> str:
    """Every table and column."""
    precious = [tables.EVENTS, tables.FEEDBACK, tables.CUSTOMERS, tables.CAMPAIGNS, tables.REFUSALS, tables.IMPORTS]
    derived = [tables.JOURNEYS, tables.STEPS, tables.ANSWERS, tables.DEVIATIONS, tables.READINGS, LEDGER]
    parts = [_LAKE_HEAD, *map(_table_entry, precious), _DERIVED_HEAD, *map(_table_entry, derived)]
    return "\n".join(parts)


def all_tables() -> list[tables.Table]:
    """Every declared table."""
    declared = [one for one in vars(tables).values() if isinstance(one, tables.Table)]
    return [*declared, LEDGER]


def column_text(table: tables.Table, column: str) -> str | None:
    """What a column holds: as the comment beside its declaration says, else as `field_words` does."""
    comment = _comments(LEDGER_SOURCE if table is LEDGER else TABLES_SOURCE, table.name).get(column)
    return comment or COLUMNS.get(f"{table.name}.{column}") or COLUMNS.get(column)


TABLES_SOURCE = inspect.getsource(tables)
LEDGER_SOURCE = inspect.getsource(importlib.import_module("desireline.measures.ledger"))


def _comments(source: str, table: str) -> dict[str, str]:
    body = source.partition(f'= Table(\n    "{table}"')[2].partition("\n)\n")[0]
    body = body or next((line for line in source.splitlines() if f'"{table}", {{' in line), "")
    return dict(re.findall(r'"(\w+)": [^#\n]*?,\s+# (.+)', body))


def _table_entry(table: tables.Table) -> str:
    rows = [
        f"| `{name}` | {_column_kind(kind)} | {_sentence(column_text(table, name) or '')} |"
        for name, kind in table.columns.items()
    ]
    return "\n".join([f"## {table.name}\n", "| column | kind | |", "|---|---|---|", *rows, ""])


def _sentence(text: str) -> str:
    """A comment as a sentence, unless it begins with a value or a code."""
    said = _cell(text).rstrip(".")
    first = said.split(" ")[0]
    return f"{said[0].upper() + said[1:] if first.isalpha() and first != 'null' else said}." if said else ""


def _column_kind(kind: Any) -> str:
    said = str(kind() if isinstance(kind, type) else kind)
    words = {
        "String": "text",
        "Int64": "whole number",
        "Int32": "whole number",
        "UInt32": "whole number",
        "Float64": "number",
        "Boolean": "true or false",
    }
    words |= {
        "Date": "date",
        str(tables.INSTANT): "instant",
        str(tables.MONEY): "money",
        "List(String)": "list of texts",
    }
    return words[said]


_LAKE_HEAD = f"""# The tables

{_MADE}
The lake is a folder of [Delta](https://delta.io) tables inside the workspace: `events`, `feedback`, `customers`,
`campaigns`, `refusals`, `imports`. They hold what arrived, and any Delta or Parquet reader can open them. Rows are kept
in buckets by a hash of the customer; in a bucket they are sorted by customer and time, and at one instant by their
place in the file.

Instants are UTC with microseconds. Money is a decimal with four places. `properties` is one flat JSON object whose keys
are sorted and whose values are texts. The newest row of `imports` names the version of each table that is current
([why](../decisions/0002-one-import-one-switch.md)).
"""
_DERIVED_HEAD = """# Derived tables

These are made on the way to an answer and not kept; [what buckets contribute to answers is](../why/kept-trace.md). They
are what `desireline.measure` and `Workspace.measure` work with; `readings` and `ledger` come back as frames.
"""


# ── All of them


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


PAGES: dict[str, Callable[[], str]] = {
    "reference/commands.md": commands_page,
    "reference/map-file.md": map_page,
    "reference/recipe-file.md": recipe_page,
    "reference/lake.md": lake_page,
    "reference/measures.md": reference_page,
    "reference/checks.md": checks_page,
    "reference/rules.md": rules_page,
}


def stale() -> list[str]:
    """The generated pages that do not say what the code says."""
    return [
        name for name, made in PAGES.items() if not (HERE / name).exists() or (HERE / name).read_text("utf-8") != made()
    ]


def main() -> None:
    """All generated pages are fresh, and the transcripts say what the commands print."""
    for name, made in PAGES.items():
        (HERE / name).write_text(made(), encoding="utf-8")
    told = refresh_all() if "--pages-only" not in sys.argv else []
    sys.stdout.write("".join(f"{line}\n" for line in [f"{len(PAGES)} pages written.", *told]))


for _module in pkgutil.walk_packages(desireline.__path__, "desireline."):
    if ".cli." in _module.name:
        importlib.import_module(_module.name)  # so that every error class is known

if __name__ == "__main__":
    main()
