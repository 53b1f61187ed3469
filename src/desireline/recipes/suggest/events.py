"""Events from a source: a long log, a history of changed fields, or wide rows with several instants."""

from __future__ import annotations

from desireline.recipes.suggest.happened import STRONG_EVENT, ask_for_event, ask_which_event, find_event, own_column
from desireline.recipes.suggest.names import DUE, STALE, fits, plain, singular
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Study, join_records
from desireline.recipes.suggest.table import Table, event_roles, find_case, finish_events, head_of_events

_CLOCK_WORDS = frozenset(("date", "at", "timestamp", "time", "on", "datetime", "ts", "utc", "day"))
_VAGUE = frozenset(
    ("created", "create", "closed", "started", "ended", "opened", "entered", "added", "start", "end", "event")
)
_FIELD_NAMES = frozenset(("field name", "field", "property name", "attribute", "name"))
_STATES = frozenset(
    (
        "status",
        "state",
        "stage",
        "dealstage",
        "lifecyclestage",
        "pipelinestage",
        "hspipelinestage",
        "hsleadstatus",
    )
)


def event_times(profile: Profile) -> list[Column]:
    """The instants at which something happened: neither promises nor notes of the export itself."""
    return [c for c in profile.times() if not STALE.search(plain(c.name)) and not DUE.search(plain(c.name))]


def suggest_log(study: Study, profile: Profile) -> Table | None:
    """Events of a long log: one column names the event, one the instant. None when the source is no log."""
    times = profile.times()
    if not times:
        return None
    told = study.told_event(profile)
    case, customer = find_case(study, profile), study.customer(profile)
    who = own_column(profile, customer, case)
    event = told if told is not None else find_event(study, profile, who)
    if event is None or (event.distinct < 2 and told is None):
        return None
    told_apart_by = [c for c in (case, customer.column if customer and not customer.links else None) if c]
    sure = 1.0 if told is not None else fits(event.name, "event")
    if sure < STRONG_EVENT and all(column.unique for column in told_apart_by):
        return None
    table = head_of_events(study, profile, customer, case)
    if table is None:
        return None
    ask_which_event(study, profile, event, who)
    study.because(profile.name, event.name, "event", f"{event.distinct} different names", sure=sure)
    spec: Table = {"event": event.name, "at": _choose_at(study, profile, times)}
    spec |= event_roles(study, profile, taken={event.name})
    return finish_events(study, profile, table, [spec])


def suggest_history(study: Study, profile: Profile) -> Table | None:
    """Events of a history of changed fields (field, value, instant); a new status names its event."""
    names = profile.columns.values()
    field = next((c for c in names if plain(c.name) in _FIELD_NAMES and c.kind == "word"), None)
    value = profile.columns.get("value") or profile.columns.get("new_value")
    case, customer = find_case(study, profile), study.customer(profile)
    key = case or (customer.column if customer else None)
    if field is None or value is None or key is None or not profile.times():
        return None
    table = head_of_events(study, profile, customer, case)
    if table is None:
        return None
    states = [name for name in field.values.to_list() if plain(name).replace(" ", "") in _STATES]
    at = _choose_at(study, profile, profile.times())
    specs: list[Table] = [{"event": field.name, "at": at}]
    if states:
        specs[0]["where"] = {"not": {"property": {field.name: states}}}
        state: Table = {"event": value.name, "at": at, "where": {"property": {field.name: list(states)}}}
        specs.insert(0, state)
    why = f"names the field that changed; of {', '.join(states) or 'none'} the value names the event"
    study.because(profile.name, field.name, "event", why, sure=0.7)
    return finish_events(study, profile, table, specs)


