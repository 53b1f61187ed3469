"""What a person says of their files where nothing may be guessed."""

from __future__ import annotations

from pydantic import BaseModel, Field, field_validator

from desireline.errors import DataUnclear
from desireline.server.fields import Line


class DataAnswers(BaseModel):
    """What a person says of their files: the time zone, how 3/4/2026 is meant, who the customer is, ends of scores."""

    zone: Line | None = None
    day_first: bool | None = None
    customer: Line | None = None
    scales: dict[str, tuple[float, float]] = Field(default_factory=dict)

    @field_validator("zone", "customer")
    @classmethod
    def _nothing_said(cls, text: str | None) -> str | None:
        return text or None


def answers_in(text: str) -> DataAnswers:
    """The answers that came with files, as JSON. Raises DataUnclear."""
    try:
        return DataAnswers.model_validate_json(text)
    except ValueError as fault:
        raise DataUnclear('The answers cannot be read: send them as JSON, like {"zone": "UTC"}.') from fault
