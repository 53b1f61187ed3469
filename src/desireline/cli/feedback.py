"""desireline feedback …: scores, groups compared, trends, who answered, and coded reasons."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

import typer

from desireline.cli import feedback_texts
from desireline.cli.catalog import COMMANDS
from desireline.cli.feedback_people import show_pains, show_responders
from desireline.cli.feedback_tables import show_comparison, show_scores, show_trend
from desireline.cli.options import HERE, AsJson, Limit, MapFileArgument, WorkspaceFolder
from desireline.cli.output import there_if_named
from desireline.cli.voice import WrongOption, progress, say_json
from desireline.errors import RecipeUnreadable, UnknownPlace
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.maps.written import read_text, read_yaml
from desireline.measures.groups import Period
from desireline.pipeline.listening import Analysis
from desireline.voice.scores.compare import CompareAnalysis
from desireline.voice.scores.pains import Codes, PainsAnalysis
from desireline.voice.scores.raking import Margins
from desireline.voice.scores.responders import RespondersAnalysis
from desireline.voice.scores.scores import ScoresAnalysis, reading_order
from desireline.voice.scores.trend import TrendAnalysis
from desireline.workspace import Workspace

app = typer.Typer(help=COMMANDS["feedback"].says, no_args_is_help=True)
feedback_texts.register(app)

P = TypeVar("P")
F = TypeVar("F")

Groups = Annotated[
    list[str] | None,
    typer.Option("--by", help="Group by channel, persona or property:NAME; may be given several times."),
]
Places = Annotated[
    list[str] | None, typer.Option("--at", help="Only this place: the map, a stage, a touchpoint; several times.")
]
Questions = Annotated[
    list[str] | None, typer.Option("--question", "-q", help="Only this question; may be given several times.")
]
Kinds = Annotated[
    list[str] | None, typer.Option("--measure", "-m", help="Only this kind: nps, csat, ces, mean; several times.")
]
KINDS = ("nps", "csat", "ces", "mean")


@app.command()
def scores(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    by: Groups = None,
    period: Annotated[str | None, typer.Option("--period", help="Split by day, week, month, quarter or year.")] = None,
    at: Places = None,
    rake: Annotated[
        Path | None,
        typer.Option("--rake", callback=there_if_named, help="Weight answers to the shares in this YAML file."),
    ] = None,
    trim: Annotated[
        float | None, typer.Option("--trim", min=1.0, help="With --rake: no weight above so many times the mean.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell every score: NPS, CSAT, CES and means, with interval, n and distribution, weighted and unweighted.

    A score of fewer than 30 customers is hollow (○): beside it stands where it lies once it is moved towards
    its parent. Fewer than five customers are never shown. --rake: {channel: {web: 0.6, store: 0.4},
    property:region: {north: 0.3, south: 0.7}}.
    """
    if trim is not None and rake is None:
        raise WrongOption("--trim", "it cuts the weights of --rake, which is not given.")
    margins = None if rake is None else _shares(rake)
    analysis = ScoresAnalysis(tuple(by or ()), cast("Period | None", period), margins, trim)
    outline, found = _listen(map_path, workspace, analysis, at, quiet=as_json)
    found = found.at(reading_order(outline), at or [])
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        show_scores(found, outline)


