"""What every question about paths can be asked of: a workspace or a file, under a map or not, all of it or a part."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desireline.cli.output import there
from desireline.cli.voice import HERE, WrongOption, complain, progress
from desireline.cli.words import WORKSPACE, Word
from desireline.errors import QuestionUnclear
from desireline.kept.files import FileTrace
from desireline.kept.paths import walking
from desireline.kept.trace import KeptTrace
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import Asked
from desireline.pipeline.paths import Only, Walking

Step = Callable[[str, int, int], None]

SHARED = (
    WORKSPACE,
    Word("map_path", "Ask about this map's touchpoints and channels.", ("--map",), Path, metavar="MAP"),
    Word("since", "Only events from this day or instant on: 2026-03-01.", ("--from",)),
    Word("until", "Only events up to this day (with it) or instant.", ("--to",)),
    Word("channel", "Only this channel; may be given several times.", ("--channel",), many=True),
    Word("persona", "Only customers of this persona of the map.", ("--persona",)),
    Word("segment", "Only customers with this property: plan=premium.", ("--segment",), many=True),
    Word("file", "Ask a file of events (Parquet, CSV, JSON lines), not a workspace.", ("--file",), Path, many=True),
    Word("customer", "The file's column that says who.", ("--customer",), default="customer_id"),
    Word("at", "The file's column that says when.", ("--at",), default="at"),
    Word("event", "The file's column that says what.", ("--event",), default="event"),
    Word("channel_column", "The file's column that says through which channel.", ("--channel-column",)),
    Word("keep", "Keep the file's trace in this folder, not in the cache.", ("--keep",), Path),
)
"""The options that all questions share: the fields of `Data`."""

COLUMNS = {"customer_id": "customer", "at": "at", "event": "event", "channel": "channel_column"}


@dataclass(frozen=True)
class Data:
    """What is asked about, as it was said."""

    workspace: Path = HERE
    map_path: Path | None = None
    since: str | None = None
    until: str | None = None
    channel: Sequence[str] | None = None
    persona: str | None = None
    segment: Sequence[str] | None = None
    file: Sequence[Path] | None = None
    customer: str = "customer_id"
    at: str = "at"
    event: str = "event"
    channel_column: str | None = None
    keep: Path | None = None

    def ask(self, asked: Asked, *, quiet: bool) -> Answer:
        """The answer, as quickly as it can be had."""
        since, until = _instant(self.since, "--from"), _instant(self.until, "--to", end=True)
        if since and until and since >= until:
            raise WrongOption(
                "--to", f"{self.until!r} lies before --from {self.since!r}, so no time is left between them."
            )
        only = Only(since, until, tuple(self.channel or ()))
        segment = _properties(self.segment or [])
        with progress("Asking", quiet=quiet) as step:
            found = self._walking(step)
            if found is None:
                from desireline.workspace import Workspace  # when the quick way is closed: it takes a second to load

                found, only = Workspace.open(self.workspace).asking(
                    self.map_path, only=only, persona=self.persona, segment=segment, step=step
                )
            answer = found.ask({"": asked}, only, progress=lambda done, of: step("Walking", done, of))[""]
        if found.span:
            _tell_where_nothing_is(only, *found.span)
        return answer

    def names(self, *, quiet: bool) -> dict[str, list[str]]:
        """What can be asked about, by kind."""
        with progress("Looking", quiet=quiet) as step:
            found = self._walking(step)
            if found is None:
                from desireline.workspace import Workspace

                found = Workspace.open(self.workspace).walking(self.map_path, step=step)
        names = found.names
        mine = {"touchpoints": list(names.touchpoints)} if self.map_path else {"events": sorted(names.touchpoints)}
        return {**mine, "channels": names.channel_names}

    def _walking(self, step: Step) -> Walking | None:
        """The file's trace, or the workspace's when it is up to date and nothing but its own names is asked about."""
        if self.map_path:
            there(self.map_path)
        beyond = self.map_path or self.persona or self.segment
        if self.file:
            return self._of_file(self._one_file(self.file), step)
        kept = KeptTrace(self.workspace)
        trace = None if beyond else kept.current()
        return None if trace is None else walking(trace, kept.partials)

    def _one_file(self, files: Sequence[Path]) -> Path:
        """The file, when nothing else is asked about with it."""
        if self.map_path or self.persona or self.segment:
            raise QuestionUnclear(
                "A map, a persona or a segment needs a workspace: import the file with a recipe, then ask with -w."
            )
        if self.workspace != HERE:
            raise QuestionUnclear(
                f"A question goes to a workspace or to a file, not to both: leave out --file or -w {self.workspace}."
            )
        if len(files) > 1:
            raise QuestionUnclear(
                f"A question goes to one file, not to {len(files)}. Several together: import them with a recipe, "
                "then ask with -w."
            )
        return files[0]

    def _of_file(self, file: Path, step: Step) -> Walking:
        named = {ours: getattr(self, option) for ours, option in COLUMNS.items()}
        asked = FileTrace(file, {ours: theirs for ours, theirs in named.items() if theirs is not None}, self.keep)
        trace = asked.current(step)
        if trace is None:
            from desireline.kept.reading import build  # when there is no trace yet: it takes a second to load

            trace = asked.make(build, step=step)
        return walking(trace, asked.partials, source=asked.inputs)


def _instant(text: str | None, option: str, *, end: bool = False) -> datetime | None:
    """The instant; a day is its beginning, or with `end` the beginning of the next one. UTC unless it says more."""
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise WrongOption(
            option, f"{text!r} is no day and no instant. Write it like 2026-03-01 or 2026-03-01T10:00."
        ) from None
    found = found if found.tzinfo else found.replace(tzinfo=UTC)
    whole_day = end and len(text) == len("2026-03-01") and found.date() < date.max
    return found + timedelta(days=1) if whole_day else found


def _tell_where_nothing_is(only: Only, first: datetime, last: datetime) -> None:
    """On stderr, when the time that is asked about lies outside the data."""
    if (only.since and only.since > last) or (only.until and only.until <= first):
        complain(f"No event lies in this time: the data run from {first:%Y-%m-%d} to {last:%Y-%m-%d}.")


def _properties(texts: Sequence[str]) -> dict[str, str]:
    """What is asked of customers; a property may be asked for once."""
    segment: dict[str, str] = {}
    for text in texts:
        name, value = _property(text)
        if segment.setdefault(name, value) != value:
            raise WrongOption(
                "--segment", f"{name!r} cannot be both {segment[name]!r} and {value!r}. Ask for one of them."
            )
    return segment


def _property(text: str) -> tuple[str, str]:
    name, sign, value = text.partition("=")
    if not (name and sign):
        raise WrongOption("--segment", f"{text!r} names no property and value. Write it like plan=premium.")
    return name, value
