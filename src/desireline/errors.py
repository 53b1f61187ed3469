"""Everything Desireline raises, in one tree: long, because this one place names every situation.

    DesirelineError
    ├── MapError                 a map document cannot be used
    │   ├── MapUnreadable        the file is not YAML, or not a map at all
    │   │   └── FactsUnreadable  the same for a file of facts that goes with a map
    │   ├── MapInvalid           records break the schema or name things that do not exist (all of them listed)
    │   ├── MapUnwritable        the map cannot be saved; the file is as it was
    │   ├── UnknownRecord
    │   │   └── UnknownPiece     a piece that is accepted is not in the proposal of `desireline map discover`
    │   └── UnknownTemplate
    ├── RecipeError              a recipe cannot be used
    │   ├── RecipeUnreadable
    │   ├── RecipeInvalid
    │   ├── RecipeMismatch       the recipe names columns or files that the input lacks
    │   ├── UnknownColumn
    │   ├── UnknownVendor
    │   ├── UnknownShape         files without a recipe look like no export that is known
    │   └── AmbiguousInput       the input can be read in two ways, so a person has to say which
    ├── SourceError              a file cannot be read at all (bad rows are refused instead, never raised)
    │   ├── SourceMissing
    │   ├── SourceUnreadable
    │   ├── SourceEmpty
    │   └── SourceUnsafe         a bomb, an entity trick, a line too long to be data
    ├── LakeError                the lake cannot be read or written
    │   ├── WorkspaceMissing
    │   ├── NoEvents             there is nothing to ask about yet
    │   ├── LakeBusy
    │   ├── LakeDamaged          files are missing, torn or newer than this program
    │   └── LakeUnwritable
    ├── TraceError               the kept trace cannot be used (it is derived, and can always be made again)
    │   ├── TraceDamaged         it is missing, torn, or made by another version or from other data
    │   ├── TraceUnwritable
    │   └── TraceInputUnusable   a column has values of a kind that a trace cannot hold
    ├── JourneyError             a question about journeys that has no answer
    │   ├── UnknownMeasure
    │   ├── UnknownRule          a finding is asked for by a rule that there is not
    │   ├── SettingUnclear       a rule is given a setting that it does not have, or no number
    │   ├── UnknownFinding       a finding is asked for that is not among those found
    │   ├── FindingClosed        the customers behind a finding cannot be listed
    │   ├── UnknownPlace
    │   ├── UnknownGroup
    │   ├── UnknownHandOff       journeys are asked about hand-offs between things of no known kind
    │   ├── UnknownName          the data has no event, touchpoint or channel of this name
    │   ├── UnknownProperty      no customer has a property of this name
    │   ├── UnknownValue         no customer has this value of a property
    │   ├── UnknownTier          texts are to be read by a tier that there is not
    │   ├── SharesUnmet          answers cannot be weighted to the shares that are known
    │   ├── UnknownQuestion      nobody answered a question of this name
    │   ├── NothingToDraw        the data holds no journeys from which a map could be drawn
    │   └── QuestionUnclear      a question lacks what it needs to be answered
    ├── InitiativeError          an initiative cannot be made or changed so
    │   ├── InitiativeInvalid    what is said of it cannot be; all faults listed
    │   ├── UnknownInitiative
    │   ├── UnknownField
    │   ├── UnknownTask
    │   ├── BaselineMissing      a start without knowing how things were before
    │   ├── FixedAtStart         a change after the start to what was fixed before it
    │   └── WrongStatus
    ├── LedgerError              what people wrote cannot be read or written
    │   ├── LedgerUnreadable
    │   ├── LedgerNewer          a newer program wrote it
    │   ├── LedgerBusy
    │   ├── LedgerUnwritable
    │   ├── ChangedMeanwhile     somebody else was quicker; nothing was overwritten
    │   ├── DecisionInvalid
    │   ├── UnknownHook
    │   └── HookInvalid
    ├── EffortsUnreadable        a file of efforts is not YAML, or holds something else than numbers
    ├── KnownFindingsUnreadable  a file of known findings is not one
    ├── FormulaUnclear           an own formula for ranking cannot be worked out
    ├── ScenarioError            a what-if that has no answer
    │   ├── EditUnclear          an edit is not written as one can be
    │   ├── RateImpossible       a rate is not between 0 and 1, or the rates of one place come to more than 1
    │   └── NothingToGoBy        the data has nothing, or too few customers, to answer from
    ├── ClusterFailed            the machines that were to do the work did not
    ├── JavaMissing              Spark finds no Java that runs it
    ├── UnknownPicture           a picture is asked for in a kind of file that is not written
    ├── UnknownEmbedder          no embedder has this name
    ├── TopicsUnreadable         a topics file is not YAML, or holds no topics
    ├── TopicsInvalid            a topics file breaks its schema
    ├── TooFewRatings            a reader cannot learn from so few rated comments
    ├── OwnReaderUnreadable      a file holds no reader that was learned from own ratings
    ├── VerdictInputUnusable     what is handed in for a verdict lacks a column, or contradicts itself
    └── MissingExtra             an optional package is not installed

Each class is named for the situation and writes its own message: what happened, where, and the way out.
`exit_code` is what the command line answers with: 2 wrong use, 3 data problem.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import get_close_matches


class DesirelineError(Exception):
    """Anything that Desireline raises on purpose."""

    exit_code = 3


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """A hint: the nearest known name, or what to do when nothing is near. Capitals do not matter.

    >>> did_you_mean("Order", ["order placed", "see"], "Known: order placed, see.")
    "Did you mean 'order placed'?"
    """
    folded = {one.casefold(): one for one in known}
    near = get_close_matches(name.casefold(), list(folded), n=1)
    longer = [one for one in folded if name and name.casefold() in re.split(r"[\s_.:>-]+", one)]
    found = near or longer[:1]
    return f"Did you mean {folded[found[0]]!r}?" if found else otherwise


def _some(known: Sequence[str]) -> str:
    """The first of the names."""
    return f"{', '.join(known[:8])}{' …' if len(known) > 8 else ''}"


class MapError(DesirelineError):
    """A map document cannot be used."""


class MapUnreadable(MapError):
    """The file is not YAML, or holds no map."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class FactsUnreadable(MapUnreadable):
    """A file of promised facts, which goes with a map, is not readable or names what the map does not have."""


