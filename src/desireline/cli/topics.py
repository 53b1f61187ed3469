"""desireline topics: what people talk about."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, get_args

import typer

from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.output import free, there, write_output
from desireline.cli.topic_tables import show_issues, show_topics, show_unmet
from desireline.cli.voice import Step, WrongOption, out, progress, say, say_json
from desireline.errors import UnknownPlace, UnknownTier, did_you_mean
from desireline.kept.agreed_topics import agreed_topics
from desireline.kept.bound_topics import bind_topics
from desireline.kept.hearing import meaning
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.written import read_text
from desireline.recipes.records import FeedbackTable
from desireline.text.embedder import Embedder
from desireline.voice.topics.file import load_topics, write_topics
from desireline.voice.topics.gathered import FAST, Gathering, topic_of_each
from desireline.voice.topics.topics import FoundTopics, Topics
from desireline.workspace import Workspace

KINDS = get_args(FeedbackTable.model_fields["kind"].annotation)
TIERS = (FAST, "multilingual")


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(topics)


def topics(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    at: Annotated[str | None, typer.Option("--at", help="Only what is said at this stage or touchpoint.")] = None,
    kind: Annotated[list[str] | None, typer.Option("--kind", help=f"Only this kind: {', '.join(KINDS)}.")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--topics", callback=lambda path: path and there(path), help="Start from these topics."),
    ] = None,
    save: Annotated[Path | None, typer.Option("--save", help="Write the topics to a *.topics.yaml file.")] = None,
    number: Annotated[
        int | None,
        typer.Option("--number", "-k", min=2, max=500, help="How many topics; the texts decide when missing."),
    ] = None,
    tier: Annotated[str, typer.Option("--tier", help="fast: by words; multilingual: by meaning, slower.")] = FAST,
    unmet: Annotated[bool, typer.Option("--unmet", help="Only topics that no touchpoint of the map is about.")] = False,
    issues: Annotated[bool, typer.Option("--issues", help="Rank what tickets, chats and calls are about.")] = False,
    cost: Annotated[
        str | None, typer.Option("--cost", help="With --issues: the property that a contact costs.")
    ] = None,
    bind: Annotated[
        bool, typer.Option("--bind", help="Maps may bind answers by topic from now on: feedback: {topic: ID}.")
    ] = False,
    as_json: AsJson = False,
    limit: Limit = 20,
) -> None:
    """Tell what people talk about: how many, since when, where, and what it does to their scores.

    Topics that people named, put together or pinned in the app are as they agreed; --topics starts from others.
    """
    if save is not None:
        free(save, force=save == file)
    outline = Outline(load_map(map_path))
    _check(outline, at, kind or [])
    if bind and (kind or at not in (None, outline.map.map.id)):
        raise WrongOption(
            "--bind", "with --at or --kind it would throw away the topics of all other texts; leave those out."
        )
    kept = load_topics(file) if file else agreed_topics(workspace, outline.map.map.id)
    with progress("Reading texts", quiet=as_json) as step:
        how = Gathering(number, kept, _embedder(tier, workspace), told=lambda done, of: step("Reading texts", done, of))
        asked = Topics(outline, how, at=at, kinds=tuple(kind or ()), cost=cost)
        found = Workspace.open(workspace).listen(outline.map, asked, step=_noting(step))
    if save is not None and found.gathered is not None:
        before = read_text(save) if save.exists() else None
        write_output(save, write_topics(found.gathered.file, before=before))
    bound = bind_topics(workspace, *topic_of_each(found.gathered)) if bind and found.gathered is not None else None
    _show(found, outline, unmet=unmet, issues=issues, as_json=as_json, limit=limit)
    if save is not None and not as_json:
        say(_saved(found, save), style="dim")
    if bound is not None and not as_json:
        says = f"{bound:,} texts are bound: a map may say feedback: {{topic: ID}}. --json and --save tell the ids."
        say(says, style="dim")


def _show(found: FoundTopics, outline: Outline, *, unmet: bool, issues: bool, as_json: bool, limit: int) -> None:
    if as_json:
        say_json(found.as_json())
    elif found.note:
        say(f"No topics: {found.note}.")
    elif unmet:
        show_unmet(found, out(), limit=limit)
    elif issues:
        show_issues(found, out(), limit=limit)
    else:
        show_topics(found, outline, out(), limit=limit)


def _check(outline: Outline, at: str | None, kinds: list[str]) -> None:
    """Raises UnknownPlace, or typer's complaint about a kind."""
    known = [outline.map.map.id, *(stage.id for stage in outline.stages), *outline.touchpoint]
    if at is not None and at not in known:
        raise UnknownPlace(at, known)
    for kind in kinds:
        if kind not in KINDS:
            hint = did_you_mean(kind, KINDS, f"Known kinds: {', '.join(KINDS)}.")
            raise typer.BadParameter(f"no kind of feedback is called {kind!r}. {hint}", param_hint="--kind")


def _embedder(tier: str, workspace: Path) -> Embedder | None:
    if tier not in TIERS:
        raise UnknownTier(tier, TIERS)
    return None if tier == FAST else meaning(workspace)


def _noting(step: Step) -> Step:
    """The step of the walk; when it is over, gathering begins."""

    def tell(what: str, done: int, of: int) -> None:
        step(what, done, of)
        if of and done == of:
            step("Gathering topics", 0, 0)

    return tell


def _saved(found: FoundTopics, save: Path) -> str:
    if found.gathered is None:
        return f"{save} was not written: there are no topics."
    return f"{save} holds these topics: change names there, and say --topics {save} the next time."
