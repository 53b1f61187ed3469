"""What the docs show works: files are valid, Python runs, commands print what stands below them."""

from __future__ import annotations

import contextlib
import re
import shlex
import shutil
import subprocess
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter
from ruamel.yaml import YAML

from desireline.maps.files import read_map
from desireline.maps.records import SECTIONS, MapHead
from desireline.maps.rules import Rule
from desireline.recipes.files import read_recipe
from desireline.recipes.records import Recipe

from .pages import PAGES, ROOT, generate, name, transcripts

pytestmark = pytest.mark.thorough

BLOCKS = [(page, block) for page in PAGES for block in transcripts.blocks(page.read_text("utf-8"))]
YAMLS = [
    pytest.param(block, id=f"{name(page)}:{block.first}") for page, block in BLOCKS if block.info.startswith("yaml")
]
PLAYED = [page for page in PAGES if transcripts.has_commands(page)]
PYTHONIC = sorted({page for page, block in BLOCKS if block.info == "python"})


@pytest.mark.parametrize("block", YAMLS)
def test_yaml_is_valid(block: Any):
    text = "\n".join(block.lines)
    kind = " ".join(word for word in block.info.split()[1:] if "." not in word)
    if kind == "map":
        read_map(text, "docs")
    elif kind == "recipe":
        read_recipe(text, "docs")
    elif kind == "rules":
        for line in block.lines:
            Rule.model_validate(_yaml(line)["when"])
    elif kind == "map part":
        _check_map_part(_yaml(text))
    elif kind == "recipe part":
        _check_recipe_part(_yaml(text))
    else:
        assert kind == "other", "say what it is: map, recipe, map part, recipe part, rules or other"


def test_commands_print_what_the_pages_show_and_python_runs(tmp_path: Path):
    """In one test, because all of them need the company that the first journey makes."""
    shown = transcripts.play_all(PLAYED, tmp_path)
    untrue = {f"{name(page)}: {one.command}": one.untrue() for page, found in shown for one in found if one.untrue()}
    assert untrue == {}, "run: make docs"
    for page in PYTHONIC:
        folder = tmp_path / f"python {page.stem}"
        shutil.copytree(tmp_path / "first-journey", folder)
        _run_python(page, folder)


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_commands_that_are_shown_exist(page: Path):
    wrong = [line for line in _commands(page) if not _is_command(line)]
    assert wrong == []


def test_every_module_s_examples_are_true():
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pytest",
            "--doctest-modules",
            "src/desireline",
            "--ignore=src/desireline/ledger/migrations",  # run by Alembic alone
            "-p",
            "no:cacheprovider",
            "-p",
            "no:xdist",
        ],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:]


def _run_python(page: Path, folder: Path) -> None:
    """The page's blocks have run in their order, in this folder."""
    scope: dict[str, Any] = {}
    for block in transcripts.blocks(page.read_text("utf-8")):
        if block.file:
            (folder / block.file).write_text("\n".join(block.lines), encoding="utf-8")
        elif block.info == "python":
            with contextlib.chdir(folder), contextlib.redirect_stdout(StringIO()):
                exec(compile("\n".join(block.lines), f"{name(page)}:{block.first}", "exec"), scope)


def _yaml(text: str) -> Any:
    return YAML(typ="safe").load(text)


def _check_map_part(data: dict[str, Any]) -> None:
    """Each record by itself: what other records it names is not asked."""
    for section, records in data.items():
        if section == "map":
            for field, value in records.items():
                TypeAdapter(MapHead.model_fields[field].annotation).validate_python(value)
            continue
        for record in records:
            SECTIONS[section].model_validate({"id": "card", **record} if section == "cards" else record)


def _check_recipe_part(data: dict[str, Any]) -> None:
    """As part of a recipe that has the rest."""
    rest = {
        "recipe": "docs",
        "sources": {"s": {"file": "*"}},
        "tables": {"t": {"into": "customers", "source": "s", "customer": "c"}},
    }
    if "tables" not in data:
        Recipe.model_validate({**rest, **data})
        return
    text = StringIO()
    YAML(typ="safe").dump({**rest, **data}, text)
    read_recipe(text.getvalue(), "docs")


def _commands(page: Path) -> list[str]:
    """Commands that begin a line of a block, or stand in the text between backticks."""
    text = page.read_text("utf-8")
    lines = re.findall(r"^(?: {4}|\$ )(desireline .+)$", text, flags=re.MULTILINE)
    lines = [line.removesuffix("\\") for line in lines]  # the command goes on in the next line
    return [*lines, *re.findall(r"`(desireline [^`]+)`", text)]


def _is_command(line: str) -> bool:
    """The command exists, and so do the options that are given."""
    words = shlex.split(line.partition(" #")[0].partition(";")[0], comments=False)[1:]
    known = generate.commands()
    command = next((" ".join(words[:n]) for n in (2, 1) if " ".join(words[:n]) in known), None)
    if command is None:
        return words[:1] in (["--version"], ["COMMAND"])
    options = {opt for param in known[command].params for opt in (*param.opts, *param.secondary_opts)} | {
        "--help",
        "-h",
    }
    return all(word in options for word in words if re.fullmatch(r"--?[a-z][a-z-]*", word))