class MapInvalid(MapError):
    """Records of a map break the schema or name things that do not exist; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.file = file
        self.faults = list(faults)
        many = "1 fault" if len(faults) == 1 else f"{len(faults)} faults"
        super().__init__(f"{file}: the map was not loaded, {many}:\n" + "\n".join(f"  {fault}" for fault in faults))


class MapUnwritable(MapError):
    """The map cannot be saved; the file is as it was before."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file}: the map was not saved, and the file is as it was. {why}")


class UnknownRecord(MapError):
    """A change names a record or section that the map does not have."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        hint = did_you_mean(name, known, "`desireline map show` lists the ids.")
        super().__init__(f"The map has no record {name!r}. {hint}")


class UnknownPiece(UnknownRecord):
    """A piece that is to be taken is not in the proposal."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, list(known), "`desireline map discover` without --accept lists them.")
        MapError.__init__(self, f"The proposal has no piece {name!r}. {hint}")


class UnknownTemplate(MapError):
    """No template has this name."""

    exit_code = 2

    def __init__(self, name: str, known: Sequence[str]) -> None:
        hint = did_you_mean(name, known, "`desireline map templates` lists them all.")
        super().__init__(f"No template is called {name!r}. {hint}")


class RecipeError(DesirelineError):
    """A recipe cannot be used."""


class RecipeUnreadable(RecipeError):
    """The file is not YAML, or holds no recipe."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class RecipeInvalid(RecipeError):
    """A recipe breaks its schema; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(f"{file}: the recipe was not loaded:\n" + "\n".join(f"  {fault}" for fault in faults))


