"""The SHA-256 of a file, worked out beside other work."""

from __future__ import annotations

import hashlib
from pathlib import Path
from threading import Event, Thread

_PIECE = 4 * 1024 * 1024


class Digest:
    """Begins at once in a thread of its own; `text` waits for the end, `stop` gives it up."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._stopped = Event()
        self._text = ""
        self._fault: OSError | None = None
        self._thread = Thread(target=self._run, daemon=True, name=f"digest of {path.name}")
        self._thread.start()

    def text(self) -> str:
        """The digest in hexadecimal digits. Raises the OSError that kept the file from being read."""
        self._thread.join()
        if self._fault:
            raise self._fault
        return self._text

    def stop(self) -> None:
        """Nothing goes on."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        digest = hashlib.sha256()
        try:
            with self._path.open("rb") as file:
                while not self._stopped.is_set() and (piece := file.read(_PIECE)):
                    digest.update(piece)
        except OSError as fault:
            self._fault = fault
        self._text = digest.hexdigest()
