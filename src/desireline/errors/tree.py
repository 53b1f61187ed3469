"""What everything that Desireline raises has in common, and all of it in one tree; one file per family.

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
    │   ├── NothingToUndo        an import that is not the last one, or whose state before is gone
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
    │   ├── UnknownCustomer
    │   ├── UnknownPlace
    │   ├── UnknownGroup
    │   ├── UnknownTopic         something is said of a topic that there is not
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
    ├── UnknownReport            a report is asked for in a kind of file that is not written
    ├── UnknownFormat            a map is asked for in a format that is not written, or not read
    ├── UnknownEmbedder          no embedder has this name
    ├── TopicsUnreadable         a topics file is not YAML, or holds no topics
    ├── TopicsInvalid            a topics file breaks its schema
    ├── TooFewRatings            a reader cannot learn from so few rated comments
    ├── OwnReaderUnreadable      a file holds no reader that was learned from own ratings
    ├── VerdictInputUnusable     what is handed in for a verdict lacks a column, or contradicts itself
    ├── SharedError              members, and maps that are edited together
    │   ├── UnknownDocument
    │   ├── MapArchived          a map that was put away is to be changed
    │   ├── NotSignedIn
    │   ├── NotAllowed
    │   ├── LinkUsed             a link that works once: used, expired, taken back
    │   ├── NotKeptYet           a change is made, and the disk does not take it
    │   ├── RoomClosed           a map was closed on the server while somebody came in
    │   ├── UpdateRefused        an edit that is too large, malformed, or would break the map
    │   ├── ServerRuns           another server works in this workspace
    │   ├── ServerStops
    │   ├── AddressTaken         the port is taken, or not for us
    │   ├── NotInPerson          a token asks for what only a person may do
    │   ├── ForeignPage          a page of another site acts in a member's name
    │   ├── RequestTooLarge
    │   ├── TooMany              something was tried too often
    │   ├── SignInFailed
    │   ├── NameTaken
    │   ├── NameUnfit
    │   ├── PasswordUnfit
    │   ├── LastOwner            somebody has to look after the workspace
    │   ├── ScopeUnfit           a token is to be allowed more than its member
    │   ├── JobCancelled
    │   ├── UnknownVersion
    │   ├── UnknownShare
    │   ├── PictureMissing
    │   ├── PictureRefused       what is uploaded is no picture that is taken
    │   ├── ProposalGone
    │   ├── ImportGone           an import that is not there
    │   │   └── ImportFilesGone  its files are not kept
    │   ├── NoDataYet            a map is to be measured before anything was imported
    │   ├── DataUnclear          files leave something open that only a person can say
    │   └── NotThere             members, invitations, tokens, jobs by an id that is not there
    │       ├── UnknownMember
    │       ├── UnknownInvitation
    │       ├── UnknownToken
    │       └── UnknownJob
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


def some(known: Sequence[str]) -> str:
    """The first of the names."""
    return f"{', '.join(known[:8])}{' …' if len(known) > 8 else ''}"


class NotAmong(Exception):
    """A name is not among those known; beside a family of errors this says which, and what may be meant.

    `says` holds {name}, of which no more than `longest` characters are shown. `hint` is the way out when nothing known
    is near; it may hold {all} known names, or {some}: the first of them. `if_none` takes its place when none is known.
    """

    says: str
    hint: str
    if_none: str | None = None
    longest: int | None = None

    def __init__(self, name: str, known: Iterable[str]) -> None:
        known = list(dict.fromkeys(known))
        hint = self.hint if known or self.if_none is None else self.if_none
        otherwise = hint.format(all=", ".join(known), some=some(known))
        super().__init__(f"{self.says.format(name=name[: self.longest])} {did_you_mean(name, known, otherwise)}")
