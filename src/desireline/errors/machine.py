"""What is missing on this machine, and what it does not know."""

from __future__ import annotations

from collections.abc import Iterable

from desireline.errors.tree import DesirelineError, NotAmong


class ClusterFailed(DesirelineError):
    """The machines that were to do the work did not."""


class JavaMissing(DesirelineError):
    """Spark finds no Java that runs it."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java 17 or newer, and did not start. Install one (on Debian: apt install "
            "openjdk-17-jre-headless), or let JAVA_HOME name the folder of one."
        )


class _NotWritten(Exception):
    """`what` is asked for in a kind of file that is not written; it stands beside a family of errors."""

    what: str

    def __init__(self, file: str, known: Iterable[str]) -> None:
        kinds = ", ".join(f".{kind}" for kind in known)
        super().__init__(f"{file}: a {self.what} of this kind is not written. End the name with one of {kinds}.")


class UnknownPicture(_NotWritten, DesirelineError):
    """A picture is asked for in a kind of file that is not written."""

    exit_code = 2
    what = "picture"


class UnknownReport(_NotWritten, DesirelineError):
    """A report is asked for in a kind of file that is not written."""

    exit_code = 2
    what = "report"


class UnknownFormat(NotAmong, DesirelineError):
    """A map is asked for in a format that is not written, or is to be read from one that is not read."""

    exit_code = 2
    says = "No format is called {name!r}."
    hint = "Known: {some}."


class UnknownEmbedder(NotAmong, DesirelineError):
    """No embedder has this name."""

    exit_code = 2
    says = "No embedder is called {name!r}."
    hint = "Known: {some}."


class MissingExtra(DesirelineError):
    """An optional package is not installed."""

    exit_code = 2

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part. Install it with: pip install 'desireline[{extra}]'")