class RecipeMismatch(RecipeError):
    """The recipe names columns or files that the input does not have."""


class UnknownColumn(RecipeError):
    """A call names a column that no file has."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(dict.fromkeys(known))
        hint = did_you_mean(name, known, f"Columns: {', '.join(known)}." if known else "It has none at all.")
        super().__init__(f"No file has a column {name!r}. {hint}")


class UnknownVendor(RecipeError):
    """No recipe of this name comes with Desireline."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, "`desireline recipe vendors` lists them.")
        super().__init__(f"No recipe called {name!r} comes with Desireline. {hint}")


class UnknownShape(RecipeError):
    """Files are given without a recipe, and are not shaped like an export of a known vendor."""

    exit_code = 2

    def __init__(self, files: Sequence[str], known: Iterable[str]) -> None:
        super().__init__(
            f"No known export looks like {', '.join(files)}. Known: {', '.join(known)}; "
            "files are told by their columns. "
            f"For files of any other shape: desireline recipe suggest {' '.join(files)} -o my.recipe.yaml, "
            "then import them with -r my.recipe.yaml."
        )


class AmbiguousInput(RecipeError):
    """The input can be read in two ways; a person has to say which."""

    exit_code = 2


class SourceError(DesirelineError):
    """A source cannot be read at all. Single bad rows are refused and kept instead."""


class SourceMissing(SourceError):
    """There is no such file."""

    exit_code = 2

    def __init__(self, path: object) -> None:
        super().__init__(f"There is no file at {path}. Check the spelling, or quote a pattern with * in it.")


class SourceUnreadable(SourceError):
    """The file exists but its format or encoding cannot be read."""


class SourceEmpty(SourceError):
    """The file holds no rows."""


class SourceUnsafe(SourceError):
    """The file is built to exhaust the reader: a bomb, an entity trick, an endless line."""


class LakeError(DesirelineError):
    """The lake cannot be read or written."""


class WorkspaceMissing(LakeError):
    """There is no workspace here."""

    exit_code = 2

    def __init__(self, folder: object) -> None:
        where = "in this folder" if str(folder) == "." else f"at {folder}"
        super().__init__(f"No workspace {where}. `desireline init {folder}` makes one.")


class NoEvents(LakeError):
    """There is nothing to ask about yet."""

    def __init__(self) -> None:
        super().__init__("There are no events in this workspace yet: `desireline import` brings them in.")


class LakeBusy(LakeError):
    """Another import is writing to this workspace."""


class LakeDamaged(LakeError):
    """Files of the lake are missing, torn, or written by a newer Desireline."""


class LakeUnwritable(LakeError):
    """The disk is full, or the folder may not be written. The lake is as it was before."""


class TraceError(DesirelineError):
    """The kept trace cannot be used. It is derived: it can always be made again."""


class TraceDamaged(TraceError):
    """The trace is missing, torn, or made by another version or from other data; `reason` says which.

    `reason` is one of `missing`, `torn`, `version`, `inputs`.
    """

    def __init__(self, reason: str, what: str) -> None:
        self.reason = reason
        super().__init__(f"{what}. The trace has to be made again; nothing is lost by that.")


class TraceUnwritable(TraceError):
    """The disk is full, or the folder may not be written. The trace is as it was before."""


class TraceInputUnusable(TraceError):
    """A column has values of a kind that a trace cannot hold."""

    exit_code = 2


class JourneyError(DesirelineError):
    """A question about journeys that has no answer."""

    exit_code = 2


class UnknownMeasure(JourneyError):
    """A map or a call names a measure that the catalog does not hold."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, "`desireline measures` lists them all.")
        super().__init__(f"No measure is called {name!r}. {hint}")


class UnknownRule(JourneyError):
    """A finding is asked for by a rule that the catalog does not hold."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, "`desireline rules` lists them all.")
        super().__init__(f"No rule is called {name!r}. {hint}")