@app.command()
def compare(
    map_path: MapFileArgument,
    by: Annotated[list[str], typer.Option("--by", help="channel, persona, property:NAME; several times.")],
    workspace: WorkspaceFolder = HERE,
    question: Questions = None,
    kind: Kinds = None,
    at: Places = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Compare groups: each one's score against everybody else's, with all tests counted.

    Effects come with their 95 % interval; what holds, holds at a false discovery rate of 5 % over all tests made.
    """
    for one in kind or []:
        if one not in KINDS:
            raise WrongOption("--measure", f"{one!r} is none of {', '.join(KINDS)}.")
    analysis = CompareAnalysis(tuple(by), tuple(question or ()), tuple(kind or ()), tuple(at or ()))
    outline, found = _listen(map_path, workspace, analysis, at, quiet=as_json)
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        show_comparison(found, outline, limit=limit)


@app.command()
def trend(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    period: Annotated[str, typer.Option("--period", help="By day, week, month, quarter or year.")] = "month",
    question: Questions = None,
    at: Places = None,
    as_json: AsJson = False,
) -> None:
    """Tell how scores change: a value per period, the last one against all before, and the slope."""
    analysis = TrendAnalysis(cast("Period", period), tuple(at or ()), tuple(question or ()))
    outline, found = _listen(map_path, workspace, analysis, at, quiet=as_json)
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        show_trend(found, outline)


@app.command()
def responders(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    by: Groups = None,
    asked: Annotated[
        str | None,
        typer.Option("--asked", help="The event or touchpoint of being asked; rates are then of those too."),
    ] = None,
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Tell who answered: response rates, and how responders differ from all customers.

    Compared are channel, persona, the properties given with --by, outcome and recency. A difference of 0.2
    standard deviations that holds among all checks is marked, and what weighting would change is told.
    """
    analysis = RespondersAnalysis(tuple(dict.fromkeys(["channel", "persona", *(by or ())])), asked)
    outline, found = _listen(map_path, workspace, analysis, None, quiet=as_json)
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        show_responders(found.at(reading_order(outline)), outline, limit=limit)


@app.command()
def pains(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    codes: Annotated[
        Path | None,
        typer.Option(
            "--codes", callback=there_if_named, help="YAML: the words of codes, by question: {Q15: {1-8: signs}}."
        ),
    ] = None,
    at: Places = None,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, help="How many of each question to show.")] = 10,
    as_json: AsJson = False,
) -> None:
    """Rank coded reasons at each step by the respondents who gave them.

    A coded reason is an answer without a score and without words whose question names it behind a colon:
    "Problem: signs", or "Q15: 32" with the words in --codes. A code that is null there is left out.
    """
    outline, found = _listen(map_path, workspace, PainsAnalysis(_codes(codes)), at, quiet=as_json)
    found = found.at(reading_order(outline), at or [], limit=None if as_json else limit)
    if as_json:
        say_json({"map": outline.map.map.id, **found.as_json()})
    else:
        show_pains(found, outline)


def _listen(
    map_path: Path, workspace: Path, analysis: Analysis[P, F], at: list[str] | None, *, quiet: bool
) -> tuple[Outline, F]:
    """The outline of the map and what the analysis finds; places are checked before anything is walked."""
    map_ = load_map(map_path)
    outline = Outline(map_)
    known = reading_order(outline)
    for place in at or []:
        if place not in known:
            raise UnknownPlace(place, known)
    with progress("Listening", quiet=quiet) as step:
        return outline, Workspace.open(workspace).listen(map_, analysis, step=step)


def _shares(path: Path) -> Margins:
    """The shares in the file, by margin and group."""
    said = _read(path)
    fine = (
        isinstance(said, dict)
        and said
        and all(
            isinstance(shares, dict) and shares and all(isinstance(one, int | float) for one in shares.values())
            for shares in said.values()
        )
    )
    if not fine:
        raise WrongOption("--rake", f"{path} holds no shares. Write {{channel: {{web: 0.6, store: 0.4}}}}.")
    return {str(name): {str(group): float(share) for group, share in shares.items()} for name, shares in said.items()}


def _codes(path: Path | None) -> Codes:
    """The words of codes in the file, by question; nothing without a file."""
    if path is None:
        return {}
    said = _read(path)
    if not isinstance(said, dict) or not all(isinstance(words, dict) for words in said.values()):
        raise WrongOption("--codes", f"{path} holds no code book. Write {{Q15: {{1-8: signs, 11-15: shops}}}}.")
    return {
        str(question): {str(code): None if word is None else str(word) for code, word in words.items()}
        for question, words in said.items()
    }


def _read(path: Path) -> Any:
    text = read_text(path, unreadable=RecipeUnreadable)
    return read_yaml(text, str(path), unreadable=RecipeUnreadable).data
