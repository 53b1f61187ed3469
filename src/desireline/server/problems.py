"""Faults as answers: what happened and the way out, in the words of the error, under a code that programs can read."""

from __future__ import annotations

import logging

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from desireline.errors import (
    ChangedMeanwhile,
    DesirelineError,
    LedgerBusy,
    LedgerError,
    LedgerUnreadable,
    LedgerUnwritable,
    SharedError,
    TooMany,
    UnknownCustomer,
    UnknownFinding,
    UnknownInitiative,
)

CODES = {404: "no-such-address", 405: "not-this-way", 413: "too-large"}
INTERNAL = "This program made a mistake; the server's log says which. Nothing else was lost."
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
    """A fault in words: its own, or that this program has one."""
    if not isinstance(fault, DesirelineError):
        return Problem(code="internal", says=INTERNAL)
    status, code = status_of(fault)
    return Problem(code=code, says=_says(fault) if isinstance(fault, LedgerError) and status >= 500 else str(fault))


def status_of(fault: DesirelineError) -> tuple[int, str]:
    """The HTTP status and the code of an error."""
    if isinstance(fault, SharedError):
        return fault.status, fault.code
    if isinstance(fault, UnknownFinding):
        return 404, "unknown-finding"
    if isinstance(fault, UnknownInitiative):
        return 404, "unknown-initiative"
    if isinstance(fault, UnknownCustomer):
        return 404, "unknown-customer"
    if isinstance(fault, ChangedMeanwhile):
        return 409, "changed-meanwhile"
    if isinstance(fault, LedgerBusy):
        return 503, "busy"
    if isinstance(fault, LedgerUnwritable):
        return 507, "not-saved"
    if isinstance(fault, LedgerUnreadable):
        return 503, "ledger-gone"
    return (400, "wrong-use") if fault.exit_code == 2 else (422, "unusable")


def _says(fault: LedgerError) -> str:
    """In words for whoever sits at a browser; where the ledger is and what exactly failed stands in the log."""
    if isinstance(fault, LedgerBusy):
        return "The workspace is busy: another program writes to it. Nothing was lost; try again in a moment."
    if isinstance(fault, LedgerUnwritable):
        return (
            "The server cannot save: its disk is full, or it may not write there. This was not taken; edits of a map "
            "stay in this browser until they are saved. Whoever runs the server finds the reason in its log."
        )
    return (
        "The server cannot reach what it saved. Edits of a map stay in this browser until they are saved. "
        "Whoever runs the server finds the reason in its log."
    )
