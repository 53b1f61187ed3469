"""`pip install .` where no Node is: the wheel carries the web app, and a fresh environment serves it."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, expect

ROOT = Path(__file__).parents[2]
LEFT_OUT = shutil.ignore_patterns(".git", ".venv", "node_modules", "static", "demo", ".*_cache", "__pycache__", "dist")
NODE = {"node", "nodejs", "npm", "npx", "corepack", "yarn", "pnpm"}


@pytest.fixture
def nodeless(tmp_path: Path) -> dict[str, str]:
    """An environment in which everything of the system is found but Node."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for place in ("/usr/bin", "/bin"):
        for one in Path(place).iterdir():
            if one.name not in NODE and not (folder / one.name).exists():
                (folder / one.name).symlink_to(one)
    led = ("NODE_PATH", "NODE_OPTIONS", "NVM_", "npm_", "PYTHON")  # what may lead to a Node; certificates do not
    clean = {name: value for name, value in os.environ.items() if not name.startswith(led)}
    environment = clean | {"PATH": str(folder)}
    assert shutil.which("node", path=environment["PATH"]) is None
    return environment


def run(environment: dict[str, str], *words: str | Path, cwd: Path) -> None:
    done = subprocess.run([str(one) for one in words], cwd=cwd, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]


@pytest.mark.parametrize(
    "others",
    ["as they are here", pytest.param("as pip finds them", marks=pytest.mark.long)],  # some three minutes of downloads
)
def test_a_fresh_environment_without_node_serves_the_app(
    nodeless: dict[str, str], tmp_path: Path, browser: Browser, others: str
):
    source, fresh, work = tmp_path / "source", tmp_path / "fresh", tmp_path / "work"
    shutil.copytree(ROOT, source, ignore=LEFT_OUT)
    work.mkdir()
    run(nodeless, sys.executable, "-m", "venv", fresh, cwd=tmp_path)
    here = others == "as they are here"
    if here:  # packages, but not what an editable install of this one left among them
        (site,) = fresh.glob("lib/python*/site-packages")
        (site / "others.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    pip = [fresh / "bin" / "python", "-m", "pip", "install", "--quiet"]
    how = ["--no-deps", "--no-build-isolation", "--ignore-installed"] if here else []
    run(nodeless, *pip, *how, source, cwd=tmp_path)
    told = subprocess.check_output([fresh / "bin" / "python", "-c", "import desireline; print(desireline.__file__)"])
    assert str(fresh) in told.decode()
    shutil.rmtree(source)  # nothing that is served comes from the clone
    serve = [str(fresh / "bin" / "desireline"), "serve", "--port", "0"]
    with subprocess.Popen(serve, cwd=work, env=nodeless, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            link = next(found[0] for line in server.stdout if (found := re.search(r"http://\S+", line)))
            address = link.partition("/open")[0]
            assert httpx.get(f"{address}/healthz").status_code == 200
            with browser.new_context() as context:
                page = context.new_page()
                page.goto(link)
                expect(page.get_by_role("list", name="Ways to begin").get_by_role("button")).to_have_count(3)
                page.get_by_role("button", name="Start from a template").click()
                expect(page.get_by_role("radio", name="A stay with us")).to_be_visible(timeout=60_000)
        finally:
            server.send_signal(signal.SIGTERM)
        assert server.wait(30) == 0
