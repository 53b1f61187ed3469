"""A cold process, from its start to a funnel: on ordered Parquet, on a kept trace, and as the command.

python -m bench.ours.cold ordered <data folder> <path>
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any

from bench import answers, places
from bench.answers import Answer
from bench.facts import read_facts
from bench.peers import Ask, Prepared, Tasks


def open_engine(ask: Ask) -> Tasks:
    """Each run is a process of its own, which finds nothing kept from the run before."""
    scripted = [sys.executable, "-m", "bench.ours.cold"]
    trace, workspace = ask.scratch / "trace", ask.scratch / "workspace"
    within = f"{answers.WITHIN // 3_600_000_000}h"
    command = [
        str(Path(sys.executable).with_name("desireline")),
        "paths",
        "funnel",
        *ask.facts.funnel_names,
        "--within",
        within,
    ]
    forget = partial(shutil.rmtree, workspace / "derived" / "partials", ignore_errors=True)
    return {
        "cold-ordered": partial(_scripted, [*scripted, "ordered", str(ask.folder), str(ask.folder / "ordered")]),
        "cold-trace": partial(_scripted, [*scripted, "trace", str(ask.folder), str(trace)]),
        "cold-command": Prepared(forget, partial(_commanded, [*command, "-w", str(workspace), "--json"])),
    }


def _scripted(command: list[str]) -> Answer:
    said = subprocess.run(command, check=True, capture_output=True, text=True, cwd=places.REPOSITORY).stdout
    return answers.funnel(json.loads(said))


def _commanded(command: list[str]) -> Answer:
    subprocess.run(command, check=True, capture_output=True, text=True)
    return {}  # its workspace lacks the last rows


def _main() -> None:
    """Prints how many customers reached each step."""
    from desireline.engine.local import run  # noqa: PLC0415 - what the process needs, and no more
    from desireline.paths.funnel import Funnel  # noqa: PLC0415

    kind, data, path = sys.argv[1:]
    facts = read_facts(Path(data))
    code = {name: number for number, name in enumerate(facts.touchpoints)}
    if kind == "ordered":
        from desireline.trace.ordered import OrderedParquet  # noqa: PLC0415

        walked = OrderedParquet(path, channel=None, value=None)
    else:
        from desireline.trace.trace import Trace  # noqa: PLC0415

        walked = Trace.open(path)  # type: ignore[assignment]
        code = {name or "": number for number, name in enumerate(walked.names["event"])}  # type: ignore[attr-defined]
    funnel = Funnel(tuple(code[name] for name in facts.funnel_names), answers.WITHIN)

    def of_bucket(bucket: int) -> Any:
        return funnel.combine([funnel.partial(one) for one in walked.slices(bucket)])

    print(json.dumps([int(n) for n in funnel.finish(run(range(walked.buckets), of_bucket, funnel.combine)).reached]))


if __name__ == "__main__":
    _main()
