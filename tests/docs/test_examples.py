"""What the docs show works: files are valid, Python runs, commands print what stands below them."""

from __future__ import annotations

import os
import re
import shlex
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

BLOCKS = [(page, block) for page in PAGES for block in transcripts.blocks(page.read_text("utf-8"))]
YAMLS = [
    pytest.param(block, id=f"{name(page)}:{block.first}") for page, block in BLOCKS if block.info.startswith("yaml")
]
PLAYED = [page for page in PAGES if transcripts.has_commands(page)]
PYTHONIC = sorted({page for page, block in BLOCKS if block.info == "python"})


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, list[Any]]:
    """Every page's commands, run."""
    home = tmp_path_factory.mktemp("docs")
    shown = dict(transcripts.play_all(PLAYED, home))
    return {page: shown[page] for page in PLAYED} | {Path("home"): [home]}


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


@pytest.mark.parametrize("page", PLAYED, ids=name)
def test_commands_print_what_the_page_shows(page: Path, played: dict[Path, list[Any]]):
    assert [(one.command, one.untrue()) for one in played[page] if one.untrue()] == [], "run: make docs"


@pytest.mark.parametrize("page", PYTHONIC, ids=name)
def test_python_runs(page: Path, played: dict[Path, list[Any]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    began = played[Path("home")][0] / "first-journey"
    for entry in began.iterdir():
        os.symlink(entry, tmp_path / entry.name)
    monkeypatch.chdir(tmp_path)
    scope: dict[str, Any] = {}
    for of, block in BLOCKS:
        if of == page and block.info == "python":
            exec(compile("\n".join(block.lines), f"{name(page)}:{block.first}", "exec"), scope)
        elif of == page and block.file:
            (tmp_path / block.file).write_text("\n".join(block.lines), encoding="utf-8")


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
