"""What a recipe says. The file is YAML, `*.recipe.yaml`; paths of the files are given at import, not here.

A *source* is a file matched by a pattern; a *table* turns the rows of one source, with columns joined from
others, into records of one kind: events, feedback, customers or campaigns. A column of a joined source is
named `source.column`, or `called.column` where the join has a name of its own.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from desireline.maps.rules import Rule
from desireline.text.masks import fault_of_pattern


class Strict(BaseModel):
    """A record that refuses fields it does not know, so that a typing error is never ignored.

    A number where a text is asked for (`missing: [0, 99]`) counts as that text.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Times(Strict):
    """How instants are written in a source.

    `form`: `iso` (2026-03-01T10:00:00+01:00, 2026-03-01 10:00, 2026-03-01), `day first` (1/3/2026 10:00,
    01.03.2026), `month first` (3/1/2026 10:00), `epoch s`, `epoch ms`, `epoch us`, or a strptime pattern
    containing %. `zone`: IANA name for texts without an offset; where it is missing, times without an
    offset are refused.
    """

    form: str = "iso"
    zone: str | None = None


class History(Strict):
    """A source that tells how values changed, one row for each new value: fields of tickets, stages of deals.

    Its rows get a column `before`: the value that this one replaced. It is empty for the first value, and where the
    value did not change. Rows of one instant count in their order in the file.
    """

    of: list[str] = Field(min_length=1, description="Columns that say what changed: [ticket_id, field_name].")
    at: str = Field(description="Column of the instant.")
    value: str = Field(description="Column of the new value.")


class Source(Strict):
    """One file (or several with the same columns) that the recipe reads."""

    file: str = Field(description="Pattern for the file's name, such as orders*.csv*; matched without regard to case.")
    sheet: str | None = Field(None, description="Sheet of a workbook; the first one when missing.")
    missing: list[str] = Field(default_factory=list, description="Texts that mean 'nothing': ?, Select, Blank, NULL …")
    delimiter: str | None = None
    encoding: str | None = None
    decimal: Literal["point", "comma"] | None = Field(
        None,
        description="Decimal mark of its numbers. Without it 1,234 is refused: it can be read in two ways.",
    )
    times: Times | None = None
    history: History | None = Field(None, description="[What its values replaced](#history): makes a column `before`.")
    names: bool = Field(
        False, description="A list to look names up in: rows to which nothing refers are no loss, and not refused."
    )


class Join(Strict):
    """Columns of another source, found by equal keys, available as `source.column`.

    With `take`, several matching rows are folded: sum, first, last, min, max, count, or list (joined by ";
    "). Without it, the key must be unique in the other source, else the import stops and says so.
    """

    source: str
    called: str | None = Field(
        None, description="The name before the dot of its columns, where one source is joined in two ways."
    )
    on: str | list[str] | dict[str, str] = Field(
        description="Key column(s); a mapping when names differ: {mine: theirs}."
    )
    take: dict[str, Literal["sum", "first", "last", "min", "max", "count", "list"]] | None = None
    required: bool = Field(False, description="Refuse a row that finds no partner.")

    @property
    def name(self) -> str:
        """What stands before the dot in the names of its columns."""
        return self.called or self.source


class Fixed(Strict):
    """The same text for every row, instead of a column."""

    text: str


Pick = str | Fixed | list[str]
"""A column; a fixed text `{text: web}`; or several columns of which the first that is not empty counts."""


class EventSpec(Strict):
    """One event that a row holds. A long log has one of these, a wide row (of orders) one per instant."""

    event: Pick = Field(description="Column that names the event, or {text: order placed}.")
    at: Pick
    where: Rule | None = Field(None, description="Only rows for which this rule holds make this event.")
    once: bool = Field(False, description="Keep only the first such event of a case (or of a customer without cases).")
    channel: Pick | None = None
    value: Pick | None = None
    due: Pick | None = Field(None, description="The instant that was promised.")
    status: Pick | None = None
    id: Pick | None = Field(None, description="The event's own id, where the source has one.")


class EventTable(Strict):
    """Rows that become events."""

    into: Literal["events"]
    source: str
    join: list[Join] = Field(default_factory=list)
    customer: Pick
    case: Pick | None = None
    events: list[EventSpec] = Field(min_length=1)
    channel: Pick | None = None
    currency: str | None = None
    properties: list[str] | dict[str, str] | Literal["all"] = Field(
        default_factory=list,
        description="Columns kept as properties; a mapping renames: {kept name: column}.",
    )
    times: Times | None = None


