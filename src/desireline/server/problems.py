"""Faults as answers: what happened and the way out, in the words of the error, under a code that programs can read."""

from __future__ import annotations

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from desireline.errors import DesirelineError, LedgerBusy, LedgerUnreadable, LedgerUnwritable, SharedError, TooMany


class Problem(BaseModel):
    """What went wrong."""

    code: str
    says: str


def add_problems(app: FastAPI) -> None:
    """Every error is answered as a `Problem`."""

    async def told(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, DesirelineError)
        status, _ = status_of(fault)
        answer = JSONResponse(problem_of(fault).model_dump(), status_code=status)
        if isinstance(fault, TooMany):
            answer.headers["Retry-After"] = str(fault.retry_after)
        return answer

    async def unclear(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, RequestValidationError)
        first = fault.errors()[0]
        where = " → ".join(str(step) for step in first["loc"])
        return problem(422, "unclear", f"{where}: {first['msg']}")

    async def other(_request: Request, fault: Exception) -> JSONResponse:
        assert isinstance(fault, HTTPException)
        return problem(fault.status_code, CODES.get(fault.status_code, "http"), str(fault.detail))

    app.add_exception_handler(DesirelineError, told)
    app.add_exception_handler(RequestValidationError, unclear)
    app.add_exception_handler(HTTPException, other)


def problem(status: int, code: str, says: str) -> JSONResponse:
    """The answer."""
    return JSONResponse(Problem(code=code, says=says).model_dump(), status_code=status)


def problem_of(fault: BaseException) -> Problem:
    """A fault in words: its own, or that this program has one."""
    if isinstance(fault, DesirelineError):
        return Problem(code=status_of(fault)[1], says=str(fault))
    return Problem(
        code="internal", says="This program made a mistake; the server's log says which. Nothing else was lost."
    )


def status_of(fault: DesirelineError) -> tuple[int, str]:
    """The HTTP status and the code of an error."""
    if isinstance(fault, SharedError):
        return fault.status, fault.code
    if isinstance(fault, LedgerBusy):
        return 503, "busy"
    if isinstance(fault, LedgerUnwritable | LedgerUnreadable):
        return 507, "not-saved"
    return (400, "wrong-use") if fault.exit_code == 2 else (422, "unusable")
