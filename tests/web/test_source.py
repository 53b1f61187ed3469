"""The web app's source: its floors hold, its contract is that of the server, and the editor stays light."""

from __future__ import annotations

import gzip
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "web" / "src"
STATIC = ROOT / "src" / "desireline" / "static"
FLOORS = ["contract", "maps", "overlay", "session", "layout", "commands", "tools", "view", "app"]
PURE = {"contract", "maps", "overlay", "layout"}
FRAMEWORKS = ("react", "react-dom", "react-aria-components", "wouter", "@tanstack/react-query")
BUDGET_KB = 250

_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["']([^"']+)["']""")


def imports() -> Iterator[tuple[Path, str, str]]:
    """File, its floor, and what it imports: a floor's name, or a package's."""
    for file in sorted([*SOURCE.rglob("*.ts"), *SOURCE.rglob("*.tsx")]):
        floor = file.relative_to(SOURCE).parts[0]
        for name in _IMPORT.findall(file.read_text("utf-8")):
            if name.startswith("."):
                yield file, floor, (file.parent / name).resolve().relative_to(SOURCE.resolve()).parts[0]
            else:
                yield file, floor, name.removeprefix("~/").split("/")[0] if name.startswith("~/") else name


def test_every_folder_has_a_floor():
    assert {path.name for path in SOURCE.iterdir()} <= set(FLOORS)


def test_an_import_only_goes_down():
    up = [
        f"{file.relative_to(SOURCE)} → {what}"
        for file, floor, what in imports()
        if what in FLOORS and FLOORS.index(what) > FLOORS.index(floor)
    ]
    assert up == []


def test_what_is_decided_knows_no_framework():
    known = [
        f"{file.relative_to(SOURCE)} → {what}"
        for file, floor, what in imports()
        if (floor in PURE and what.split("/")[0] in FRAMEWORKS) or (floor in PURE and what in FRAMEWORKS)
    ]
    assert known == []


def test_files_stay_short():
    long = {
        str(file.relative_to(SOURCE)): lines
        for file in [*SOURCE.rglob("*.ts"), *SOURCE.rglob("*.tsx")]
        if file.parent.name != "contract" and (lines := file.read_text("utf-8").count("\n")) > 400
    }
    assert long == {}


def test_the_contract_is_that_of_the_server():
    done = subprocess.run(
        [sys.executable, str(ROOT / "web" / "contract.py"), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")


def test_the_editor_is_light():
    """Everything that is loaded before the board can be used, packed as browsers get it."""
    manifest = json.loads((STATIC / ".vite" / "manifest.json").read_text("utf-8"))
    wanted, files = ["index.html", "src/app/MapPage.tsx"], set()
    seen: set[str] = set()
    while wanted:
        name = wanted.pop()
        if name in seen:
            continue
        seen.add(name)
        one = manifest[name]
        files |= {one["file"], *one.get("css", [])}
        wanted += one.get("imports", [])
    size = sum(len(gzip.compress((STATIC / file).read_bytes(), 9)) for file in files)
    if size > BUDGET_KB * 1024:
        pytest.fail(f"The editor takes {size / 1024:.0f} KB, more than {BUDGET_KB}: {sorted(files)}")
