"""Who sees whose customer: whoever may not edit knows customers by pseudonyms, and nothing that would tell who it is.

A pseudonym is the same in every list of the workspace. Only the server can say whose it is, by looking at all ids.
"""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from hashlib import blake2b
from pathlib import Path
from secrets import token_bytes
from threading import Lock
from typing import TYPE_CHECKING, Any

import polars as pl

from desireline.access import Right
from desireline.errors import LedgerUnwritable, UnknownCustomer
from desireline.measures.groups import BANDS, NOBODY, SOME
from desireline.text.masks import mask_texts

if TYPE_CHECKING:
    from desireline.server.guards import Actor
    from desireline.workspace import Workspace

FILE = "customers.secret"
KEY = 32  # bytes
_ONE_AT_A_TIME = Lock()
PSEUDONYM = re.compile(r"^Customer [0-9a-f]{12}$")
_VALUE = re.compile(rf"property:(?P<name>[^{SOME}{BANDS}=]+)=(?P<value>.*)", re.DOTALL)
_PERSONAL = re.compile(
    r"(^|[ _.-])(name|surname|first|last|e?mail|phone|tel|mobile|fax|address|street|zip|post(al)?(code)?|birth\w*|dob"
    r"|iban|card|account|passport|ssn|tax|ip|id|no|number|user|login|nick\w*|handle)([ _.-]|$)",
    re.IGNORECASE,
)


class Pseudonyms:
    """The pseudonyms of one workspace's customers; its secret is made at the first one."""

    def __init__(self, folder: Path) -> None:
        self._secret = _secret(folder / FILE)

    def of(self, customer_id: str) -> str:
        """The pseudonym of a customer: "Customer 3f9a1c2b77aa"."""
        said = customer_id.encode("utf-8", "surrogatepass")
        return f"Customer {blake2b(said, key=self._secret, digest_size=6).hexdigest()}"

    def find(self, pseudonym: str, ids: Iterable[str]) -> str:
        """Whose pseudonym it is, among these customers. Raises UnknownCustomer."""
        for one in ids:
            if self.of(one) == pseudonym:
                return one
        raise UnknownCustomer(pseudonym)


def sees_ids(actor: Actor) -> bool:
    """True for whoever may edit: they import the data themselves."""
    return Right.EDIT in actor.rights


def masked(told: Mapping[str, Any], pseudonym: str, shared: Mapping[str, str]) -> dict[str, Any]:
    """One customer, as `OneCustomer.as_json` tells them, without what says who it is.

    `shared` are the properties whose values several customers have; of those, names, addresses and numbers go too. So
    do the ids of cases and answers.
    """
    journeys = [
        one
        | {
            "journey_id": str(one["number"]),
            "events": [event | {"case_id": None} for event in one["events"]],
            "feedback": [_unnamed(word) for word in one["feedback"]],
        }
        for one in told["journeys"]
    ]
    return {
        **told,
        "customer_id": pseudonym,
        "properties": {name: text for name, text in shared.items() if not _personal(name, text)},
        "journeys": journeys,
        "feedback": [_unnamed(word) for word in told["feedback"]],
    }


def of_many(rows: Iterable[dict[str, Any]], workspace: Workspace) -> list[dict[str, Any]]:
    """Rows (`group`, `n`) without groups of a property's value that fewer than five customers share.

    No number of such a group is shown, but the value itself, a surname, would tell who it is. Values that the question
    names (`property:city|Bonn`) stay: whoever asks has them already.
    """
    told = list(rows)
    shown = {row["group"] for row in told if row["n"]}
    few = {row["group"]: found for row in told if row["group"] not in shown and (found := _VALUE.match(row["group"]))}
    known = workspace.known_properties() if few else {}
    rare = {
        group
        for group, found in few.items()
        if found["value"] != NOBODY and not (found["name"] in known and found["value"] in known[found["name"]].common)
    }
    return [row for row in told if row["group"] not in rare]


def without_rare(told: dict[str, Any], rare: Collection[str]) -> dict[str, Any]:
    """What a workspace holds (`Workspace.holdings`) without the names of these events; all counts stay."""

    def named(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"events": [event for event in one["events"] if event["event"] not in rare]}

    def silent(one: dict[str, Any]) -> dict[str, Any]:
        return one | {"events": [event for event in one["events"] if event not in rare]}

    sources = [named(one) | {"silence": one["silence"] and silent(one["silence"])} for one in told["sources"]]
    return {**told, "sources": sources, "silences": [silent(one) for one in told["silences"]]}


def _unnamed(word: Mapping[str, Any]) -> dict[str, Any]:
    return {**word, "feedback_id": ""}


def _personal(name: str, text: str) -> bool:
    return bool(_PERSONAL.search(name)) or mask_texts(pl.Series([text]))[0] != text


def _secret(file: Path) -> bytes:
    """The key in this file; made when there is none. Raises LedgerUnwritable."""
    try:
        with _ONE_AT_A_TIME:
            return _read_or_made(file)
    except OSError as fault:
        raise LedgerUnwritable(f"{file} cannot be read or written: {fault}.") from fault


def _read_or_made(file: Path) -> bytes:
    try:
        with os.fdopen(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as made:
            made.write(token_bytes(KEY))
    except FileExistsError:
        pass
    key = file.read_bytes()
    if len(key) != KEY:
        raise OSError(f"it should hold {KEY} bytes; delete it, and customers get new pseudonyms")
    return key
