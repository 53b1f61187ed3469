"""The fields that several routes take: their limits stand here once, and in the API's description."""

from __future__ import annotations

from typing import Annotated
from unicodedata import category

from fastapi import Path
from pydantic import AfterValidator, StringConstraints


def _one_line(text: str) -> str:
    """Text without control characters. Raises ValueError."""
    if any(category(one) in ("Cc", "Cs") for one in text):
        raise ValueError("has characters that cannot be written")
    return text


Id = Annotated[str, Path(pattern=r"^[A-Za-z0-9_.-]+$", max_length=80)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200), AfterValidator(_one_line)]
Title = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=120), AfterValidator(_one_line)
]
Secret = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Password = Annotated[str, StringConstraints(max_length=1000)]
