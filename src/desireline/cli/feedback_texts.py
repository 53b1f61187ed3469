"""desireline feedback read, train, curve: how customers feel, from their words and everything else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal, cast

import polars as pl
import typer

from desireline.access import SMALL_GROUP
from desireline.cli.options import HERE, AsJson, MapFileArgument, WorkspaceFolder
from desireline.cli.overview import show_listing
from desireline.cli.voice import complain, out, progress, rows, say, say_json
from desireline.draw.figures import say as say_value
from desireline.draw.table import show_table
from desireline.errors import UnknownTier
from desireline.kept.hearing import FAST, MULTILINGUAL, OWN, TIERS, hearing, keep_own, meaning, tier_of
from desireline.kept.read_on import EVERYWHERE
from desireline.maps.files import load_map
from desireline.maps.outline import Outline
from desireline.measures.emotion import NEEDS
from desireline.pipeline.question import Question
from desireline.text.sampling import ENOUGH, Estimate, FirstLook
from desireline.voice.peak_end import PeakEnd
from desireline.workspace import Workspace

Tier = Annotated[str | None, typer.Option("--tier", help=f"How texts are read: {', '.join(TIERS)}.")]


def register(app: typer.Typer) -> None:
    """Add these commands to `desireline feedback`."""
    app.command()(curve)
    app.command()(read)
    app.command()(train)


def curve(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    by: Annotated[list[str] | None, typer.Option("--by", help="Group by persona, channel, property:NAME.")] = None,
    period: Annotated[str | None, typer.Option("--period", help="Split by day, week, month, quarter or year.")] = None,
    as_json: AsJson = False,
) -> None:
    """Tell the emotion curve: how customers feel at each place, from scores, texts and what happened to them.

    Then what is remembered of a journey: its worst and best moment, its end, or all of it alike.
    """
    map_ = load_map(map_path)
    question = Question(measures=("emotion", *NEEDS, "unread"), by=tuple(by or ()), period=period)
    with progress("Measuring", quiet=as_json) as step:
        opened = Workspace.open(workspace)
        measured = opened.measure(map_, question, step=step)
        remembered = opened.listen(map_, PeakEnd(), step=step)
    if as_json:
        weights = [vars(one) for one in remembered.weights]
        memory = {"n": remembered.n, "weights": weights, "explained": remembered.explained, "says": remembered.says}
        say_json({**measured.as_json(), "remembered": memory})
        return
    if by or period:
        show_listing(measured.readings.filter(pl.col("measure") == "emotion"), measured.outline, out())
    else:
        _show_curve(measured.readings, measured.outline)
    say(remembered.says, style="dim")


def _show_curve(readings: pl.DataFrame, outline: Outline) -> None:
    """One line per place that says anything: what is meant, what is felt, and its sources apart."""
    found = {(row["measure"], row["at"]): row for row in rows(readings)}
    places = [outline.map.map.id, *(stage.id for stage in outline.stages), *(p.id for p in outline.touchpoints)]
    lines = [_line(place, outline, found) for place in places if ("emotion", place) in found]
    heads = ["Place", "Meant>", "Felt>", "95 % interval>", "Scores>", "Texts>", "Trouble>", "n>"]
    show_table(out(), heads, lines, empty="Nobody said how they feel. Import answers or comments.")
    unread = found.get(("unread", outline.map.map.id))
    beside = (
        f" Of the texts, {say_value(unread['value'], 'share')} were not read." if unread and unread["value"] else ""
    )
    say(f"From −2 (awful) to +2 (delighted).{beside}", style="dim")


def _line(place: str, outline: Outline, found: dict[tuple[str, str], dict[str, Any]]) -> list[str]:
    felt, meant = found["emotion", place], outline.intended_feeling(place)
    known = felt["value"] is not None
    between = f"{say_value(felt['low'], 'level')} to {say_value(felt['high'], 'level')}" if known else felt["note"]
    apart = [_said(found.get((measure, place))) for measure in ("feeling", "sentiment", "trouble")]
    title = outline.titles.get(place) or outline.map.map.title
    n = "" if felt["n"] is None else f"{felt['n']:,}"
    return [title, "" if meant is None else say_value(meant, "level"), _said(felt), between, *apart, n]


def _said(reading: dict[str, Any] | None) -> str:
    return "–" if reading is None or reading["value"] is None else say_value(reading["value"], reading["unit"])


def read(
    map_path: MapFileArgument,
    workspace: WorkspaceFolder = HERE,
    tier: Tier = None,
    sample: Annotated[
        int, typer.Option("--sample", min=1, help="So many different texts of each place are read first.")
    ] = ENOUGH,
    only_sample: Annotated[bool, typer.Option("--only-sample", help="Leave the rest for later.")] = False,
    as_json: AsJson = False,
) -> None:
    """Read how customers feel from their texts, with the tier that is named; measures then use it too.

    A sample of each place comes first, with its sampling error; then the rest, unless you stop it. What was read
    stays read: the command goes on where it ended.
    """
    map_ = load_map(map_path)
    with progress("Reading", quiet=as_json) as step:
        going = Workspace.open(workspace).reading_on(map_, tier, step=step)
        _keep_going(going.first, enough=sample, step=step)
    first = going.looks()
    if not as_json:
        _show_looks(first, Outline(map_))
    if not only_sample and going.left:
        with progress("Reading", quiet=as_json) as step:
            _keep_going(going.rest, step=step)
        if not as_json:
            say("All texts are read.")
    if as_json:
        places = {place or map_.map.id: _plain(one) for place, one in going.looks().items()}
        say_json({"tier": tier or tier_of(workspace), "texts": places})


def _keep_going(read: Callable[..., None], **how: Any) -> None:
    """It is read; who stops it is told that nothing is lost."""
    try:
        read(**how)
    except KeyboardInterrupt:
        complain("What was read is kept: say the same again, and it goes on from here.")
        raise


def _show_looks(looks: dict[str, FirstLook], outline: Outline) -> None:
    lines = []
    for place, one in looks.items():
        title = "All places" if place == EVERYWHERE else outline.titles.get(place, outline.map.map.title)
        unread = one.tried - one.read
        lines.append([title, f"{one.of:,}", f"{one.tried:,}", f"{unread:,}", *_estimates(one)])
    heads = ["Place", "Texts>", "Tried>", "Unread>", "Feeling>", "From sampling>", "Negative>", "From sampling>"]
    empty = f"Fewer than {SMALL_GROUP} customers wrote anything."
    show_table(out(), heads, lines, empty=empty)
    if not lines:
        return
    say("Different texts, each counted once. Unread: no words, or a language that the tier does not know.", style="dim")


def _estimates(one: FirstLook) -> list[str]:
    return [*_estimate(one.level, "level"), *_estimate(one.negative, "share")]


def _estimate(one: Estimate, unit: str) -> tuple[str, str]:
    if one.value != one.value:
        return "–", ""
    half = (one.high - one.low) / 2
    points = f"±{100 * half:.1f} points" if unit == "share" else f"±{half:.2f}"
    return say_value(one.value, unit), "none: all read" if not one.error else points


def _plain(one: FirstLook) -> dict[str, Any]:
    return {
        "texts": one.of,
        "tried": one.tried,
        "read": one.read,
        "feeling": _numbers(one.level),
        "negative": _numbers(one.negative),
    }


def _numbers(one: Estimate) -> dict[str, float | None]:
    return {name: None if value != value else value for name, value in vars(one).items()}


def train(
    workspace: WorkspaceFolder = HERE,
    tier: Annotated[str, typer.Option("--tier", help="What to learn on top of: fast, or multilingual.")] = "fast",
    as_json: AsJson = False,
) -> None:
    """Learn from this company's own rated comments how its customers write when they are pleased, or not.

    Half of the comments is held out to say how well it went; `desireline feedback read --tier own` uses what was
    learned.
    """
    from desireline.text.own import train_own  # loads scikit-learn, which the other commands do without

    if tier not in (FAST, MULTILINGUAL):
        raise UnknownTier(tier, (FAST, MULTILINGUAL))
    hearing(workspace, tier)  # so that a missing part is told at once
    opened = Workspace.open(workspace)
    with progress("Learning", quiet=as_json) as step:
        step("Learning from rated comments: some five seconds for a thousand", 0, 0)
        rated = opened.rated_comments()
        own = train_own(
            rated["text"].to_list(),
            rated["level"].to_numpy(),
            tier=cast("Literal['fast', 'multilingual']", tier),
            embedder=meaning(workspace) if tier == MULTILINGUAL else None,
            told=lambda done, of: step("Learning", done, of),
        )
        keep_own(workspace, own)
    found = own.held_out
    if as_json:
        say_json({"tier": OWN, "learned_from": rated.height, "held_out": vars(found)})
        return
    say(f"Learned from {rated.height:,} rated comments. On {found.n:,} held out while learning:")
    between = f"{found.auc_low:.3f}–{found.auc_high:.3f}"
    say(f"  a comment rated high is told from one rated low in {found.auc:.1%} of pairs (AUC {between});")
    say(f"  negative, neutral and positive are told with a macro-F1 of {found.macro_f1:.3f}.")
    say(f"Read with it: desireline feedback read MAP -w {workspace} --tier own", style="dim")