def suggest_instants(study: Study, profile: Profile) -> Table | None:
    """Events of wide rows: one event for each column with an instant, named after the column."""
    times = event_times(profile)
    case, customer = find_case(study, profile), study.customer(profile)
    if not times or (case is None and customer is None):
        return None
    table = head_of_events(study, profile, customer, case)
    if table is None:
        return None
    if len(times) == 1 and (case is None or not case.unique):
        ask_for_event(study, profile, times[0], own_column(profile, customer, case))
    names = name_events(times, profile.name)
    specs: list[Table] = []
    for column in _written_alike(study, profile, times):
        why = f"an instant; its event is called “{names[column.name]}”"
        study.because(profile.name, column.name, "at", why, sure=0.8)
        study.used_times.append(column)
        specs.append({"event": {"text": names[column.name]}, "at": column.name})
    _give_promises(study, profile, specs)
    roles = event_roles(study, profile, taken=set(), only=("value",))
    specs[0] |= roles
    return finish_events(study, profile, table, specs)


def suggest_borrowed(study: Study, profile: Profile) -> Table | None:
    """Events of rows that link a customer to something whose instant stands in another source."""
    customer = study.customer(profile)
    if customer is None or customer.links or profile.times():
        return None
    for link in study.links:
        times = event_times(study.profiles[link.other])
        if link.source == profile.name and link.unique and link.column != customer.column.name and times:
            table = head_of_events(study, profile, customer, None)
            if table is None:
                return None
            pick = f"{link.other}.{times[0].name}"
            why = f"these rows have no instant; {link.column} leads to the one in {link.other}"
            study.because(profile.name, pick, "at", why, sure=0.5 * link.sure)
            study.used_times.append(times[0])
            table["join"] = join_records((link,))
            spec = {"event": {"text": singular(profile.name)}, "at": pick}
            return finish_events(study, profile, table, [spec])
    return None


def name_events(times: list[Column], source: str) -> dict[str, str]:
    """Event names from column names: what all have in common and words for clocks are left out.

    `order_purchase_timestamp` beside `order_approved_at` gives `purchase`.
    """
    words = {column.name: plain(column.name).split() for column in times}
    while len(words) > 1 and len({parts[0] for parts in words.values()}) == 1 and min(map(len, words.values())) > 1:
        words = {name: parts[1:] for name, parts in words.items()}
    names: dict[str, str] = {}
    for name, parts in words.items():
        kept = [part for part in parts if part not in _CLOCK_WORDS]
        vague = not kept or (len(kept) == 1 and kept[0] in _VAGUE)
        names[name] = " ".join([singular(source), *kept] if vague else kept)
    if len(set(names.values())) < len(names):
        return {name: plain(name) for name in names}
    return names


def _choose_at(study: Study, profile: Profile, times: list[Column]) -> str:
    """The instant that differs most from row to row, for that is when the row happened."""

    def tells(column: Column) -> tuple[float, int]:
        promised = bool(DUE.search(plain(column.name)))
        return (0.0 if promised else column.distinct / column.rows), -times.index(column)

    at = max(times, key=tells)
    study.used_times.append(at)
    if at.time:
        why = f"the instant that differs most from row to row; {at.time.why}"
        study.because(profile.name, at.name, "at", why, sure=0.9 if at.time.form else 0.5)
    return at.name


def _written_alike(study: Study, profile: Profile, times: list[Column]) -> list[Column]:
    """The instants that are written like the first one; a table can read only one form."""
    form = times[0].time.form if times[0].time else None
    for column in times:
        if column.time and column.time.form != form:
            why = "an instant, but written in another form than the others"
            study.because(profile.name, column.name, "property", why, sure=0.5)
    return [column for column in times if column.time and column.time.form == form]


def _give_promises(study: Study, profile: Profile, specs: list[Table]) -> None:
    """Give each promised instant to the event that it shares most words with; the later one wins ties."""
    for column in profile.times():
        name = plain(column.name)
        if not DUE.search(name) or STALE.search(name):
            continue
        stems = {word[:5] for word in name.split()}
        shared = [len(stems & {word[:5] for word in plain(spec["at"]).split()}) for spec in specs]
        place = max(range(len(specs)), key=lambda n: (shared[n], n))
        specs[place]["due"] = column.name
        study.used_times.append(column)
        why = f"by its name a promise, for {specs[place]['at']}"
        study.because(profile.name, column.name, "due", why, sure=0.6)
