"""Situations in which what people decided and wrote cannot be made, changed, read or kept."""

from __future__ import annotations

from collections.abc import Sequence

from desireline.errors.tree import DesirelineError, NotAmong


class InitiativeError(DesirelineError):
    """An initiative cannot be made or changed so."""

    exit_code = 2


class InitiativeInvalid(InitiativeError):
    """What is said of an initiative cannot be; every fault is listed."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__("That cannot be:\n" + "\n".join(f"  {fault}." for fault in faults))


class UnknownInitiative(NotAmong, InitiativeError):
    """No initiative has this id."""

    says = "No initiative is called {name!r}."
    hint = "`desireline initiative list` lists them all."
    longest = 80


class UnknownField(NotAmong, InitiativeError):
    """An initiative has no such field."""

    says = "An initiative has no field {name!r}."
    hint = "{some}."
    longest = 80


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
