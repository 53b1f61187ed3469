"""What was measured: lines of JSON, the latest of each kind counts; and the answers, each checked against ours."""

from __future__ import annotations

import json
import os
import platform
from pathlib import Path
from typing import Any

from bench import answers, places

Key = tuple[str, str, str]  # size, "engine layout", task
TRUTHS = {"align": "ours alignment", "ingest": "ours lake"}  # by the first word of a task; else `ours trace`
SAME = {"raw-all": "all", "merged": "all", "unmerged": "all", "cold-ordered": "a", "cold-trace": "a"}


def path() -> Path:
    """The file of results."""
    return places.cache() / "results.jsonl"


def write(line: str) -> None:
    """One more result, on disk at once."""
    with path().open("a", encoding="utf-8") as file:
        file.write(line + "\n")


def latest(file: Path | None = None) -> dict[Key, dict[str, Any]]:
    """The latest result of each size, engine and layout, and task."""
    read = file or path()
    lines = read.read_text("utf-8").splitlines() if read.exists() else []
    held = [json.loads(line) for line in lines]
    return {(one["size"], f"{one['engine']} {one['layout']}", one["task"]): one for one in held}


def answers_folder(size: str) -> Path:
    """Where the answers about one size's data are."""
    folder = places.cache() / "answers" / size
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def answer_path(size: str, key: str, task: str) -> Path:
    """The file of one answer."""
    return answers_folder(size) / f"{key.replace(' ', '-')}-{task}.json"


def agreed(size: str, key: str, task: str) -> bool | None:
    """Whether an answer is the same as ours; None when there is nothing to compare."""
    truth = TRUTHS.get(task.split("-")[0], "ours trace")
    theirs, ours = answer_path(size, key, task), answer_path(size, truth, SAME.get(task, task))
    if key == truth or not theirs.exists() or not ours.exists():
        return None
    return answers.agrees(json.loads(theirs.read_text("utf-8")), json.loads(ours.read_text("utf-8")))


def record_machine() -> None:
    """What this runs on is on record beside the results."""
    lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    about = {line.split(":")[0].strip(): line.split(":")[1].strip() for line in lines if ":" in line}
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    said = {
        "processor": f"{about.get('model name')} family {about.get('cpu family')} model {about.get('model')}",
        "cores": str(os.cpu_count()),
        "memory": f"{memory:.0f} GiB",
        "system": platform.platform(),
        "Python": platform.python_version(),
    }
    (places.cache() / "machine.json").write_text(json.dumps(said), "utf-8")


def machine() -> dict[str, str]:
    """What the results were measured on."""
    file = places.cache() / "machine.json"
    return dict(json.loads(file.read_text("utf-8"))) if file.exists() else {}
