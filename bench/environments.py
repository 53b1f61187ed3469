"""Each peer in its own virtual environment, with pinned versions, installed when it is first asked for.

The product never imports a peer and no peer sees the product: pm4py, for one, is AGPL and stays a yardstick.

    python -m bench.environments duckdb polars     # or no name: all of them
"""

from __future__ import annotations

import subprocess
import sys
import venv
from pathlib import Path

from bench import places

_COMMON = ("numpy==2.4.6",)
PINNED: dict[str, tuple[str, ...]] = {
    "duckdb": ("duckdb==2.0.0",),
    "polars": ("polars==2.1.0",),
    "chdb": ("chdb==4.4.0", "pyarrow==26.0.1"),
    "pm4py": ("pm4py==2.7.23.11", "pyarrow==26.0.1"),
    "r4pm": ("r4pm==0.6.2", "polars==2.1.0", "pyarrow==26.0.1"),
    "retentioneering": ("retentioneering==5.2.4", "pyarrow==26.0.1"),
    "channelattribution": ("ChannelAttribution==2.2.5", "duckdb==2.0.0", "pandas==3.1.1", "matplotlib"),
    "ours-spark": ("--editable", f"{places.REPOSITORY}[spark]", "pyspark[sql]==4.3.0"),
    "spark": ("pyspark==4.3.0", "pyarrow==26.0.1"),
}


def python(name: str) -> Path:
    """The interpreter of a peer's environment, which is made if it is not there."""
    home = places.environment(name)
    if not (home / ".ready").exists():
        _install(name, home)
    return home / "bin" / "python"


def versions(name: str) -> dict[str, str]:
    """What is installed for a peer: package and version, only the packages that were pinned."""
    wanted = [pin.partition("=")[0].partition("[")[0] for pin in PINNED[name] if "==" in pin]
    asks = "import importlib.metadata as m, sys; print(*(m.version(p) for p in sys.argv[1:]))"
    said = subprocess.run([python(name), "-c", asks, *wanted], check=True, capture_output=True, text=True).stdout
    return dict(zip(wanted, said.split(), strict=True))


def _install(name: str, home: Path) -> None:
    print(f"installing {name} into {home}", file=sys.stderr)
    venv.create(home, with_pip=True, clear=True)
    command = [str(home / "bin" / "python"), "-m", "pip", "install", "--quiet", *_COMMON, *PINNED[name]]
    subprocess.run(command, check=True)
    (home / ".ready").touch()


if __name__ == "__main__":
    for peer in sys.argv[1:] or PINNED:
        print(peer, python(peer), versions(peer))