class SettingUnclear(JourneyError):
    """A rule is given a setting that it does not have, or something that is no number."""

    exit_code = 2

    def __init__(self, text: str, why: str) -> None:
        super().__init__(f"The setting {text!r} is not clear: {why}. Write, for example, 'late smallest 0.2'.")


class UnknownFinding(JourneyError):
    """A finding is asked for that is not among those found."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, "`desireline findings MAP` lists them with their ids.")
        super().__init__(f"There is no finding {name!r} in these data. {hint}")


class FindingClosed(JourneyError):
    """The customers behind a finding cannot be listed."""

    exit_code = 2

    def __init__(self, rule: str, customers: int) -> None:
        why = (
            f"it is about {customers} customers, and fewer than five are never listed"
            if 0 < customers < 5
            else "nobody stands behind it"
            if not customers
            else "it is about the map, not about single customers"
        )
        super().__init__(f"A finding of the rule {rule!r} opens to no list of customers: {why}.")


class UnknownPlace(JourneyError):
    """A call names a place that the map does not have."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, "`desireline map show` lists the ids.")
        super().__init__(f"The map has no place {name!r}. {hint}")


class UnknownGroup(JourneyError):
    """A call asks to group by something that neither the map nor the data has."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, f"Known: {', '.join(known)}.")
        super().__init__(f"Nothing to group by is called {name!r}. {hint}")


class UnknownHandOff(JourneyError):
    """A call asks about hand-offs between things of no known kind."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        hint = did_you_mean(name, known, f"Known: {', '.join(known)}.")
        super().__init__(f"There are no hand-offs by {name!r}. {hint}")


class InitiativeError(DesirelineError):
    """An initiative cannot be made or changed so."""

    exit_code = 2


class InitiativeInvalid(InitiativeError):
    """What is said of an initiative cannot be; every fault is listed."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("That cannot be:\n" + "\n".join(f"  {fault}." for fault in faults))


class UnknownInitiative(InitiativeError):
    """No initiative has this id."""

    def __init__(self, id_: str, known: Iterable[str]) -> None:
        hint = did_you_mean(id_, known, "`desireline initiative list` lists them all.")
        super().__init__(f"No initiative is called {id_[:80]!r}. {hint}")


class UnknownField(InitiativeError):
    """An initiative has no such field."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        super().__init__(f"An initiative has no field {name[:80]!r}. {did_you_mean(name, known, _some(known) + '.')}")


class UnknownTask(InitiativeError):
    """No task has this number."""

    def __init__(self, id_: str, number: int, tasks: int) -> None:
        known = f"They are numbered 1 to {tasks}." if tasks else "`desireline initiative task` adds one."
        super().__init__(f"{id_} has no task {number}. {known}")


class BaselineMissing(InitiativeError):
    """An initiative is to start, and nobody knows how things were before."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"{id_} has no baseline, so nobody could tell later whether it helped. Measure it first: "
            f"`desireline initiative baseline {id_} MAP -w WORKSPACE`."
        )


class FixedAtStart(InitiativeError):
    """What the verdict rests on may not change once an initiative has started."""

    def __init__(self, id_: str, what: str, started: str) -> None:
        super().__init__(
            f"{id_} started on {started}, and its {what} was fixed then: a goal that moves after the start can always "
            f"be met. Stop it (`desireline initiative stop {id_} --reason …`) and propose a new one."
        )


class WrongStatus(InitiativeError):
    """An initiative cannot go from where it is to where it is sent."""

    def __init__(self, id_: str, status: str, wanted: str) -> None:
        ways = {
            "proposed": "start it, or stop it",
            "planned": "start it, or stop it",
            "running": "finish it, or stop it",
        }
        super().__init__(
            f"{id_} is {status} and cannot be {wanted} from there. "
            f"{'You can ' + ways[status] if status in ways else 'It is over: propose a new one'}."
        )


class LedgerError(DesirelineError):
    """What people wrote cannot be read or written."""


class LedgerUnreadable(LedgerError):
    """The ledger's file or server cannot be read, or is no ledger."""


