"""The reference says what the code says, and leaves nothing out."""

from __future__ import annotations

from typing import get_args

import pytest

from desireline.maps.checks.catalog import CHECKS
from desireline.maps.templates import template_titles
from desireline.measures.catalog import CATALOG
from desireline.recipes.refusal import REASONS
from desireline.sources.read import Kind

from .pages import DOCS, generate


def test_generated_pages_are_fresh():
    assert generate.stale() == [], "run: make docs"


@pytest.mark.parametrize("command", generate.commands())
def test_every_command_is_documented(command: str):
    page = (DOCS / "reference" / "commands.md").read_text("utf-8")
    assert f"\n## {command}\n" in page
    for param in generate.commands()[command].params:
        assert all(f"`{opt}`" in page for opt in param.opts if opt.startswith("-"))


def test_every_command_has_its_json_documented():
    page = (DOCS / "reference" / "json.md").read_text("utf-8")
    told = {part.strip() for line in page.splitlines() if line.startswith("## ") for part in line[3:].split(",")}
    with_json = {name for name, one in generate.commands().items() if any(p.name == "as_json" for p in one.params)}
    assert with_json - told == set()


def test_every_field_that_people_write_is_explained():
    silent = [
        f"{m.__name__}.{name}" for m in generate.models() for name in m.model_fields if not generate.field_text(m, name)
    ]
    assert silent == [], "say it in the model's Field(description=…) or in docs/field_words.py"


def test_every_field_stands_on_its_page():
    pages = "".join((DOCS / "reference" / name).read_text("utf-8") for name in ("map-file.md", "recipe-file.md"))
    fields = {field.alias or name for model in generate.models() for name, field in model.model_fields.items()}
    assert {name for name in fields if f"| `{name}` |" not in pages} == set()


def test_every_column_of_every_table_is_explained():
    silent = [
        f"{t.name}.{column}"
        for t in generate.all_tables()
        for column in t.columns
        if not generate.column_text(t, column)
    ]
    assert silent == [], "say it in a comment beside the column or in docs/field_words.py"


def test_every_table_stands_on_its_page():
    page = (DOCS / "reference" / "lake.md").read_text("utf-8")
    assert [table.name for table in generate.all_tables() if f"\n## {table.name}\n" not in page] == []


def test_every_measure_is_documented():
    page = (DOCS / "reference" / "measures.md").read_text("utf-8")
    assert [name for name in CATALOG if f"(`{name}`)" not in page] == []


def test_every_check_is_documented():
    page = (DOCS / "reference" / "checks.md").read_text("utf-8")
    assert [check.code for check in CHECKS if f"\n### {check.code}\n" not in page] == []


def test_every_template_is_documented():
    page = (DOCS / "reference" / "templates.md").read_text("utf-8")
    assert [name for name, title in template_titles().items() if f"| `{name}` | {title} |" not in page] == []


def test_every_refusal_reason_is_documented():
    page = (DOCS / "reference" / "recipe-file.md").read_text("utf-8")
    assert [code for code, says in REASONS.items() if f"| `{code}` | {says}" not in page] == []


def test_every_kind_of_source_is_documented():
    page = (DOCS / "how-to" / "write-a-recipe.md").read_text("utf-8")
    assert [kind for kind in (*get_args(Kind), "frame") if f"| {kind} |" not in page] == []


def test_words_for_fields_and_columns_are_all_used():
    fields = {f"{owner.__name__}.{name}" for m in generate.models() for name in m.model_fields for owner in m.__mro__}
    fields |= {name for m in generate.models() for name in m.model_fields}
    columns = {f"{t.name}.{column}" for t in generate.all_tables() for column in t.columns}
    columns |= {column for t in generate.all_tables() for column in t.columns}
    assert (set(generate.FIELDS) - fields, set(generate.COLUMNS) - columns) == (set(), set())
