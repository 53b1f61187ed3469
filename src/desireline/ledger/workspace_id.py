"""The name by which a workspace's rows are told from those of others in one database."""

from __future__ import annotations

import os
from pathlib import Path
from secrets import token_hex

from desireline.errors import LedgerUnwritable

FILE = "workspace.id"


def workspace_id(folder: Path) -> str:
    """The id in the workspace's folder; made when there is none. Raises LedgerUnwritable."""
    file = folder / FILE
    try:
        try:
            with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o644), "w") as made:
                made.write(token_hex(8))
        except FileExistsError:
            pass
        return file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as fault:
        raise LedgerUnwritable(f"{file} cannot be read or written: {fault}.") from fault
