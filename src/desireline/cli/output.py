"""Files that commands write: whole or not at all, and never over a file that somebody may have written by hand."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from desireline.errors import DesirelineError


class FileMissing(DesirelineError):
    """A command names a file that is not there."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f"There is no file at {path}. Check the spelling and the folder.")


class FileThere(DesirelineError):
    """A command would overwrite a file that somebody may have written by hand."""

    exit_code = 2

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is there already. Choose another place, or say --force where the command has it.")


class FileUnwritable(DesirelineError):
    """A file cannot be written; one that was there before is as it was."""

    def __init__(self, path: Path, why: str | None) -> None:
        super().__init__(
            f"{path} cannot be written: {why or 'the system gives no reason'}. Free some space, allow writing there, "
            "or choose another place with -o."
        )


def there(path: Path) -> Path:
    """The path, when something lies there. Raises FileMissing."""
    if not path.exists():
        raise FileMissing(path)
    return path


def there_if_named(path: Path | None) -> Path | None:
    """The path, when it is named and something lies there, or when none is named. Raises FileMissing."""
    return None if path is None else there(path)


def free(path: Path | None, *, force: bool) -> None:
    """Nothing happens when the file may be written. Raises FileThere."""
    if path and path.exists() and not force:
        raise FileThere(path)


def write_output(path: Path, content: str | bytes) -> None:
    """The file holds the content, all of it: it is written beside its place and moved there. Raises FileUnwritable."""
    data = content.encode() if isinstance(content, str) else content
    if path.exists() and not path.is_file():  # a device such as /dev/stdout, or a folder, which then says so itself
        _written(path, path, data)
        return
    half = path.with_name(f".{path.name}.{os.getpid()}.half")
    try:
        _written(path, half, data)
        _moved(half, path)
    finally:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _written(path: Path, place: Path, data: bytes) -> None:
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
    except OSError as fault:
        raise FileUnwritable(path, fault.strerror) from fault


def _moved(half: Path, path: Path) -> None:
    try:
        half.replace(path)
    except OSError as fault:
        raise FileUnwritable(path, fault.strerror) from fault
