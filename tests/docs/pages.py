"""The pages of the docs, and the programs beside them that write and run them."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PAGES = [*sorted(DOCS.rglob("*.md")), *sorted(ROOT.glob("*.md")), *sorted((ROOT / "examples").rglob("*.md"))]

sys.path.insert(0, str(DOCS))
generate: Any = importlib.import_module("generate")
transcripts: Any = importlib.import_module("transcripts")


def name(page: Path) -> str:
    """The page's path within the project."""
    return page.relative_to(ROOT).as_posix()


def prose(page: Path) -> str:
    """The page without its fenced and indented blocks."""
    kept, fenced = [], False
    for line in page.read_text("utf-8").splitlines():
        fenced ^= line.startswith("```")
        kept.append("" if fenced or line.startswith(("    ", "```")) else line)
    return "\n".join(kept)
