"""desireline verdict: did it help?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from desireline.cli.initiative_out import tell_delivery
from desireline.cli.initiative_said import Design, target_said
from desireline.cli.initiative_words import (
    At,
    Better,
    ByArms,
    Control,
    Group,
    Randomised,
    Smallest,
    Treated,
    Unaffected,
    Who,
    by,
    day,
)
from desireline.cli.options import HERE, AsJson, WorkspaceFolder
from desireline.cli.output import there
from desireline.cli.voice import WrongOption, out, progress, say, say_json
from desireline.draw.figures import say as say_value
from desireline.draw.figures import say_effect, say_effect_range
from desireline.draw.table import show_table
from desireline.errors import QuestionUnclear
from desireline.initiatives import changes
from desireline.initiatives.records import By, Draft, Initiative, Judged, draft
from desireline.initiatives.revision import NUMBER, check_begun, check_map, given, overlap_notes
from desireline.initiatives.trial import Trial
from desireline.kept.decided import initiatives_in
from desireline.kept.trials import Judgement
from desireline.ledger.store import Ledger
from desireline.maps.files import load_map
from desireline.maps.records import Map
from desireline.workspace import Workspace

if TYPE_CHECKING:
    from desireline.findings.finding import Effect
    from desireline.initiatives.verdicts import Verdict

_COLOURS = {"helped": "green", "harmed": "red"}


def register(app: typer.Typer) -> None:
    """Add this command to the program."""
    app.command()(verdict)


def verdict(
    words: Annotated[list[str], typer.Argument(metavar="[ID] MAP", help="An initiative and the map, or the map.")],
    workspace: WorkspaceFolder = HERE,
    measure: Annotated[str | None, typer.Option("--measure", "-m", help="Without an ID: the measure.")] = None,
    at: At = None,
    group: Group = None,
    since: Annotated[str | None, typer.Option("--since", metavar="DATE", help="The first day of it.")] = None,
    until: Annotated[str | None, typer.Option("--until", metavar="DATE", help="Its planned last day.")] = None,
    better: Better = None,
    smallest: Smallest = None,
    randomised: Randomised = False,
    by_: ByArms = None,
    treated: Treated = None,
    control: Control = None,
    unaffected: Unaffected = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write no verdict; the look is counted.")] = False,
    who: Who = None,
    as_json: AsJson = False,
) -> None:
    """Tell whether something helped: helped, no clear effect, harmed, or too early.

    The method follows from how it was rolled out, and is printed: customers by lot, some groups before others, or
    everybody at once. With an ID the verdict is written beside the initiative; what was fixed at its start is used.
    """
    if len(words) > 2:
        raise WrongOption("verdict", "name an initiative and a map, or a map alone.")
    map_, shop = load_map(there(Path(words[-1]))), Workspace.open(workspace)
    design = Design(by_, treated, control, unaffected, randomised)
    target = {"measure": measure, "at": at, "group": group, "direction": better, "smallest": smallest}
    if len(words) == 2:
        _refuse(given(target | {"since": since, "until": until}), design)
        _of_initiative(words[0], map_, shop, by(who), write=not dry_run, as_json=as_json)
        return
    if not (measure and since):
        raise QuestionUnclear("Without an initiative, say what was to move and since when: --measure and --since.")
    days = {"starts_on": day(since, "--since"), "ends_on": day(until, "--until")}
    said = {"title": "a verdict", "map_id": map_.map.id, "target": target_said(map_, target)}
    _without_one(draft(said | days | {"roll_out": design.made()}), map_, shop, by(who), as_json=as_json)


def _refuse(options: dict[str, Any], design: Design) -> None:
    """Nothing happens when nobody says again what an initiative says. Raises WrongOption."""
    asked = [f"--{'better' if name == 'direction' else name}" for name in options]
    asked += [f"--{name}" for name, value in vars(design).items() if value]
    if asked:
        raise WrongOption(", ".join(asked), "the initiative says what is judged; leave it out, or leave out the ID.")


def _without_one(asked: Draft, map_: Map, shop: Workspace, now: By, *, as_json: bool) -> None:
    """The verdict on something that nobody wrote down; a look at what somebody did write down is counted there."""
    found = _judge(shop, map_, Trial.planned(asked), quiet=as_json)
    for one in initiatives_in(shop.folder):
        if one.begun and one.map_id == asked.map_id and all(_same(one, asked, name) for name in NUMBER):
            _count(shop.ledger(), one, found, now)
    _tell(found, [], as_json=as_json, more={"initiative": None})


def _same(one: Initiative, asked: Draft, name: str) -> bool:
    return bool(getattr(one.target, name) == getattr(asked.target, name))


def _count(ledger: Ledger, one: Initiative, found: Judgement, now: By) -> None:
    """The look is counted: who looks often sees chance, whether or not it is written down as a verdict."""
    ledger.change(one.id, lambda old: changes.look(old, found.data_until.date(), by=now))


def _of_initiative(id_: str, map_: Map, shop: Workspace, now: By, *, write: bool, as_json: bool) -> None:
    """The verdict on an initiative; written beside it, or counted as a look."""
    ledger = shop.ledger()
    one = ledger.initiative(id_)
    check_map(one, map_.map.id)
    check_begun(one)
    found = _judge(shop, map_, Trial.of(one), quiet=as_json)
    notes = overlap_notes(one, ledger.initiatives())
    if write:
        _write_back(ledger, one, found, notes, now)
    else:
        _count(ledger, one, found, now)
    _tell(found, notes, as_json=as_json, more={"initiative": id_})
    for sent in ledger.deliver() if write else []:
        tell_delivery(sent)


def _write_back(ledger: Ledger, one: Initiative, found: Judgement, notes: list[str], now: By) -> None:
    judged = Judged(
        at=now.at,
        who=now.who,
        word=found.word,
        says=found.says[:4_000],
        data_until=found.data_until,
        whole=found.as_json() | {"overlaps": notes},
    )
    ledger.change(one.id, lambda old: changes.judge(old, judged, by=now), at_version=one.version)


def _judge(shop: Workspace, map_: Map, trial: Trial, *, quiet: bool) -> Judgement:
    with progress("Measuring", quiet=quiet) as step:
        return shop.watch(map_, trial, step=step).judgement()


def _tell(found: Judgement, notes: list[str], *, as_json: bool, more: dict[str, Any]) -> None:
    if as_json:
        say_json(more | found.as_json() | {"overlaps": notes})
        return
    for one in found.verdicts:
        say(f"{one.arm + ': ' if one.arm else ''}{one.verdict}", style=_COLOURS.get(one.verdict, "bold"))
        say(one.says)
    show_table(out(), ["", "Effect", "95 %", "n", "Without it", "Method", "Grade"], _rows(found), empty="")
    for one in found.verdicts[:1]:
        say(f"Why this method: {one.reason}", style="dim")
    told = [warning for one in found.verdicts for warning in one.warnings]
    for note in dict.fromkeys([*told, *found.notes, *(f"Careful: {note}" for note in notes)]):
        say(note, style="yellow" if note.startswith("Careful") else "dim")


def _rows(found: Judgement) -> list[list[str]]:
    return [_row(one, one.effect) for one in found.verdicts]


def _row(one: Verdict, effect: Effect | None) -> list[str]:
    method = [f"{one.method}{', weak' if one.strength == 'weak' else ''}", one.grade]
    if effect is None:
        return [one.arm, "–", "–", "–", "–", *method]
    ends = effect.low is not None and effect.high is not None
    against = f" against {effect.n_other:,}" if effect.n_other is not None else ""
    return [
        one.arm,
        say_effect(effect.value, effect.unit),
        say_effect_range(effect.low or 0.0, effect.high or 0.0, effect.unit) if ends else "–",
        f"{effect.n:,}{against}",
        say_value(one.baseline, effect.unit) if one.baseline is not None else "–",
        *method,
    ]
