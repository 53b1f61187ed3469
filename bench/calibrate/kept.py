"""What was run already: JSON lines by kind and version of the code, so that an exam can be stopped and go on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bench import places

_WATCHED = ("src/desireline", "bench/calibrate", "tests/calibration")


@cache
def code_version() -> str:
    """A name for the code as it stands: another one as soon as any line changes."""
    found = blake2b(digest_size=6)
    for folder in _WATCHED:
        for file in sorted((places.REPOSITORY / folder).rglob("*")):
            if file.suffix in (".py", ".yaml", ".json"):
                found.update(str(file.relative_to(places.REPOSITORY)).encode() + b"\0" + file.read_bytes())
    return found.hexdigest()


class Kept:
    """Results by key, one line each, on disk at once."""

    def __init__(self, kind: str, *, version: str | None = None) -> None:
        folder = places.cache() / "calibrate"
        folder.mkdir(parents=True, exist_ok=True)
        self.path: Path = folder / f"{kind}-{version or code_version()}.jsonl"

    def results(self) -> Mapping[str, Any]:
        """What there is, by key."""
        lines = self.path.read_text("utf-8").splitlines() if self.path.exists() else []
        return {one["key"]: one["result"] for one in map(json.loads, lines)}

    def put(self, key: str, result: Any) -> None:
        """One more result."""
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"key": key, "result": result}) + "\n")