class LedgerNewer(LedgerError):
    """A newer program wrote the ledger."""

    def __init__(self, where: str, version: str, own: str) -> None:
        super().__init__(
            f"{where} was written by a newer Desireline (its ledger is {version}, this program knows {own}). "
            "Nothing was changed. Upgrade: pip install --upgrade desireline."
        )


class LedgerBusy(LedgerError):
    """Somebody else is writing to the ledger, and does not end."""

    def __init__(self, where: str) -> None:
        super().__init__(f"{where} is being written to by somebody else for too long. Nothing was changed; try again.")


class LedgerUnwritable(LedgerError):
    """The disk is full, or the ledger may not be written. It is as it was before."""


class ChangedMeanwhile(LedgerError):
    """Somebody else changed the same thing first; their change stands and yours was not made."""

    def __init__(self, id_: str) -> None:
        super().__init__(
            f"{id_} was changed by somebody else in the meantime, so your change was not made. Look at it "
            f"(`desireline initiative show {id_}`), then say it again."
        )


class DecisionInvalid(LedgerError):
    """What is to be done with a finding cannot be: an unknown word, no reason, no day."""

    exit_code = 2


class UnknownHook(LedgerError):
    """No hook has this number."""

    exit_code = 2

    def __init__(self, number: int) -> None:
        super().__init__(f"There is no hook {number}. `desireline initiative hook list` lists them.")


class HookInvalid(LedgerError):
    """Changes cannot be sent to this address."""

    exit_code = 2

    def __init__(self, why: str) -> None:
        super().__init__(f"Changes cannot be sent there: {why}")


class EffortsUnreadable(DesirelineError):
    """A file of efforts is not YAML, or holds something else than numbers."""

    def __init__(self, file: str, why: str) -> None:
        super().__init__(f"{file} cannot be read as efforts: {why}. Write lines such as: late@delivery: 3")


class KnownFindingsUnreadable(DesirelineError):
    """A file of known findings cannot be used."""

    def __init__(self, file: object, why: str) -> None:
        super().__init__(
            f"{file}: the known findings cannot be read: {why}. `desireline check --write-known` writes one."
        )


class FormulaUnclear(DesirelineError):
    """An own formula for ranking opportunities cannot be worked out."""

    exit_code = 2

    def __init__(self, formula: str, why: str) -> None:
        super().__init__(
            f"The formula cannot be worked out at {formula!r}: {why}. Write, for example, lost * confidence / effort."
        )


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


class ClusterFailed(DesirelineError):
    """The machines that were to do the work did not."""


class JavaMissing(DesirelineError):
    """Spark finds no Java that runs it."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            "Spark needs Java 17 or newer, and did not start. Install one (on Debian: apt install "
            "openjdk-17-jre-headless), or let JAVA_HOME name the folder of one."
        )


class UnknownName(JourneyError):
    """The data has no event, touchpoint or channel of this name."""

    def __init__(self, name: str, known: Iterable[str], what: str) -> None:
        known = list(known)
        some = _some(known) if known else "none"
        hint = did_you_mean(name, known, f"Known: {some}. `desireline paths names` lists them all.")
        super().__init__(f"No {what} is called {name!r} here. {hint}")


class UnknownProperty(JourneyError):
    """No customer has a property of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        otherwise = f"Known: {_some(known)}." if known else "Nothing is known of customers: import a table of them."
        super().__init__(f"No customer has a property {name!r}. {did_you_mean(name, known, otherwise)}")


class UnknownValue(JourneyError):
    """No customer has this value of a property. `known` are values that may be told."""

    def __init__(self, name: str, value: str, known: Iterable[str]) -> None:
        known = list(known)
        otherwise = f"Frequent: {_some(known)}." if known else "No value is shared by five customers."
        super().__init__(f"No customer has {name}={value}. {did_you_mean(value, known, otherwise)}")


