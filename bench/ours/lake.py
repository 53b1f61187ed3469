"""A workspace on disk: how fast files come into it, and what is asked of it afterwards.

`ingest-…` brings a whole file into an empty workspace. `ask` answers all seven from the kept trace, `map` is what
`desireline measure` reports. `period`, `channels` and `segment` answer all seven about a part of the data.
`rebuild` has only the lake to start from; `append` brings in the last hundredth of the rows and answers all seven
again, `refresh` is that without the import.
"""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from bench import answers
from bench.answers import Answer
from bench.facts import Facts
from bench.peers import Ask, Prepared, Tasks
from desireline.maps.records import Map
from desireline.pipeline.asked import AskAttribution, Asked, AskFunnel, AskRetention, AskRoutes
from desireline.pipeline.asked_moves import AskEdges, AskOrder, AskVisits
from desireline.pipeline.paths import Only
from desireline.recipes.records import Recipe
from desireline.workspace import Workspace

LAST = 100  # the last of so many parts of the file is appended
RECIPE = {
    "recipe": "bench",
    "times": {"form": "iso"},
    "sources": {"raw": {"file": "raw*"}, "people": {"file": "people*"}},
    "tables": {
        "people": {"into": "customers", "source": "people", "customer": "customer", "properties": ["plan"]},
        "raw": {
            "into": "events",
            "source": "raw",
            "customer": "customer",
            "channel": "channel",
            "events": [{"event": "event", "at": "at", "value": "value"}],
        },
    },
}


def open_engine(ask: Ask) -> Tasks:
    """The workspace of all rows but the last hundredth is made once; what changes it works on a copy."""
    held = Held(ask)
    ingests = {
        f"ingest-{kind}": Prepared(held.clear, partial(held.ingest, f"raw.{kind}"))
        for kind in ("parquet", "csv", "jsonl")
        if (ask.folder / f"raw.{kind}").exists()
    }
    start, end = _middle(ask.facts)
    asked: dict[str, dict[str, Any]] = {
        "ask": {},
        "period": {"only": Only(since=start, until=end)},
        "channels": {"only": Only(channels=ask.facts.channels[:3])},
        "segment": {"segment": {"plan": "plus"}},
    }
    return {
        **ingests,
        **{name: Prepared(held.forget_answers, partial(held.ask, **how)) for name, how in asked.items()},
        "map": Prepared(held.forget_readings, held.measure),
        "rebuild": Prepared(held.forget_trace, held.ask),
        "append": Prepared(held.copy, partial(held.append, answered=True)),
        "refresh": Prepared(held.copy_and_append, held.ask_copy),
    }


