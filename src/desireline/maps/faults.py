"""What is wrong with a document, in plain words: the line, the record, the field, and the way out.

Turns the findings of pydantic into sentences for people who have never heard of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from desireline.errors import did_you_mean
from desireline.maps.written import Place, Written

Finding = dict[str, Any]


@dataclass(frozen=True, order=True)
class Fault:
    """One thing that is wrong, and where; line 0 for what stands in no file."""

    line: int
    where: str
    says: str

    def __str__(self) -> str:
        where = f"line {self.line}{self.where}" if self.line else self.where.removeprefix(", ")
        return f"{where}: {self.says}"


def fault_at(written: Written, place: Place, says: str) -> Fault:
    """A fault at a place of the document; its record and field are worked out from the place."""
    return Fault(written.line(place), _where(written.data, place), says)


def model_faults(error: ValidationError, model: type[BaseModel], written: Written) -> list[Fault]:
    """Everything that pydantic found, one fault per place."""
    found: dict[Place, Fault] = {}
    for finding in error.errors(include_url=False):
        place = tuple(finding["loc"])
        spot = place if finding["type"] == "missing" or not written.lines else written.known(place)
        found.setdefault(spot, fault_at(written, spot, _sentence(dict(finding), model)))
    return list(found.values())


def fields_at(model: type[BaseModel], place: Place) -> list[str]:
    """The names that may stand at a place of a document of this model; none where anything may."""
    kinds: list[Any] = [model]
    for step in place:
        kinds = [inner for kind in kinds for inner in _step(kind, step)]
    return [name for kind in kinds if _is_model(kind) for name in _names(kind)]


def _step(kind: Any, step: str | int) -> Iterable[Any]:
    if _is_model(kind):
        for name, info in kind.model_fields.items():
            if step in (name, info.alias):
                yield from _unfold(info.annotation)
    elif isinstance(kind, tuple):
        yield from _unfold(kind[1])


def _unfold(annotation: Any) -> Iterable[Any]:
    """The models within an annotation; a list or dict becomes ("many", what it holds)."""
    origin = getattr(annotation, "__origin__", None)
    if origin in (list, dict):
        yield ("many", get_args(annotation)[-1])
    elif _is_model(annotation):
        yield annotation
    else:
        for inner in get_args(annotation):
            yield from _unfold(inner)


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _names(model: type[BaseModel]) -> list[str]:
    return [info.alias or name for name, info in model.model_fields.items()]


def _where(data: Any, place: Place) -> str:
    """`, touchpoint “checkout”, field when.event`, as far as the place goes."""
    parts = []
    rest = place
    if len(place) > 1 and isinstance(place[1], int):
        parts.append(f"{str(place[0]).removesuffix('s')} {_called(data, place)}")
        rest = place[2:]
    names = [str(step) for step in rest if isinstance(step, str)]
    if names:
        parts.append(f"field {'.'.join(names)}")
    return "".join(f", {part}" for part in parts)


def _called(data: Any, place: Place) -> str:
    try:
        record = data[place[0]][place[1]]
    except (KeyError, IndexError, TypeError):
        record = None
    name = (
        next((record[key] for key in ("id", "title", "says") if record.get(key)), None)
        if isinstance(record, dict)
        else None
    )
    return f"“{name}”" if name else f"number {int(place[1]) + 1}"


def _sentence(finding: Finding, model: type[BaseModel]) -> str:
    kind = finding["type"]
    if kind == "extra_forbidden":
        return _unknown_field(finding, model)
    for pattern, say in _SENTENCES:
        if re.fullmatch(pattern, kind):
            return say(finding)
    return str(finding["msg"])


def _unknown_field(finding: Finding, model: type[BaseModel]) -> str:
    *before, name = finding["loc"]
    known = fields_at(model, tuple(before))
    hint = did_you_mean(str(name), known, f"Known here: {', '.join(known)}." if known else "Take it out.")
    return f"no field is called “{name}” here. {hint}"


def _one_of(finding: Finding) -> str:
    known = re.findall(r"'([^']*)'", finding["ctx"]["expected"])
    hint = did_you_mean(str(finding["input"]), known, f"Known: {', '.join(known)}.")
    return f"{_shown(finding['input'])} is not known here. {hint}"


def _text(finding: Finding) -> str:
    given = finding["input"]
    if isinstance(given, bool):
        return f'must be text; put it in quotes: "{str(given).lower()}"'
    if isinstance(given, int | float):
        return f'must be text; put it in quotes: "{given}"'
    return f"must be text, not {_shown(given)}."


def _list(finding: Finding) -> str:
    given = finding["input"]
    return f"must be a list; write [{given}]." if isinstance(given, str) else f"must be a list, not {_shown(given)}."


def _id(finding: Finding) -> str:
    better = re.sub(r"[^a-z0-9._-]+", "-", str(finding["input"]).lower()).strip("-._")
    hint = f" Try {better!r}." if better else ""
    rule = "small letters, digits and - _ . only, beginning with a letter or digit."
    return f"{_shown(finding['input'])} cannot be an id: {rule}{hint}"


def _date(finding: Finding) -> str:
    return f"must be a date like 2026-03-01, not {_shown(finding['input'])}."


def _missing(finding: Finding) -> str:
    return (
        "is missing. Every record needs one, such as id: pay-online." if finding["loc"][-1] == "id" else "is missing."
    )


def _shown(value: Any) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    text = str(value)
    return f"“{text[:60]}…”" if len(text) > 60 else f"“{text}”"


_SENTENCES: tuple[tuple[str, Callable[[Finding], str]], ...] = (
    ("missing", _missing),
    ("literal_error", _one_of),
    ("string_type", _text),
    ("string_pattern_mismatch", _id),
    ("string_too_long", lambda f: f"is too long: at most {f['ctx']['max_length']} signs."),
    ("finite_number", lambda f: f"must be a number like 0.5, not {_shown(f['input'])}."),
    ("(float|int|decimal)_.*", lambda f: f"must be a number, not {_shown(f['input'])}."),
    ("bool_.*", lambda f: f"must be true or false, not {_shown(f['input'])}."),
    ("list_type", _list),
    ("dict_type|model_.*", lambda f: f"must hold fields (name: value), not {_shown(f['input'])}."),
    ("greater_than_equal", lambda f: f"must be at least {f['ctx']['ge']:g}, not {_shown(f['input'])}."),
    ("less_than_equal", lambda f: f"must be at most {f['ctx']['le']:g}, not {_shown(f['input'])}."),
    ("too_short", lambda _: "must hold at least one entry."),
    ("date_.*", _date),
    ("value_error", lambda f: f"{f['ctx']['error']}."),
)
