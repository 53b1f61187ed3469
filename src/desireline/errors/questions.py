"""Questions that have no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desireline.errors.tree import DesirelineError, NotAmong, did_you_mean, some


class JourneyError(DesirelineError):
    """A question about journeys that has no answer."""

    exit_code = 2


class UnknownMeasure(NotAmong, JourneyError):
    """A map or a call names a measure that the catalog does not hold."""

    says = "No measure is called {name!r}."
    hint = "`desireline measures` lists them all."


class UnknownRule(NotAmong, JourneyError):
    """A finding is asked for by a rule that the catalog does not hold."""

    says = "No rule is called {name!r}."
    hint = "`desireline rules` lists them all."


class SettingUnclear(JourneyError):
    """A rule is given a setting that it does not have, or something that is no number."""

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"The setting {text!r} is not clear: {why}. Write, for example, 'late smallest 0.2'.")


class UnknownFinding(NotAmong, JourneyError):
    """A finding is asked for that is not among those found."""

    says = "There is no finding {name!r} in these data."
    hint = "`desireline findings MAP` lists them with their ids."


class FindingClosed(JourneyError):
    """The customers behind a finding cannot be listed."""

    def __init__(self, rule: str, customers: int) -> None:
        why = (
            f"it is about {customers} customers, and fewer than five are never listed"
            if 0 < customers < 5
            else "nobody stands behind it"
            if not customers
            else "it is about the map, not about single customers"
        )
        super().__init__(f"A finding of the rule {rule!r} opens to no list of customers: {why}.")


class UnknownCustomer(JourneyError):
    """A customer is asked for of whom the data hold nothing."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"Nothing is known of a customer {id_[:80]!r}. Ids are written as in the data, capitals and all: "
            "`desireline customers MAP customers` lists them."
        )


class UnknownPlace(NotAmong, JourneyError):
    """A call names a place that the map does not have."""

    says = "The map has no place {name!r}."
    hint = "`desireline map show` lists the ids."


class UnknownGroup(NotAmong, JourneyError):
    """A call asks to group by something that neither the map nor the data has."""

    says = "Nothing to group by is called {name!r}."
    hint = "Known: {all}."


class UnknownTopic(NotAmong, JourneyError):
    """Something is said of a topic that there is not."""

    says = "No topic has the id {name!r}."
    hint = "`desireline topics --json` tells the ids."


class UnknownHandOff(NotAmong, JourneyError):
    """A call asks about hand-offs between things of no known kind."""

    says = "There are no hand-offs by {name!r}."
    hint = "Known: {all}."


class ScenarioError(DesirelineError):
    """A what-if has no answer."""


class EditUnclear(ScenarioError):
    """An edit is not written as one can be."""

    exit_code = 2

    def __init__(self, text: str, why: str = "") -> None:
        super().__init__(
            f"{text!r} is no edit{f': {why}' if why else ''}. Write a place, what to change and the new rate: "
            '"checkout lost 0.05", "checkout failing x0.5", "delivery late 5%", "cart > checkout 0.9", '
            'or a wait: "wait dispatch > delivery 2d".'
        )


class RateImpossible(ScenarioError):
    """A rate is not between 0 and 1, or the rates of one place come to more than 1."""

    exit_code = 2


class NothingToGoBy(ScenarioError):
    """The data has nothing, or too few customers, to answer a what-if from."""


class UnknownName(JourneyError):
    """The data has no event, touchpoint or channel of this name."""

    def __init__(self, name: str, known: Iterable[str], what: str) -> None:
        known = list(known)
        names = some(known) if known else "none"
        hint = did_you_mean(name, known, f"Known: {names}. `desireline paths names` lists them all.")
        super().__init__(f"No {what} is called {name!r} here. {hint}")


class UnknownProperty(NotAmong, JourneyError):
    """No customer has a property of this name."""

    says = "No customer has a property {name!r}."
    hint = "Known: {some}."
    if_none = "Nothing is known of customers: import a table of them."


class UnknownValue(JourneyError):
    """No customer has this value of a property. `known` are values that may be told."""

    def __init__(self, name: str, value: str, known: Iterable[str]) -> None:
        known = list(known)
        otherwise = f"Frequent: {some(known)}." if known else "No value is shared by five customers."
        super().__init__(f"No customer has {name}={value}. {did_you_mean(value, known, otherwise)}")


class SharesUnmet(JourneyError):
    """Answers cannot be weighted to the shares that are known; the margin and the group are named."""

    @classmethod
    def nobody(cls, margin: str, group: str, there: Sequence[str]) -> SharesUnmet:
        """A share is known of a group that gave no answer."""
        hint = did_you_mean(group, there, f"Answers came from: {some(there)}." if there else "No answer says it.")
        return cls(f"{margin}: nobody in {group!r} answered, so no weight can give it its share. {hint}")

    @classmethod
    def unnamed(cls, margin: str, group: str, known: Sequence[str]) -> SharesUnmet:
        """Answers came from a group without a share."""
        return cls(f"{margin}: answers came from {group!r}, which has no share. Name it beside {some(known)}.")

    @classmethod
    def sum(cls, margin: str, total: float) -> SharesUnmet:
        """The shares of a margin are not those of a whole."""
        return cls(f"{margin}: its shares add up to {total:g}, and none may be below 0. They must add up to 1.")

    @classmethod
    def slow(cls, margin: str, off: float) -> SharesUnmet:
        """Fitting went on and on: some groups never meet, so the margins contradict each other."""
        return cls(
            f"{margin}: its shares stay {off:.2g} off whatever the weights, because too few groups were met together. "
            "Join small groups, leave this margin out, or allow it with --trim."
        )


class UnknownQuestion(NotAmong, JourneyError):
    """Nobody gave a rated answer to a question of this name."""

    says = "No rated question is called {name!r}."
    hint = "Known: {some}."
    if_none = "No answer has a score on a known scale yet."


class UnknownTier(NotAmong, JourneyError):
    """Texts are to be read by a tier that there is not."""

    says = "No tier of reading is called {name!r}."
    hint = "Known tiers: {all}."


class NothingToDraw(JourneyError):
    """The data holds no journeys from which a map could be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "There are no events from which a map could be drawn. Bring some in with `desireline import`, or begin "
            "with a template: `desireline map new`."
        )


class QuestionUnclear(JourneyError):
    """A question lacks what it needs to be answered."""
