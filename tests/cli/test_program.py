"""The installed program, as a process of its own: pipes, colours, progress, closed doors, full disks."""

from __future__ import annotations

import ctypes
import json
import os
import pty
import re
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from cli.shop import Desk

PROGRAM = str(Path(sys.executable).with_name("desireline"))
MAP = "shop.journey.yaml"
CAP_DAC_OVERRIDE = 1
PR_CAPBSET_DROP = 24
BLUE = "\x1b[1;34m"


def start(*words: str, before: Callable[[], object] | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run([PROGRAM, *words], capture_output=True, text=True, check=False, preexec_fn=before)


def on_a_terminal(*words: str, **more: str) -> str:
    """What stands on the terminal afterwards."""
    mine, theirs = pty.openpty()
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "90", **more}
    with subprocess.Popen([PROGRAM, *words], stdout=theirs, stderr=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while part := _read(mine):
            shown += part
        assert process.wait() == 0
    os.close(mine)
    return shown.decode()


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65536)
    except OSError:  # the other side is closed
        return b""


def _no_special_rights() -> None:
    """Permissions count for root too."""
    if os.geteuid() == 0:
        ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE)


def _small_files() -> None:
    """No file may grow beyond 20 KB, as on a disk that is full."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))


def test_json_goes_to_stdout_and_progress_to_stderr(desk: Desk):
    told = start("measure", MAP, "-w", "shop", "--json")
    assert (told.returncode, json.loads(told.stdout)["map"], told.stderr) == (0, "shop", "")


def test_a_reader_that_goes_away_is_no_error(desk: Desk):
    command = f"{PROGRAM} measure {MAP} -w shop --all | head -1"
    told = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=False)
    assert told.stdout.startswith("Measure ")
    assert told.stderr == "Measuring …\n"


def test_a_terminal_gets_colour_unless_it_wants_none(desk: Desk):
    assert BLUE in on_a_terminal("map", "show", MAP)
    assert BLUE not in on_a_terminal("map", "show", MAP, NO_COLOR="1")


def test_a_terminal_gets_a_bar_and_a_table_that_fits(desk: Desk):
    shown = on_a_terminal("measure", MAP, "-w", "shop", NO_COLOR="1")
    table = shown[shown.index("Buying [soap]") :]
    assert "Measuring" in shown
    assert max(map(len, table.replace("\x1b[1m", "").replace("\x1b[0m", "").splitlines())) <= 110
    assert "…" not in table


def test_a_wide_table_has_its_further_columns_below(desk: Desk):
    days = [f"c{who},2026-03-{1 + day:02}T10:00:00Z,see" for who in range(6) for day in range(20)]
    Path("daily.csv").write_text("\n".join(["customer_id,at,event", *days]))

    def table(*words: str) -> str:
        asked = ["paths", "retention", "--file", "daily.csv", "--keep", "kept", "--by", "day", *words]
        shown = on_a_terminal(*asked, NO_COLOR="1", COLUMNS="70")
        return re.sub(r"\x1b\[[0-9;?]*[a-zA-Z]", "", shown[shown.index("6 customers") :])

    def ends(shown: str) -> list[str]:
        return [line.split()[-1] for line in shown.splitlines() if "From day" in line]

    short, long = table(), table("--periods", "19")
    assert ends(short) == ["+5"]
    assert "14 more days: say --periods 19." in short
    assert ends(long) == ["+5", "+10", "+15", "+19"]
    assert max(map(len, (short + long).splitlines())) <= 70
    assert "…" not in short + long


def test_a_workspace_that_may_not_be_written_can_be_read_and_stays_as_it_is(desk: Desk):
    folders = [Path("shop"), *(path for path in Path("shop").rglob("*") if path.is_dir())]
    files = [path for path in Path("shop").rglob("*") if path.is_file()]
    for path in files + folders[::-1]:
        path.chmod(0o444 if path.is_file() else 0o555)
    try:
        words = ["import", "-w", "shop", "-r", "shop.recipe.yaml", "log.csv", "reviews.csv"]
        told = start(*words, before=_no_special_rights)
        assert (told.returncode, told.stdout) == (3, "")
        assert "import.lock cannot be written" in told.stderr
        assert "Traceback" not in told.stderr
        assert start("measure", MAP, "-w", "shop", before=_no_special_rights).returncode == 0
        told = start("paths", "routes", "-w", "shop", "--json", before=_no_special_rights)
        assert (told.returncode, json.loads(told.stdout)["customers"]) == (0, 21)
        assert "the trace is made for this answer alone" in told.stderr
    finally:
        for folder in folders:
            folder.chmod(0o755)


def test_a_full_disk_leaves_the_lake_as_it_was(desk: Desk):
    rows = [f"x{k * 2654435761 % 2**32:010},see,2026-03-01T10:00:00Z,web," for k in range(6000)]  # hard to pack
    Path("log2.csv").write_text("\n".join(["customer,event,at,channel,paid", *rows]))
    told = start("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv", before=_small_files)
    assert (told.returncode, told.stdout) == (3, "")
    assert "File too large" in told.stderr
    assert "The lake is as it was before." in told.stderr
    told = start("report", MAP, "-w", "shop", "-o", "shop.html", before=_small_files)
    assert (told.returncode, told.stdout, Path("shop.html").exists()) == (3, "", False)
    assert "shop.html cannot be written: File too large" in told.stderr
    assert "41 events" in desk.say("doctor", "-w", "shop").out
    assert desk.say("import", "-w", "shop", "-r", "shop.recipe.yaml", "log2.csv", "reviews.csv").code == 0
    assert "6,041 events" in desk.say("doctor", "-w", "shop").out
