"""What a rule is: a name, what it needs to have gathered, and a function from the dossier to checks.

    @rule(title="Customers wait longer than promised", needs=(RATES,), family="late")
    def late(dossier: Dossier, *, smallest: float = 0.1) -> Iterator[Check]:
        '''More customers than we may accept wait longer than the map promises.

        Why it matters: …
        What helps: …
        '''

The docstring is the help page. Keyword arguments are the rule's settings; `smallest` is its smallest effect of
interest.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from inspect import cleandoc, signature
from typing import Any, Literal

import polars as pl

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Who
from desireline.findings.gathering import Gathering
from desireline.measures.view import View

Find = Callable[..., Iterator[Check]]
Opens = Callable[[View, Who], pl.Series]
"""The ids of a bucket's customers whom a finding is about."""
Sort = Literal["problem", "chance"]
"""A problem costs something; a chance is what works where it is taken."""


@dataclass(frozen=True)
class Rule:
    """Something that is looked for in every map."""

    name: str
    title: str
    find: Find
    needs: tuple[Gathering[Any], ...] = ()
    family: str = ""  # checks of one family are adjusted together; the rule's name where nothing is said
    sort: Sort = "problem"
    opens: Opens | None = None  # None: its customers cannot be listed
    symptom: bool = False  # it shows in scores, targets or feelings what may have a cause at the same place
    carried: tuple[str, ...] = ()  # fields of events that `opens` looks at; what depends on the map stands in `Who`
    exact: bool = True  # False: its `customers` are a good guess, to be counted by opening it

    @property
    def about(self) -> str:
        """The help page."""
        return cleandoc(self.find.__doc__ or "")

    @property
    def settings(self) -> Mapping[str, Any]:
        """What can be set, with its usual value."""
        given = signature(self.find).parameters.values()
        return {one.name: one.default for one in given if one.kind is one.KEYWORD_ONLY}

    def checks(self, dossier: Dossier, settings: Mapping[str, Any] | None = None) -> Iterator[Check]:
        """Everything that it looks at in this dossier."""
        return self.find(dossier, **(settings or {}))


def rule(
    title: str,
    *,
    needs: tuple[Gathering[Any], ...] = (),
    family: str = "",
    sort: Sort = "problem",
    opens: Opens | None = None,
    symptom: bool = False,
    carried: tuple[str, ...] = (),
    exact: bool = True,
) -> Callable[[Find], Rule]:
    """The decorated function as a Rule of its name, with underscores as blanks."""

    def define(find: Find) -> Rule:
        name = find.__name__.replace("_", " ")
        return Rule(name, title, find, needs, family or name, sort, opens, symptom, carried, exact)

    return define
