"""What pydantic finds wrong in a recipe, at the places where people wrote it.

Pydantic names the alternatives that it tried (`events`, `str`, `Fixed` …) as if they were fields, and tells
of each of them; a person made one mistake at one place.
"""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

Place = tuple[str | int, ...]

_PICK = "must be a column, a list of columns of which the first filled one counts, or a fixed text {text: …}."
_EITHER = {
    "properties": "must be `all`, a list of columns, or a mapping {kept name: column}.",
    "on": "must be a column, a list of columns, or a mapping {my column: their column}.",
}
_TABLE_PARTS = 2


def plain_findings(error: ValidationError, data: Any) -> ValidationError:
    """The same findings, one for each place of the document."""
    kept: dict[Place, InitErrorDetails] = {}
    for finding in error.errors(include_url=False):
        place, tried = _plain_place(finding, data)
        kept.setdefault(place, _finding(finding, place, tried=tried))
    return ValidationError.from_exception_data(error.title, list(kept.values()))


def _plain_place(finding: ErrorDetails, data: Any) -> tuple[Place, bool]:
    """Where it stands in the document, and whether alternatives were tried there."""
    steps: Place = tuple(finding["loc"])
    if steps[:1] == ("tables",) and len(steps) > _TABLE_PARTS:
        steps = steps[:_TABLE_PARTS] + steps[_TABLE_PARTS + 1 :]  # the kind of table that `into` chose
    place: Place = ()
    for number, step in enumerate(steps):
        last = number == len(steps) - 1
        inside = step in data if isinstance(data, dict) else isinstance(step, int) and isinstance(data, list)
        if not inside:
            named = last and isinstance(data, dict) and finding["type"] in ("missing", "extra_forbidden")
            return ((*place, step), False) if named else (place, True)
        place, data = (*place, step), data[step]
    return place, False


def _finding(finding: ErrorDetails, place: Place, *, tried: bool) -> InitErrorDetails:
    if tried and place:
        says = _EITHER.get(str(place[-1]), _PICK)
        return InitErrorDetails(type=PydanticCustomError("either", "{says}", {"says": says}), loc=place, input=None)
    if finding["type"].startswith("union_tag"):
        lacks = "`into` is missing; it " if finding["type"].endswith("not_found") else ""
        says = f"{lacks}must be events, feedback, customers or campaigns."
        into = PydanticCustomError("into", "{says}", {"says": says})
        return InitErrorDetails(type=into, loc=(*place, "into"), input=None)
    if finding["type"] == "value_error":
        return InitErrorDetails(
            type=finding["type"], loc=place, input=finding["input"], ctx={"error": finding["ctx"]["error"]}
        )
    ctx = finding.get("ctx", {})
    return InitErrorDetails(type=finding["type"], loc=place, input=finding["input"], ctx=ctx)