class Transcript(Strict):
    """A text with turns of several speakers: `Agent: …` lines, captions (WebVTT, SRT), or a JSON list of turns.

    Only what customers say is kept as the text; turns and waits become properties. Names are compared without regard
    to case; `*` stands for any text. A row whose speakers cannot be told apart is refused.
    """

    customer: list[str] = Field(
        default_factory=list, description="Names of customers: Customer, Visitor*; usual ones when empty."
    )
    staff: list[str] = Field(
        default_factory=list,
        description="Names of the company's side; where no customer is named so, everybody else is one.",
    )


class AnswerSpec(Strict):
    """One answer that a row holds. A long survey has one of these, a wide survey one per question column."""

    question: Pick = Field(description="Column that names the question, or {text: Overall satisfaction}.")
    answer: Pick | None = Field(None, description="Column of the answer.")
    where: Rule | None = Field(None, description="Only rows for which this rule holds make this answer.")
    text: Pick | None = Field(None, description="Column of the comment in the customer's own words.")
    transcript: Transcript | None = Field(None, description="How to find the customer's words in a text of several.")
    low: float | None = Field(None, description="Worst end of the scale.")
    high: float | None = Field(None, description="Best end of the scale.")
    rule: Literal["nps", "csat", "ces", "mean"] | None = None
    not_answers: list[str] = Field(default_factory=list, description="Codes that are no answer: 0, 6, Blank …")
    words: dict[str, float] = Field(default_factory=dict, description="Scores of worded answers: {very good: 5}.")
    id: Pick | None = None


class Mask(Strict):
    """What is masked in texts beside what always is: e-mail addresses, phone numbers, cards, handles and the like.

    `mask: false` masks nothing: texts are stored as customers wrote them.
    """

    on: bool = Field(True, description="Whether anything is masked; `mask: false` is short for `mask: {on: false}`.")
    order_ids: list[str] = Field(
        default_factory=list,
        description="More patterns of ids, as regular expressions: AB-\\d{6}. They become [order id].",
    )
    names: list[str] = Field(
        default_factory=list, description="Columns of the customer's own name; it is masked where the texts hold it."
    )
    keep: list[str] = Field(
        default_factory=list, description="What stays, such as your own handle and hotline: @acme, 0800 123456."
    )
    regions: list[str] = Field(
        default_factory=list,
        description="Countries whose phone numbers are known without a country code (US, DE …); fifteen when empty.",
    )

    @model_validator(mode="before")
    @classmethod
    def _yes_or_no(cls, said: object) -> object:
        return {"on": said} if isinstance(said, bool) else said

    @field_validator("order_ids")
    @classmethod
    def _are_patterns(cls, patterns: list[str]) -> list[str]:
        for pattern in patterns:
            fault = fault_of_pattern(pattern)
            if fault:
                raise ValueError(f"“{pattern}” {fault}")
        return patterns


class FeedbackTable(Strict):
    """Rows that become feedback."""

    into: Literal["feedback"]
    source: str
    join: list[Join] = Field(default_factory=list)
    customer: Pick | None = None
    case: Pick | None = None
    at: Pick | None = None
    kind: Literal["survey", "review", "ticket", "chat", "call", "post", "note"] = "survey"
    answers: list[AnswerSpec] = Field(min_length=1)
    channel: Pick | None = None
    weight: Pick | None = None
    properties: list[str] | dict[str, str] | Literal["all"] = Field(default_factory=list)
    mask: Mask = Field(
        default_factory=lambda: Mask(on=True),
        description="Personal data in texts is masked before it is stored; more is said here, or false to keep it.",
    )
    times: Times | None = None


class CustomerTable(Strict):
    """Rows that describe customers. Of each property the last text that was said of a customer counts; an empty
    cell says nothing, like a column that is not there: what was known before stays."""

    into: Literal["customers"]
    source: str
    join: list[Join] = Field(default_factory=list)
    customer: Pick
    properties: list[str] | dict[str, str] | Literal["all"] = "all"


class CampaignTable(Strict):
    """Rows that describe campaigns, nurtures or content."""

    into: Literal["campaigns"]
    source: str
    join: list[Join] = Field(default_factory=list)
    campaign: Pick
    title: Pick | None = None
    kind: Pick | None = None
    channel: Pick | None = None
    starts: Pick | None = None
    ends: Pick | None = None
    cost: Pick | None = None
    currency: str | None = None
    properties: list[str] | dict[str, str] | Literal["all"] = Field(default_factory=list)
    times: Times | None = None


RecipeTable = Annotated[EventTable | FeedbackTable | CustomerTable | CampaignTable, Field(discriminator="into")]


class Recipe(Strict):
    """How a set of files becomes records."""

    recipe: str = Field(description="Name; records remember it.")
    about: str = ""
    times: Times = Field(default_factory=Times)
    sources: dict[str, Source] = Field(min_length=1)
    tables: dict[str, RecipeTable] = Field(min_length=1)
    ignore: list[str] = Field(
        default_factory=list, description="Patterns of files that are left out on purpose when they are given."
    )
