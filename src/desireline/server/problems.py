"""Faults as answers: what happened and the way out, in the words of the error, under a code that programs can read."""

from __future__ import annotations

import errno
import logging
from collections.abc import Mapping
from typing import TypeVar

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from desireline.errors import (
    ChangedMeanwhile,
    DesirelineError,
    LakeBusy,
    LakeDamaged,
    LakeUnwritable,
    LedgerBusy,
    LedgerUnreadable,
    LedgerUnwritable,
    NoDataYet,
    NoEvents,
    SharedError,
    TooMany,
    TraceError,
    TraceUnwritable,
    UnknownCustomer,
    UnknownFinding,
    UnknownInitiative,
)

CODES = {404: "no-such-address", 405: "not-this-way", 413: "too-large"}
TOLD: Mapping[type, tuple[int, str]] = {
    UnknownFinding: (404, "unknown-finding"),
    UnknownInitiative: (404, "unknown-initiative"),
    UnknownCustomer: (404, "unknown-customer"),
    ChangedMeanwhile: (409, "changed-meanwhile"),
    LedgerBusy: (503, "busy"),
    LedgerUnwritable: (507, "not-saved"),
    LedgerUnreadable: (503, "ledger-gone"),
    NoEvents: (NoDataYet.status, NoDataYet.code),
    LakeBusy: (503, "busy"),
    LakeUnwritable: (507, "not-saved"),
    LakeDamaged: (503, "data-damaged"),
    TraceUnwritable: (507, "not-saved"),
    TraceError: (503, "data-damaged"),
}
"""How errors are answered that do not say it themselves, as those of people do."""
LOGGED = "Whoever runs the server finds the reason in its log."
FULL = f"The server cannot write: its disk is full, or it may not write there. The data are as they were. {LOGGED}"
WORDS: Mapping[type, str] = {
    LedgerBusy: "The workspace is busy: another program writes to it. Nothing was lost; try again in a moment.",
    LedgerUnwritable: (
        "The server cannot save: its disk is full, or it may not write there. This was not taken; edits of a map "
        f"stay in this browser until they are saved. {LOGGED}"
    ),
    LedgerUnreadable: (
        f"The server cannot reach what it saved. Edits of a map stay in this browser until they are saved. {LOGGED}"
    ),
    NoEvents: str(NoDataYet()),
    LakeBusy: "Somebody else is importing into this workspace. Nothing was changed; try again when that is done.",
    LakeUnwritable: FULL,
    TraceUnwritable: FULL,
    LakeDamaged: (
        "The data on the server cannot be read: a file of theirs is missing or torn. The map and what people wrote "
        "are whole. Whoever runs the server finds in its log which file that is, and puts it back from a backup or "
        "imports the source files again into a new workspace."
    ),
    TraceError: f"What the server keeps of the data cannot be read; it is made again from them. Try again. {LOGGED}",
}
"""The server's own faults in words for whoever sits at a browser; where what stands is said in the log only."""
NO_ROOM = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EACCES, errno.EPERM}
INTERNAL = f"This program made a mistake. Nothing was lost. Try again. {LOGGED}"
T = TypeVar("T")
log = logging.getLogger("desireline.faults")


class Problem(BaseModel):
    """What went wrong."""

    code: str
    says: str


def add_problems(app: FastAPI) -> None:
    """Every error is answered as a `Problem`."""

    async def answered(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, DesirelineError)
        return answer_to(fault)

    async def unclear(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, RequestValidationError)
        first = fault.errors()[0]
        where = " → ".join(str(step) for step in first["loc"])
        return problem(422, "unclear", f"{where}: {first['msg']}")

    async def other(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, HTTPException)
        return problem(fault.status_code, CODES.get(fault.status_code, "http"), str(fault.detail))

    app.add_exception_handler(DesirelineError, answered)
    app.add_exception_handler(RequestValidationError, unclear)
    app.add_exception_handler(HTTPException, other)


def answer_to(fault: DesirelineError) -> JSONResponse:
    """The answer; why the server cannot do what it should stands in its log only."""
    status, told = noted(fault)
    answer = problem(status, told.code, told.says)
    if isinstance(fault, TooMany):
        answer.headers["Retry-After"] = str(fault.retry_after)
    return answer


def noted(fault: DesirelineError) -> tuple[int, Problem]:
    """The HTTP status of an error, and its words for those outside; those of the server's own faults are logged."""
    status = status_of(fault)[0]
    if status >= 500:
        log.warning("%s", fault)
    return status, problem_of(fault)


def problem(status: int, code: str, says: str) -> JSONResponse:
    """The answer."""
    words = says.encode("utf-8", "replace").decode()  # what was sent may stand in them, also what cannot be written
    return JSONResponse(Problem(code=code, says=words).model_dump(), status_code=status)


def problem_of(fault: BaseException) -> Problem:
    """A fault in words: its own, or that the server has one."""
    if isinstance(fault, OSError) and fault.errno in NO_ROOM:
        return Problem(code="not-saved", says=FULL)
    if not isinstance(fault, DesirelineError):
        return Problem(code="internal", says=INTERNAL)
    return Problem(code=status_of(fault)[1], says=_of(fault, WORDS) or str(fault))


def status_of(fault: DesirelineError) -> tuple[int, str]:
    """The HTTP status and the code of an error."""
    if isinstance(fault, SharedError):
        return fault.status, fault.code
    return _of(fault, TOLD) or ((400, "wrong-use") if fault.exit_code == 2 else (422, "unusable"))


def _of(fault: BaseException, told: Mapping[type, T]) -> T | None:
    """What is told of the fault's kind, or of the nearest kind that it is one of."""
    return next((told[kind] for kind in type(fault).__mro__ if kind in told), None)
