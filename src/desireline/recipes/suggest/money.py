"""In which currency the amounts of a table are: by their name, by what stands beside them, by a column that says it."""

from __future__ import annotations

import re

from desireline.recipes.suggest.names import currency_named, plain
from desireline.recipes.suggest.profile import Column, Profile
from desireline.recipes.suggest.study import Study

_CURRENCY = re.compile(r"(.* )?(currency|currency code|währung|devise|moneda|moeda|valuta)")
_CODE = re.compile(r"[A-Z]{3}")


def tell_currency(study: Study, profile: Profile, pick: str) -> str | None:
    """The currency of the amounts in a column, picked as in the recipe; None where nothing tells one."""
    source, _, name = ("", "", pick) if pick in profile.columns else pick.partition(".")
    place = study.profiles[source] if source else profile
    column, beside = place.columns[name], _beside(place)
    if column.currency:
        told, why = column.currency, "it stands beside the amounts"
    elif named := currency_named(name):
        told, why = named, "the name says it"
    elif beside is not None:
        told, why = str(beside.values[0]), f"{beside.name} says nothing else"
    else:
        return None
    study.because(profile.name, pick, "currency", f"{told}; {why}", sure=0.9)
    return told


def _beside(place: Profile) -> Column | None:
    """A column that names one currency for all rows."""
    named = (c for c in place.columns.values() if _CURRENCY.fullmatch(plain(c.name)) and c.distinct == 1)
    return next((c for c in named if _CODE.fullmatch(str(c.values[0]))), None)
