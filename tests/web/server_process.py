"""A server that may be killed: this process loads it once, and for each "start" on its input forks one that serves.

python -m tests.web.server_process FOLDER PORT      answers each line "start" with the process id, once it listens
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from desireline.server.desk import open_desk
from desireline.server.run import Server, listen


def serve(folder: Path, port: int, ready: int) -> None:
    """Serve until killed; a byte on `ready` says that the socket listens."""
    on = listen("127.0.0.1", port)
    os.write(ready, b".")
    Server(open_desk(folder), log_level="error").run(sockets=[on])


def main(folder: Path, port: int) -> None:
    """Fork a server for each line."""
    for _ in sys.stdin:
        hear, ready = os.pipe()
        child = os.fork()
        if child == 0:
            serve(folder, port, ready)
            os._exit(0)
        os.read(hear, 1)
        os.close(hear)
        os.close(ready)
        print(child, flush=True)  # noqa: T201
        os.waitpid(child, 0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
