"""What a person says of their files where nothing may be guessed."""

from __future__ import annotations

from pydantic import BaseModel, Field, field_validator

from desireline.errors import DataUnclear
from desireline.server.fields import Line


class DataAnswers(BaseModel):
    """What a person says of their files: the time zone, how 3/4/2026 is meant, who and what, ends of scores.

    `undated`: they hold no times, and that is right. A map is not drawn from such files; data of them are brought in.
    """

    zone: Line | None = None
    day_first: bool | None = None
    customer: Line | None = None
    event: Line | None = None
    scales: dict[str, tuple[float, float]] = Field(default_factory=dict)
    undated: bool = False

    @field_validator("zone", "customer", "event")
    @classmethod
    def _nothing_said(cls, text: str | None) -> str | None:
        return text or None

    def and_then(self, later: DataAnswers) -> DataAnswers:
        """This, and what was said later, which may ask for other things; saying nothing takes everything back."""
        said = {name: getattr(later, name) for name in later.model_fields_set & set(DataAnswers.model_fields)}
        if not said:
            return DataAnswers()
        return self.model_copy(update={**said, "scales": {**self.scales, **later.scales}})


def answers_in(text: str) -> DataAnswers:
    """The answers that came with files, as JSON. Raises DataUnclear."""
    try:
        return DataAnswers.model_validate_json(text)
    except ValueError as fault:
        raise DataUnclear('The answers cannot be read: send them as JSON, like {"zone": "UTC"}.') from fault
