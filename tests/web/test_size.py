"""What a browser loads until a map can be edited stays small."""

from __future__ import annotations

from bench.web.size import KB, editor_bytes, editor_files


def test_the_editor_is_at_most_250_kb_gzipped_without_panels_and_dialogs():
    files = editor_files()
    assert [file for file in files if "Panel" in file or "Dialog" in file] == []
    assert editor_bytes() <= 250 * KB
