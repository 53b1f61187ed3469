"""The house keeps its floors, and nothing in it talks to the outside."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent

ALONE = """
import sys

def watch(event, arguments):
    if event.startswith(("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto", "urllib", "http")):
        raise SystemExit(f"{event}: the outside is talked to: {arguments}")

sys.addaudithook(watch)
"""
A_SMALL_RUN = """
from pathlib import Path
from desireline.cli.start import run

Path("shop.recipe.yaml").write_text('''
recipe: shop
times: {form: iso, zone: UTC}
sources: {log: {file: log.csv}}
tables: {log: {into: events, source: log, customer: who, events: [{event: what, at: when}]}}
''')
Path("log.csv").write_text("who,what,when\\n" + "".join(f"c{k},visit,2026-03-01\\n" for k in range(9)))
for words in (
    "init shop",
    "import -w shop -r shop.recipe.yaml log.csv",
    "map new shop.journey.yaml",
    "map check shop.journey.yaml -w shop",
    "measure shop.journey.yaml -w shop",
    "report shop.journey.yaml -w shop -o shop.html",
    "draw shop.journey.yaml -o shop.png",
):
    assert run(words.split()) == 0, words
"""


def python(script: str, folder: Path) -> subprocess.CompletedProcess[str]:
    words = [sys.executable, "-c", script]
    return subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False)


def test_imports_only_go_down():
    tool = Path(sys.executable).with_name("lint-imports")
    told = subprocess.run([tool], cwd=ROOT, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_the_watch_notices_who_talks_to_the_outside(tmp_path: Path):
    told = python(ALONE + "import socket; socket.create_connection(('127.0.0.1', 9))", tmp_path)
    assert "the outside is talked to" in told.stderr


def test_importing_the_package_opens_no_connection(tmp_path: Path):
    told = python(ALONE + "import desireline", tmp_path)
    assert (told.returncode, told.stderr) == (0, "")


def test_a_whole_run_opens_no_connection(tmp_path: Path):
    told = python(ALONE + A_SMALL_RUN, tmp_path)
    assert told.returncode == 0, told.stderr


def test_pandas_and_optional_parts_are_not_needed_to_start(tmp_path: Path):
    told = python("import sys, desireline; print(*{'pandas', 'pyarrow', 'vl_convert'} & set(sys.modules))", tmp_path)
    assert told.stdout == "\n"
