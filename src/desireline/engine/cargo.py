"""What travels between a driver and the machines that work for it: packed work there, packed results or faults back.

A fault comes back as a result, so that no cluster dresses it up in its own stack trace, and is raised again on the
driver as the error that it was. Nothing here knows of any cluster.
"""

from __future__ import annotations

import pickle
import socket
import traceback
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from desireline.errors import ClusterFailed, DesirelineError, LakeError, TraceError


@dataclass(frozen=True)
class Fault:
    """Why there is no result; `kind` is None for what Desireline did not raise on purpose."""

    kind: type[DesirelineError] | None
    says: str
    at: str
    steps: str  # the traceback, for those who look for a bug
    facts: Mapping[str, Any]  # what the error holds beside its text

    @property
    def may_pass(self) -> bool:
        """True where another machine, or a second look, may do better."""
        return self.kind is not None and issubclass(self.kind, LakeError | TraceError)

    def raised(self) -> DesirelineError:
        """The error, to be raised again, with the place in its text and its traceback as a note."""
        if self.kind is None:
            return _noted(ClusterFailed(f"{self.at} failed. {self.says}"), self.steps)
        error = self.kind.__new__(self.kind)
        error.__dict__.update(self.facts)
        error.args = (f"{self.says} ({self.at}.{_SAME_PATH if self.may_pass else ''})",)
        return _noted(error, self.steps)


_SAME_PATH = " Every executor must see the workspace under the path that the driver uses."


def outcome(work: Callable[[], object], *, name: str) -> bytes:
    """The pickled result of the work, or the pickled fault that ended it; `name` says what was worked on."""
    try:
        return _packed(work())
    except Exception as fault:  # noqa: BLE001 - it is raised again on the driver
        kind = type(fault) if isinstance(fault, DesirelineError) else None
        says = str(fault) if kind else f"{type(fault).__name__}: {fault}".removesuffix(": ")
        facts = vars(fault) if kind else {}
        return _packed(Fault(kind, says, f"{name} on {socket.gethostname()}", traceback.format_exc(), facts))


def opened(packed: bytes) -> Any:
    """What `outcome` packed: a result, or a Fault."""
    return pickle.loads(zlib.decompress(packed))


@lru_cache(maxsize=1)
def unpacked(work: bytes) -> Any:
    """The packed work, made once in each process and kept: what it remembers serves the next bucket too."""
    return pickle.loads(work)


def _packed(result: object) -> bytes:
    return zlib.compress(pickle.dumps(result, protocol=5), level=1)


def _noted(error: DesirelineError, steps: str) -> DesirelineError:
    error.add_note(steps)
    return error
