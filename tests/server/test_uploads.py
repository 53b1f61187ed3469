"""Files that wait: only a few, and none is taken away while a job reads it."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from desireline.server.uploads import HELD, Upload, Uploads


def test_files_that_a_job_reads_are_there_until_it_is_over(tmp_path: Path):
    uploads = Uploads(tmp_path)

    def taken() -> Upload:
        return uploads.take([("log.csv", BytesIO(b"x"))], by="ana")

    first, *others = (taken() for _ in range(HELD))
    with first.working:
        newest = taken()
        assert [one.folder.exists() for one in (first, *others, newest)] == [True, False, True, True, True, True]
    taken()
    assert not first.folder.exists()
