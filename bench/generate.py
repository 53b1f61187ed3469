"""Writes the benchmark's data, the same bytes each time.

python -m bench.generate 1m 10m 100m      # simulated events
python -m bench.generate real --log ../shared/data/process_logs/receipt.xes.gz
"""

from __future__ import annotations

import argparse
import hashlib
from pathlib import Path

from bench import places
from bench.facts import Facts, write_facts
from bench.layouts import span, write_layouts
from bench.reallog import REAL_EVENTS, RealLog, replicate
from bench.routes import write_routes
from bench.simulate import CHANNELS, PURCHASE, TOUCHPOINTS, simulate

DEFAULT_LOG = places.REPOSITORY.parent / "shared" / "data" / "process_logs" / "receipt.xes.gz"
_STAGE = 5  # touchpoints to a stage of the map
_FUNNEL = (0, 5, 10, 20, PURCHASE)
_TEXTS_UP_TO = 10_000_000


def make(size: str, *, log: Path = DEFAULT_LOG) -> Path:
    """The data folder of `size`, made if it is not there."""
    folder = places.data(size)
    if not (folder / "facts.json").exists():
        folder.mkdir(parents=True, exist_ok=True)
        if size == places.REAL:
            make_real(folder, log)
        elif size == places.ALIGNMENT:
            write_routes(folder, log)
        else:
            make_simulated(folder, places.SIZES[size])
    return folder


def make_simulated(folder: Path, events: int) -> None:
    """`events` simulated events stand in `folder` in every layout."""
    touchpoints = tuple(f"e{code:02d}" for code in range(TOUCHPOINTS))
    channels = tuple(f"ch{code}" for code in range(CHANNELS))
    made, customers = write_layouts(
        folder, simulate(events), touchpoints=touchpoints, channels=channels, texts=events <= _TEXTS_UP_TO
    )
    stages = tuple(code // _STAGE for code in range(TOUCHPOINTS))
    names = (touchpoints, channels, stages)
    write_facts(folder, Facts(made, customers, *names, _FUNNEL, PURCHASE, *span(folder)))


def make_real(folder: Path, log: Path, *, events: int = REAL_EVENTS) -> None:
    """A real log's cases, drawn again and again until there are `events` events, stand in `folder`."""
    real = RealLog.read(log)
    made, customers = write_layouts(
        folder, replicate(real, events), touchpoints=real.touchpoints, channels=real.channels, texts=False
    )
    names = (real.touchpoints, real.channels, real.stages)
    write_facts(folder, Facts(made, customers, *names, real.funnel, real.funnel[-1], *span(folder)))


def fingerprint(folder: Path) -> str:
    """One hash over the bytes of every file of a data folder."""
    whole = hashlib.sha256()
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        with path.open("rb") as file:
            whole.update(f"{path.relative_to(folder)} {hashlib.file_digest(file, 'sha256').hexdigest()}\n".encode())
    return whole.hexdigest()


def main() -> None:
    """Make the sizes that are asked for and print where they are, with their fingerprints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="+", choices=[*places.SIZES, places.REAL, places.ALIGNMENT])
    parser.add_argument("--log", type=Path, default=DEFAULT_LOG, help="the real log (XES, may be gzipped)")
    asked = parser.parse_args()
    for size in asked.sizes:
        folder = make(size, log=asked.log)
        print(size, folder, fingerprint(folder), flush=True)


if __name__ == "__main__":
    main()
