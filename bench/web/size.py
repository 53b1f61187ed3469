"""How much a browser loads before somebody can edit a map: the scripts and styles of the editor, gzipped.

    python -m bench.web.size

Panels and dialogs come when they are opened; what the page of a map asks for by itself counts, and nothing else. The
manifest of the built app says what that is.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import desireline
from bench.web.figure import Figure

STATIC = Path(desireline.__file__).parent / "static"
EDITOR = ("index.html", "src/app/MapPage.tsx")
KB = 1024


def measure() -> list[Figure]:
    """The size of the editor."""
    return [Figure("editor, scripts and styles, gzipped", editor_bytes() / KB, "KB", bar=250)]


def editor_bytes(static: Path = STATIC) -> int:
    """Bytes over the wire until a map can be edited."""
    return sum(len(gzip.compress((static / file).read_bytes())) for file in editor_files(static))


def editor_files(static: Path = STATIC) -> list[str]:
    """The files that the page of a map loads by itself."""
    manifest: dict[str, Any] = json.loads((static / ".vite" / "manifest.json").read_text("utf-8"))
    waiting, seen, files = list(EDITOR), set[str](), {"index.html"}
    while waiting:
        name = waiting.pop()
        if name in seen:
            continue
        seen.add(name)
        files.update([manifest[name]["file"], *manifest[name].get("css", ())])
        waiting.extend(manifest[name].get("imports", ()))
    return sorted(files)


def main() -> None:
    """Print each file and the sum."""
    for file in editor_files():
        print(f"{len(gzip.compress((STATIC / file).read_bytes())) / KB:7.1f} KB  {file}")
    print(f"{editor_bytes() / KB:7.1f} KB  in all")


if __name__ == "__main__":
    main()
