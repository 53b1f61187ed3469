"""The rules of change: what may be done to an initiative when, and the line of history that it leaves.

Pure functions: an initiative and who does it go in, the changed initiative comes out, its version one higher. What is
FIXED is what the verdict rests on; it may change until the start, and not after it. Nothing changes when nothing is
different.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ValidationError

from desireline.errors import BaselineMissing, FixedAtStart, InitiativeInvalid, UnknownField, UnknownTask, WrongStatus
from desireline.initiatives.records import (
    LONGEST_TEXT,
    By,
    Change,
    Draft,
    Initiative,
    Judged,
    Status,
    Task,
    faults,
    line_of,
)

FIXED = ("target", "hypothesis", "roll_out", "starts_on", "ends_on", "map_id", "findings")
FREE = ("title", "owner", "team")
_NEXT: Mapping[Status, tuple[Status, ...]] = {
    "proposed": ("planned", "running", "stopped"),
    "planned": ("proposed", "running", "stopped"),
    "running": ("finished", "stopped"),
    "finished": (),
    "stopped": (),
}


def propose(draft: Draft, *, id_: str, by: By) -> Initiative:
    """A new initiative: planned when its start is known, else proposed."""
    made = Initiative(
        **{name: getattr(draft, name) for name in Draft.model_fields},
        id=id_,
        status="planned" if draft.starts_on else "proposed",
    )
    return made.model_copy(update={"history": (_line(by, "created", "", draft.title),)})


def edit(one: Initiative, said: Mapping[str, Any], *, by: By) -> Initiative:
    """The initiative with these fields changed, each with a line of history.

    Raises UnknownField, FixedAtStart for what may not change after the start, InitiativeInvalid.
    """
    for name in said:
        if name not in FIXED + FREE:
            raise UnknownField(name, FIXED + FREE)
    changed = _valid({name: getattr(one, name) for name in Draft.model_fields} | dict(said))
    different = [name for name in said if getattr(changed, name) != getattr(one, name)]
    for name in different:
        if one.begun and name in FIXED:
            raise FixedAtStart(one.id, _named(name), str(one.starts_on))
    lines = [_line(by, _named(name), getattr(one, name), getattr(changed, name)) for name in different]
    status: Status = one.status
    if status in ("proposed", "planned") and "starts_on" in different:
        status = "planned" if changed.starts_on else "proposed"
        lines += [_line(by, "status", one.status, status)] if status != one.status else []
    update = {name: getattr(changed, name) for name in different} | {"status": status}
    return _changed(one, update, lines)


def start(one: Initiative, *, on: date, by: By) -> Initiative:
    """It runs since this day; from now on what is FIXED stays.

    A start in the past is taken and told in the history, because the target was then not fixed in advance; one in the
    future is refused: plan it. Raises WrongStatus, BaselineMissing, InitiativeInvalid.
    """
    _allow(one, "running")
    today = by.at.date()
    if on > today:
        raise InitiativeInvalid(
            [f"starts on: {on} is still to come. Plan it with `initiative set {one.id} --starts-on {on}`"]
        )
    baseline = one.target.baseline
    if baseline is None:
        raise BaselineMissing(one.id)
    if baseline.until >= on:
        raise InitiativeInvalid(
            [
                f"target baseline: its window runs to {baseline.until}, past the start on {on}. "
                f"Measure it anew with `initiative baseline {one.id} MAP --until DATE`"
            ]
        )
    started = _valid({name: getattr(one, name) for name in Draft.model_fields} | {"starts_on": on})
    lines = [_line(by, "starts on", one.starts_on, on)] if one.starts_on != on else []
    lines.append(_line(by, "status", one.status, "running"))
    if on < today:
        lines.append(_line(by, "told late", "", f"started on {on}, said on {today}: the target was not fixed before"))
    return _changed(one, {"starts_on": started.starts_on, "status": "running"}, lines)


def finish(one: Initiative, *, on: date, by: By) -> Initiative:
    """It is done, and what it changed stays; `on` was its last day. The planned end stays as it was planned.

    Raises WrongStatus, InitiativeInvalid.
    """
    _allow(one, "finished")
    return _end(one, "finished", on=on, by=by)


def stop(one: Initiative, *, reason: str, on: date, by: By) -> Initiative:
    """It was given up, for this reason. Raises WrongStatus, InitiativeInvalid without a reason."""
    _allow(one, "stopped")
    if not reason.strip():
        raise InitiativeInvalid(["reason: say why it is stopped, for those who would try it again"])
    ended = _end(one, "stopped", on=on, by=by) if one.begun else _changed(one, {"status": "stopped"}, [])
    lines = [] if one.begun else [_line(by, "status", one.status, "stopped")]
    return ended.model_copy(update={"history": (*ended.history, *lines, _line(by, "reason", "", reason))})


def add_task(one: Initiative, task: Task, *, by: By) -> Initiative:
    """There is one more thing to do."""
    return _changed(one, {"tasks": (*one.tasks, task)}, [_line(by, f"task {len(one.tasks) + 1}", "", task.title)])


def set_task(one: Initiative, number: int, *, done: bool, by: By) -> Initiative:
    """The task with this number, from 1, is done or not. Raises UnknownTask."""
    if not 1 <= number <= len(one.tasks):
        raise UnknownTask(one.id, number, len(one.tasks))
    old = one.tasks[number - 1]
    if old.done == done:
        return one
    tasks = (*one.tasks[: number - 1], old.model_copy(update={"done": done}), *one.tasks[number:])
    words = ("open", "done") if done else ("done", "open")
    return _changed(one, {"tasks": tasks}, [_line(by, f"task {number}", *words)])


def judge(one: Initiative, verdict: Judged, *, by: By) -> Initiative:
    """The verdict stands beside the initiative, after those before it. Raises WrongStatus before the start."""
    if not one.begun:
        raise WrongStatus(one.id, one.status, "judged")
    last = one.verdicts[-1].word if one.verdicts else ""
    return _changed(one, {"verdicts": (*one.verdicts, verdict)}, [_line(by, "verdict", last, verdict.word)])


def look(one: Initiative, until: date, *, by: By) -> Initiative:
    """Somebody looked at its effect, in data up to this day; the same day again is no other look.

    Raises WrongStatus before the start.
    """
    if not one.begun:
        raise WrongStatus(one.id, one.status, "judged")
    if until in one.seen_until:
        return one
    return _changed(one, {"looks": (*one.looks, until)}, [_line(by, "looked", "", f"data up to {until}")])


def ways(one: Initiative) -> tuple[Status, ...]:
    """The statuses to which somebody can send it; that of a plan follows from its start."""
    return tuple(status for status in _NEXT[one.status] if status not in ("proposed", "planned"))


def overlaps(one: Draft, others: list[Initiative], *, own_id: str = "") -> list[Initiative]:
    """Other initiatives that move the same measure at the same place at the same time, so that effects may mix.

    Groups overlap when they are the same, or when one of them is everybody. Those that were stopped before they
    started do not count. An initiative without a start overlaps with nothing yet; one without an end never ends.
    """
    return [other for other in others if other.id != own_id and _meets(one, other)]


def _meets(one: Draft, other: Initiative) -> bool:
    if other.status == "stopped" and not other.begun:
        return False
    same = (one.map_id, one.target.measure, one.target.at) == (other.map_id, other.target.measure, other.target.at)
    groups = {one.target.group, other.target.group}
    if not same or not (len(groups) == 1 or "" in groups) or not (one.starts_on and other.starts_on):
        return False
    own_last = one.runs_until if isinstance(one, Initiative) else one.ends_on
    return one.starts_on <= (other.runs_until or date.max) and other.starts_on <= (own_last or date.max)


def _end(one: Initiative, status: Status, *, on: date, by: By) -> Initiative:
    if one.starts_on and on < one.starts_on:
        raise InitiativeInvalid([f"ends on {on}, before it starts on {one.starts_on}"])
    if on > by.at.date():
        raise InitiativeInvalid([f"ended on: {on} is still to come. Say so on that day"])
    lines = [_line(by, "ended on", one.ended_on, on), _line(by, "status", one.status, status)]
    return _changed(one, {"ended_on": on, "status": status}, lines)


def _allow(one: Initiative, status: Status) -> None:
    if status not in _NEXT[one.status]:
        raise WrongStatus(one.id, one.status, status)


def _valid(fields: Mapping[str, Any]) -> Draft:
    try:
        return Draft.model_validate(fields)
    except ValidationError as fault:
        raise InitiativeInvalid(faults(fault)) from fault


def _changed(one: Initiative, update: Mapping[str, Any], lines: list[Change]) -> Initiative:
    same = all(getattr(one, name) == value for name, value in update.items())
    if same and not lines:
        return one
    more = {"version": one.version + 1, "history": (*one.history, *lines)}
    return one.model_copy(update=dict(update) | more)


def _line(by: By, what: str, before: Any, after: Any) -> Change:
    return line_of(by, what, _said(before), _said(after))


def _said(value: Any) -> str:
    """A value as the history tells it: text as it is, records as JSON, which may be told in part."""
    if value is None:
        return ""
    if isinstance(value, BaseModel):
        text = value.model_dump_json(exclude_none=True)
    elif isinstance(value, tuple):
        text = json.dumps(value, ensure_ascii=False)
    else:
        return str(value)
    return text if len(text) <= LONGEST_TEXT else f"{text[: LONGEST_TEXT - 1]}…"


def _named(field: str) -> str:
    return "planned end" if field == "ends_on" else field.replace("_", " ")