class Held:
    """The workspace, its copy, and the folder that files are brought into."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._recipe = Recipe.model_validate(RECIPE)
        self._files = ask.once("files", self._split)
        self._base = ask.once("workspace", self._bring)
        self._copy = ask.scratch / "copy"
        self._fresh = ask.scratch / "fresh"
        self._seven = seven(ask.facts)

    def clear(self) -> None:
        """There is nothing to bring files into."""
        shutil.rmtree(self._fresh, ignore_errors=True)

    def ingest(self, name: str) -> Answer:
        """The file's rows are in a lake that can be asked."""
        counts = Workspace.create(self._fresh).import_files(self._events_only(), [self._ask.folder / name])
        return {"accepted": counts.accepted, "refused": counts.refused}

    def ask(self, **how: Any) -> Answer:
        """All seven."""
        found = Workspace.open(self._base).paths(*self._seven, **how)
        return {answer.question: dict(answer.about) for answer in found}

    def ask_copy(self) -> Answer:
        """All seven, of the copy."""
        return {answer.question: dict(answer.about) for answer in Workspace.open(self._copy).paths(*self._seven)}

    def measure(self) -> Answer:
        """What `desireline measure` reports, alignment included."""
        return {"readings": Workspace.open(self._base).measure(company_map(self._ask.facts)).readings.height}

    def forget_answers(self) -> None:
        """The trace is kept, no state of any question is."""
        self.ask()
        shutil.rmtree(self._base / "derived" / "partials", ignore_errors=True)

    def forget_readings(self) -> None:
        """No state of any measure is kept."""
        shutil.rmtree(self._base / "derived" / "readings", ignore_errors=True)

    def forget_trace(self) -> None:
        """The lake is all there is."""
        shutil.rmtree(self._base / "derived", ignore_errors=True)

    def copy(self) -> None:
        """The copy is as the workspace was after its first answers."""
        self.ask()
        shutil.rmtree(self._copy, ignore_errors=True)
        shutil.copytree(self._base, self._copy, copy_function=_link)

    def copy_and_append(self) -> None:
        """The copy has got the last rows and was not asked since."""
        self.copy()
        self.append(answered=False)

    def append(self, *, answered: bool) -> Answer:
        """The last rows are in the copy's lake and, when asked for, in its answers."""
        Workspace.open(self._copy).import_files(self._events_only(), [self._files / "raw-last.parquet"])
        return self.ask_copy() if answered else {}

    def _events_only(self) -> Recipe:
        tables, sources = {"raw": RECIPE["tables"]["raw"]}, {"raw": RECIPE["sources"]["raw"]}  # type: ignore[index]
        return Recipe.model_validate({**RECIPE, "tables": tables, "sources": sources})

    def _split(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        raw, rows = pl.scan_parquet(self._ask.raw), self._ask.facts.events
        first = rows - rows // LAST
        raw.slice(0, first).sink_parquet(folder / "raw-first.parquet", maintain_order=True)
        raw.slice(first).sink_parquet(folder / "raw-last.parquet", maintain_order=True)
        plan = (
            pl.when(pl.col("customer").str.tail(1).is_in(["0", "1", "2"]))
            .then(pl.lit("plus"))
            .otherwise(pl.lit("basic"))
        )
        raw.select("customer").unique().with_columns(plan.alias("plan")).sink_parquet(folder / "people.parquet")

    def _bring(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        files = [self._files / "raw-first.parquet", self._files / "people.parquet"]
        Workspace.create(folder).import_files(self._recipe, files)


def seven(facts: Facts) -> tuple[Asked, ...]:
    """The seven tasks as a user asks them."""
    stages = [tuple(name for name, at in facts.stage_of.items() if at == stage) for stage in sorted(set(facts.stages))]
    return (
        AskFunnel(facts.funnel_names, timedelta(microseconds=answers.WITHIN)),
        AskEdges(exact=True),
        AskRoutes(answers.TOP),
        AskVisits(timedelta(microseconds=answers.SILENCE), answers.STEPS),
        AskRetention("week"),
        AskAttribution(facts.purchase_name),
        AskOrder(tuple(stages)),
    )


def company_map(facts: Facts) -> Map:
    """The simulated company's map: its stages, a touchpoint for each event name, a journey that ends in silence."""
    points = [
        {"id": f"t{code:02d}", "stage": f"s{stage}", "title": name, "when": {"event": name}}
        for code, (name, stage) in sorted(enumerate(facts.stage_of.items()), key=lambda held: held[1][1])
    ]
    journey = {"by": "silence", "silence": "14d", "patience": "14d", "success": [f"t{facts.purchase:02d}"]}
    stages = [{"id": f"s{stage}", "title": f"Stage {stage}"} for stage in sorted(set(facts.stages))]
    about = {"id": "bench", "title": "Bench", "journey": journey, "currency": "EUR"}
    return Map.model_validate({"map": about, "stages": stages, "touchpoints": points})


def _middle(facts: Facts) -> tuple[datetime, datetime]:
    """A month in the middle of the data."""
    start = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=facts.first_at) + timedelta(days=30)
    return start, start + timedelta(days=30)


def _link(source: str, into: str) -> None:
    """Files that are never written again are linked, others copied."""
    if source.endswith((".parquet", ".cols")):
        os.link(source, into)
    else:
        shutil.copy2(source, into)