class SharesUnmet(JourneyError):
    """Answers cannot be weighted to the shares that are known; the margin and the group are named."""

    @classmethod
    def nobody(cls, margin: str, group: str, there: Sequence[str]) -> SharesUnmet:
        """A share is known of a group that gave no answer."""
        hint = did_you_mean(group, there, f"Answers came from: {_some(there)}." if there else "No answer says it.")
        return cls(f"{margin}: nobody in {group!r} answered, so no weight can give it its share. {hint}")

    @classmethod
    def unnamed(cls, margin: str, group: str, known: Sequence[str]) -> SharesUnmet:
        """Answers came from a group without a share."""
        return cls(f"{margin}: answers came from {group!r}, which has no share. Name it beside {_some(known)}.")

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


class UnknownQuestion(JourneyError):
    """Nobody gave a rated answer to a question of this name."""

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        otherwise = f"Known: {_some(known)}." if known else "No answer has a score on a known scale yet."
        super().__init__(f"No rated question is called {name!r}. {did_you_mean(name, known, otherwise)}")


class UnknownTier(JourneyError):
    """Texts are to be read by a tier that there is not."""

    exit_code = 2

    def __init__(self, tier: str, known: Iterable[str]) -> None:
        hint = did_you_mean(tier, known, f"Known tiers: {', '.join(known)}.")
        super().__init__(f"No tier of reading is called {tier!r}. {hint}")


class NothingToDraw(JourneyError):
    """The data holds no journeys from which a map could be drawn."""

    def __init__(self) -> None:
        super().__init__(
            "There are no events from which a map could be drawn. Bring some in with `desireline import`, or begin "
            "with a template: `desireline map new`."
        )


class QuestionUnclear(JourneyError):
    """A question lacks what it needs to be answered."""


class UnknownPicture(DesirelineError):
    """A picture is asked for in a kind of file that is not written."""

    exit_code = 2

    def __init__(self, file: str, known: Iterable[str]) -> None:
        kinds = ", ".join(f".{kind}" for kind in known)
        super().__init__(f"{file}: a picture of this kind is not written. End the name with one of {kinds}.")


class UnknownEmbedder(DesirelineError):
    """No embedder has this name."""

    exit_code = 2

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(known)
        super().__init__(f"No embedder is called {name!r}. {did_you_mean(name, known, f'Known: {_some(known)}.')}")


class TopicsUnreadable(DesirelineError):
    """The file is not YAML, or holds no topics."""

    def __init__(self, file: str, line: int | None, what: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(f"{where}: {what}")


class TopicsInvalid(DesirelineError):
    """A topics file breaks its schema; every fault is listed."""

    def __init__(self, file: str, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(f"{file}: the topics were not loaded:\n" + "\n".join(f"  {fault}" for fault in faults))


class TooFewRatings(DesirelineError):
    """A reader cannot learn from so few rated comments."""

    def __init__(self, high: int, low: int, least: int) -> None:
        super().__init__(
            f"To learn from your own ratings, each half of the comments needs {least} rated high and {least} rated "
            f"low; there are {high} high and {low} low in the smaller ones. Import more rated comments, or read "
            "without them."
        )


class OwnReaderUnreadable(DesirelineError):
    """A file holds no reader that was learned from own ratings, or one that cannot be used here."""

    def __init__(self, file: object, why: str) -> None:
        super().__init__(f"{file}: the reader cannot be used. {why} Let it learn again from your rated comments.")


class VerdictInputUnusable(DesirelineError):
    """What is handed in for a verdict lacks a column, or contradicts itself."""

    exit_code = 2


class MissingExtra(DesirelineError):
    """An optional package is not installed."""

    exit_code = 2

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs an optional part. Install it with: pip install 'desireline[{extra}]'")
