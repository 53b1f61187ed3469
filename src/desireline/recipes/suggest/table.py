"""What suggested event tables share: who, which case, roles of columns, values from other sources."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desireline.recipes.suggest.keys import Link
from desireline.recipes.suggest.money import tell_currency
from desireline.recipes.suggest.names import Role, fits, key_name, singular
from desireline.recipes.suggest.personal import why_personal
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Question, Study, Way, id_columns, join_records

Table = dict[str, Any]

_STRONG = 0.75
_FILLED = 0.9
_CHANNELS = 100


def find_case(study: Study, profile: Profile) -> Column | None:
    """The column that tells cases apart; `id` of a source of tickets is one."""
    case = study.best(profile, "case")
    if case is not None:
        return case
    return next((c for c in profile.columns.values() if c.unique and _case_name(profile, c)), None)


def head_of_events(study: Study, profile: Profile, customer: Way | None, case: Column | None) -> Table | None:
    """The head of an event table: customer and case. None when nobody can be named.

    Where no source at all knows customers, each case counts as one; where there is neither, a person is
    asked.
    """
    if customer is None:
        customer = _stand_in(study, profile, case)
    if customer is None:
        return None
    table: Table = {"into": "events", "source": profile.name}
    if customer.links:
        table["join"] = join_records(customer.links)
    table["customer"] = customer.pick
    if case is not customer.column:
        path = " → ".join([profile.name, *(link.other for link in customer.links)])
        why = f"named like a customer; reached over {path}" if customer.links else "named like a customer"
        study.because(profile.name, customer.pick, "customer", why, sure=customer.sure)
    if case is not None:
        table["case"] = case.name
        study.because(profile.name, case.name, "case", "named like a case", sure=_case_name(profile, case))
    return table


def event_roles(
    study: Study, profile: Profile, *, taken: set[str], only: Sequence[Role] = ("value", "status", "id")
) -> Table:
    """Value, status and own id of the events, where the source has them."""
    roles: Table = {}
    for role, least, why in (
        ("value", 0.5, "a number, named like money"),
        ("status", 0.6, "named like a status"),
        ("id", 0.5, "every row has its own"),
    ):
        column = study.best(profile, role, least=least) if role in only else None  # type: ignore[arg-type]
        if column is not None and column.name not in taken and _suits(column, role):
            roles[role] = column.name
            study.because(profile.name, column.name, role, why, sure=fits(column.name, role))
            study.used_numbers += [column] if role == "value" else []
    return roles


def finish_events(study: Study, profile: Profile, table: Table, specs: list[Table]) -> Table:
    """The table with its events, channel, values from other sources, and all other columns as properties."""
    table["events"] = specs
    channel = study.best(profile, "channel", least=0.5)
    if channel is not None and channel.kind in ("word", "number") and channel.distinct <= _CHANNELS:
        table["channel"] = channel.name
        many = f"{channel.distinct} different ones"
        study.because(profile.name, channel.name, "channel", many, sure=fits(channel.name, "channel"))
    kept = rest_of(study, profile, [table, *specs])
    sums = _summed_values(study, profile, table) if all("value" not in spec for spec in specs) else {}
    value = next((spec["value"] for spec in specs if "value" in spec), None)
    currency = tell_currency(study, profile, value) if value is not None else None
    if currency is not None:
        table["currency"] = currency
    if sums:
        table["properties"] = dict(zip(kept, kept, strict=True)) | sums
    elif kept:
        table["properties"] = kept
    return table


def rest_of(study: Study, profile: Profile, records: Sequence[Table]) -> list[str]:
    """The filled columns that no record uses, without the marks of the export itself and without personal data.

    What is left out is told; where nobody is named as customer, also how to say that such a column names one.
    """
    used = {pick for record in records for pick in record.values() if isinstance(pick, str)}
    rest = {name: column for name, column in profile.columns.items() if name not in used and column.kind != "empty"}
    personal = {name: why for name, column in rest.items() if (why := why_personal(column))}
    named = any("customer" in record for record in records)
    for name, why in personal.items():
        says = f"{why}, and properties are stored as they are"
        hint = "" if named else f"; if it says who speaks: --customer {name}"
        study.because(profile.name, name, "left out", f"{says}{hint}", sure=0.7)
    return [name for name in rest if name not in personal]


def _case_name(profile: Profile, column: Column) -> float:
    return fits(key_name(profile.name, column.name), "case")


def _stand_in(study: Study, profile: Profile, case: Column | None) -> Way | None:
    """A customer where no column names one: the case, unless other sources know customers.

    A case that is missing in many rows, or one of several that look alike, is not taken without asking.
    """
    if study.knows_customers():
        return None
    rivals = [c for c in profile.columns.values() if _case_name(profile, c) and c.kind in ("word", "number")]
    others = rivals or id_columns(profile) or [c for c in profile.columns.values() if c.kind == "word"]
    others = [c for c in others if c is not study.told_event(profile) and fits(c.name, "event") < _STRONG] or others
    stand_in = case if case is not None else next(iter(others), None)
    if stand_in is None:
        return None
    if case is None or _case_name(profile, case) < _STRONG or case.filled < _FILLED * case.rows:
        says = f"Which column of {profile.name} names the customer? None is named like one."
        study.ask(Question("customer", says, "--customer COLUMN", tuple(c.name for c in others[:8])))
    why = "no column of any source names a customer, so each case counts as one"
    study.because(profile.name, stand_in.name, "customer", why, sure=0.5 if case is not None else 0.1)
    return Way((), stand_in, 0.5)


def _suits(column: Column, role: str) -> bool:
    if role == "value":
        return column.kind == "number"
    return column.kind in ("word", "number") and (role != "id" or column.unique)


def _summed_values(study: Study, profile: Profile, table: Table) -> dict[str, str]:
    """Sums of money from sources with several rows a case; the surest is the value of the first event."""
    found: list[tuple[float, Column]] = []
    for link in study.links:
        taken = {join["source"] for join in table.get("join", [])}
        sums = _sums(study.profiles[link.other])
        if link.source == profile.name and link.other not in taken and sums and _fans_out(study, link):
            on = link.column if link.column == link.key else {link.column: link.key}
            take = {column.name: "sum" for _, column in sums}
            table["join"] = [*table.get("join", []), {"source": link.other, "on": on, "take": take}]
            found += sums
    if not found:
        return {}
    study.used_numbers += [column for _, column in found]
    sure, best = max(found, key=lambda pair: pair[0])
    pick = f"{best.source}.{best.name}"
    table["events"][0]["value"] = pick
    why = f"summed over the rows of {best.source} for each {singular(profile.name)}"
    study.because(profile.name, pick, "value", why, sure=sure)
    return {f"{c.source} {c.name}": f"{c.source}.{c.name}" for _, c in found if c is not best}


def _sums(other: Profile) -> list[tuple[float, Column]]:
    named = [(fits(c.name, "value"), c) for c in other.columns.values() if c.kind == "number"]
    return [(sure, column) for sure, column in named if sure >= 0.5]


def _fans_out(study: Study, link: Link) -> bool:
    """True when the key stands once here and several times there."""
    here = study.profiles[link.source].columns[link.column]
    return here.unique and not link.unique
