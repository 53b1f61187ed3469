"""Everything Desireline raises, in one tree; one file per family.

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
    │   ├── ImportGone           an import that is not there, or whose files are not
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

from desireline.errors.data import (
    AmbiguousInput,
    LakeBusy,
    LakeDamaged,
    LakeError,
    LakeUnwritable,
    NoEvents,
    NothingToUndo,
    RecipeError,
    RecipeInvalid,
    RecipeMismatch,
    RecipeUnreadable,
    SourceEmpty,
    SourceError,
    SourceMissing,
    SourceUnreadable,
    SourceUnsafe,
    TraceDamaged,
    TraceError,
    TraceInputUnusable,
    TraceUnwritable,
    UnknownColumn,
    UnknownShape,
    UnknownVendor,
    WorkspaceMissing,
)
from desireline.errors.decided import (
    BaselineMissing,
    ChangedMeanwhile,
    DecisionInvalid,
    FixedAtStart,
    HookInvalid,
    InitiativeError,
    InitiativeInvalid,
    LedgerBusy,
    LedgerError,
    LedgerNewer,
    LedgerUnreadable,
    LedgerUnwritable,
    UnknownField,
    UnknownHook,
    UnknownInitiative,
    UnknownTask,
    WrongStatus,
)
from desireline.errors.given import (
    EffortsUnreadable,
    FormulaUnclear,
    KnownFindingsUnreadable,
    OwnReaderUnreadable,
    TooFewRatings,
    TopicsInvalid,
    TopicsUnreadable,
    VerdictInputUnusable,
)
from desireline.errors.holdings import (
    DataUnclear,
    ImportGone,
    PictureMissing,
    PictureRefused,
    ProposalGone,
    UnknownShare,
    UnknownVersion,
)
from desireline.errors.machine import (
    ClusterFailed,
    JavaMissing,
    MissingExtra,
    UnknownEmbedder,
    UnknownFormat,
    UnknownPicture,
    UnknownReport,
)
from desireline.errors.maps import (
    FactsUnreadable,
    MapError,
    MapInvalid,
    MapUnreadable,
    MapUnwritable,
    UnknownPiece,
    UnknownRecord,
    UnknownTemplate,
)
from desireline.errors.people import (
    AddressTaken,
    ForeignPage,
    JobCancelled,
    LastOwner,
    NameTaken,
    NameUnfit,
    NotInPerson,
    NotThere,
    PasswordUnfit,
    RequestTooLarge,
    ScopeUnfit,
    ServerStops,
    SignInFailed,
    TooMany,
    UnknownInvitation,
    UnknownJob,
    UnknownMember,
    UnknownToken,
)
from desireline.errors.questions import (
    EditUnclear,
    FindingClosed,
    JourneyError,
    NothingToDraw,
    NothingToGoBy,
    QuestionUnclear,
    RateImpossible,
    ScenarioError,
    SettingUnclear,
    SharesUnmet,
    UnknownCustomer,
    UnknownFinding,
    UnknownGroup,
    UnknownHandOff,
    UnknownMeasure,
    UnknownName,
    UnknownPlace,
    UnknownProperty,
    UnknownQuestion,
    UnknownRule,
    UnknownTier,
    UnknownTopic,
    UnknownValue,
)
from desireline.errors.shared import (
    LinkUsed,
    MapArchived,
    NoDataYet,
    NotAllowed,
    NotKeptYet,
    NotSignedIn,
    RoomClosed,
    ServerRuns,
    SharedError,
    UnknownDocument,
    UpdateRefused,
)
from desireline.errors.tree import (
    DesirelineError,
    did_you_mean,
)

__all__ = [
    "AddressTaken",
    "AmbiguousInput",
    "BaselineMissing",
    "ChangedMeanwhile",
    "ClusterFailed",
    "DataUnclear",
    "DecisionInvalid",
    "DesirelineError",
    "EditUnclear",
    "EffortsUnreadable",
    "FactsUnreadable",
    "FindingClosed",
    "FixedAtStart",
    "ForeignPage",
    "FormulaUnclear",
    "HookInvalid",
    "ImportGone",
    "InitiativeError",
    "InitiativeInvalid",
    "JavaMissing",
    "JobCancelled",
    "JourneyError",
    "KnownFindingsUnreadable",
    "LakeBusy",
    "LakeDamaged",
    "LakeError",
    "LakeUnwritable",
    "LastOwner",
    "LedgerBusy",
    "LedgerError",
    "LedgerNewer",
    "LedgerUnreadable",
    "LedgerUnwritable",
    "LinkUsed",
    "MapArchived",
    "MapError",
    "MapInvalid",
    "MapUnreadable",
    "MapUnwritable",
    "MissingExtra",
    "NameTaken",
    "NameUnfit",
    "NoDataYet",
    "NoEvents",
    "NotAllowed",
    "NotInPerson",
    "NotKeptYet",
    "NotSignedIn",
    "NotThere",
    "NothingToDraw",
    "NothingToGoBy",
    "NothingToUndo",
    "OwnReaderUnreadable",
    "PasswordUnfit",
    "PictureMissing",
    "PictureRefused",
    "ProposalGone",
    "QuestionUnclear",
    "RateImpossible",
    "RecipeError",
    "RecipeInvalid",
    "RecipeMismatch",
    "RecipeUnreadable",
    "RequestTooLarge",
    "RoomClosed",
    "ScenarioError",
    "ScopeUnfit",
    "ServerRuns",
    "ServerStops",
    "SettingUnclear",
    "SharedError",
    "SharesUnmet",
    "SignInFailed",
    "SourceEmpty",
    "SourceError",
    "SourceMissing",
    "SourceUnreadable",
    "SourceUnsafe",
    "TooFewRatings",
    "TooMany",
    "TopicsInvalid",
    "TopicsUnreadable",
    "TraceDamaged",
    "TraceError",
    "TraceInputUnusable",
    "TraceUnwritable",
    "UnknownColumn",
    "UnknownCustomer",
    "UnknownDocument",
    "UnknownEmbedder",
    "UnknownField",
    "UnknownFinding",
    "UnknownFormat",
    "UnknownGroup",
    "UnknownHandOff",
    "UnknownHook",
    "UnknownInitiative",
    "UnknownInvitation",
    "UnknownJob",
    "UnknownMeasure",
    "UnknownMember",
    "UnknownName",
    "UnknownPicture",
    "UnknownPiece",
    "UnknownPlace",
    "UnknownProperty",
    "UnknownQuestion",
    "UnknownRecord",
    "UnknownReport",
    "UnknownRule",
    "UnknownShape",
    "UnknownShare",
    "UnknownTask",
    "UnknownTemplate",
    "UnknownTier",
    "UnknownToken",
    "UnknownTopic",
    "UnknownValue",
    "UnknownVendor",
    "UnknownVersion",
    "UpdateRefused",
    "VerdictInputUnusable",
    "WorkspaceMissing",
    "WrongStatus",
    "did_you_mean",
]
