"""Which column says what happened: it is named like that, it has the shape of it, or a person is asked."""

from __future__ import annotations

import polars as pl

from desireline.recipes.suggest.names import Role, fits, is_id_name, is_of_thing
from desireline.recipes.suggest.personal import why_personal
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Question, Study, Way

STRONG_EVENT = 0.8
_MERE_NAME = 0.4
_SURE_CASE = 0.75
_MOST_NAMES = 40
_LEAST_ROWS = 6
_FILLED = 0.9
_CHANGING = 0.5
_NUMBERED = r"^\p{L}{0,4}[-_ ]?[0-9][0-9._/-]*$"
_LETTERS = r"\p{L}{3}"
_OTHER_ROLES: tuple[Role, ...] = ("channel", "campaign", "text", "score", "value", "question", "customer", "case", "id")


def find_event(study: Study, profile: Profile, who: Column | None) -> Column | None:
    """The column that is named most like one that says what happened; of vague names, one that has the shape of it."""
    event = study.best(profile, "event", but=[c.name for c in profile.columns.values() if _numbers_things(c)])
    if event is None or who is None or fits(event.name, "event") >= STRONG_EVENT:
        return event
    shaped = [c for c in shaped_like_events(profile, who) if fits(c.name, "event")]
    return event if event in shaped else max(shaped, key=lambda c: fits(c.name, "event"), default=event)


def ask_which_event(study: Study, profile: Profile, event: Column, who: Column | None) -> None:
    """Ask where another column says what happened as well as `event` does: by its name, else by its shape."""
    if study.told.event or who is None:
        return
    shaped = shaped_like_events(profile, who)
    sure = fits(event.name, "event")
    if sure >= STRONG_EVENT:
        rivals = [c for c in shaped if fits(c.name, "event") == sure]
    elif sure <= _MERE_NAME or event not in shaped:
        rivals = shaped
    else:
        rivals = []
    choices = tuple(dict.fromkeys(c.name for c in [event, *rivals] if c is event or not _same(profile, event, c)))
    if len(choices) > 1:
        study.ask(Question("event", f"Which column of {profile.name} says what happened?", "--event COLUMN", choices))


def ask_for_event(study: Study, profile: Profile, at: Column, who: Column | None) -> None:
    """Ask, before each row becomes the event that is named after its only instant, where a column may say more.

    The instant itself is a choice: it says that every row is that one event.
    """
    if study.told.event or who is None:
        return
    shaped = [column.name for column in shaped_like_events(profile, who)]
    if shaped:
        none = f"If none does, choose {at.name}: every row is then the same event."
        says = f"Which column of {profile.name} says what happened? {none}"
        study.ask(Question("event", says, "--event COLUMN", (*shaped, at.name)))


def shaped_like_events(profile: Profile, who: Column) -> list[Column]:
    """The columns that look like names of events, and are not named like anything else.

    They hold few words or phrases, each of them several times, and they change among the rows of one customer.
    """
    return [c for c in profile.columns.values() if c is not who and _few_words(c) and _changes(profile, c, who)]


def own_column(profile: Profile, customer: Way | None, case: Column | None) -> Column | None:
    """The column of the source itself by which its rows belong together: the customer's, else a case that is sure."""
    if customer is None:
        return case if case is not None and fits(case.name, "case") >= _SURE_CASE else None
    return profile.columns.get(customer.links[0].column) if customer.links else customer.column


def _few_words(column: Column) -> bool:
    if column.kind not in ("word", "text") or column.flag or is_id_name(column.name) or is_of_thing(column.name):
        return False
    if column.rows < _LEAST_ROWS or column.filled < _FILLED * column.rows:
        return False
    if not 2 <= column.distinct <= min(_MOST_NAMES, column.filled / 2):
        return False
    spelled = column.values.str.contains(_LETTERS).sum() > column.distinct / 2
    return bool(spelled) and not why_personal(column) and not any(fits(column.name, role) for role in _OTHER_ROLES)


def _numbers_things(column: Column) -> bool:
    """True for many codes such as V-2026-0017: they number cases, whatever their column is called."""
    return column.distinct > _MOST_NAMES and bool(column.values.str.contains(_NUMBERED).all())


def _changes(profile: Profile, column: Column, who: Column) -> bool:
    """True when at least half of those who have several rows have several values in them."""
    several = (
        profile.rows.filter(pl.col(who.name).is_not_null())
        .group_by(who.name)
        .agg(pl.len().alias("rows"), pl.col(column.name).drop_nulls().n_unique().alias("values"))
        .filter(pl.col("rows") > 1)
    )
    return several.height > 0 and (several["values"] > 1).sum() >= _CHANGING * several.height


def _same(profile: Profile, first: Column, second: Column) -> bool:
    """True when two columns are two names of the same: each value of the one has one value of the other."""
    pairs = profile.rows.select(pl.struct(first.name, second.name).n_unique()).item()
    return bool(pairs == first.distinct == second.distinct)
