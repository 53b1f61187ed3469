"""The one entry: runs the words that were said, and tells every error that is raised on purpose in one sentence.

Exit codes: 0 fine, 1 a check failed, 2 wrong use, 3 a problem in the data or on the disk, 130 stopped.

Questions about paths take a quick lane that does without typer, since loading it takes as long as the answer; words
that the lane does not understand exactly take the ordinary way.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Sequence

from desireline.cli.voice import complain
from desireline.errors import DesirelineError

INTERRUPTED = 130


def main() -> None:
    """Run the command line; ends the process with one of the documented exit codes."""
    if hasattr(signal, "SIGPIPE"):  # `desireline … | head` ends quietly, as other tools do
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    _leave(run(sys.argv[1:]))


def _leave(code: int) -> None:
    """End the process. A thread that still works must not be frozen amid native code, which would abort instead."""
    if any(one.daemon for one in threading.enumerate()):
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    sys.exit(code)


def run(words: Sequence[str]) -> int:
    """The exit code of these words; problems are told on stderr, one sentence each."""
    try:
        code = 0 if _quickly(words) else _ordinarily(words)
    except DesirelineError as fault:
        complain(str(fault))
        return fault.exit_code
    except OSError as fault:
        complain(f"{fault.filename or 'A file'} cannot be used: {fault.strerror or fault}. The workspace is as it was.")
        return 3
    except KeyboardInterrupt:
        code = INTERRUPTED
    if code == INTERRUPTED:
        complain("Stopped. Nothing was left half done.")
    return code


def _quickly(words: Sequence[str]) -> bool:
    """True when the words were a plain question about paths, and its answer is printed."""
    if len(words) < 2 or words[0] != "paths":
        return False
    from desireline.cli.questions import QUESTIONS  # loads NumPy
    from desireline.cli.words import read_words

    question = QUESTIONS.get(words[1])
    said = read_words(words[2:], question.known) if question else None
    if question and said is not None:
        question.answer(said)
    return said is not None


def _ordinarily(words: Sequence[str]) -> int:
    from desireline.cli.app import obey  # loads typer

    return obey(words)
