"""The ledger keeps what people wrote: whole, in order, and never over somebody else's change."""

from __future__ import annotations

import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from desireline.errors import (
    ChangedMeanwhile,
    DecisionInvalid,
    FixedAtStart,
    HookInvalid,
    UnknownHook,
    UnknownInitiative,
)
from desireline.initiatives import changes
from desireline.initiatives.records import By, Judged, new_task
from desireline.ledger.store import Ledger
from ledger.conftest import ANA, a_draft

START = date(2026, 3, 2)


def test_an_empty_ledger_has_nothing(ledger: Ledger):
    assert (ledger.initiatives(), ledger.decisions(), ledger.hooks(), ledger.deliveries()) == ([], {}, [], [])
    assert ledger.deliver() == []


def test_what_was_written_is_read_again(place: Path):
    made = Ledger.open(place).propose(a_draft("Größer & schneller “jetzt”"), by=ANA)
    assert made.id == "grower-schneller-jetzt" or made.id.startswith("gro")
    assert Ledger.open(place).initiative(made.id) == made


def test_the_same_title_gets_another_id(ledger: Ledger):
    assert [ledger.propose(a_draft(), by=ANA).id for _ in range(3)] == [
        "faster-answers",
        "faster-answers-2",
        "faster-answers-3",
    ]
    assert [one.id for one in ledger.initiatives()] == ["faster-answers", "faster-answers-2", "faster-answers-3"]
    assert ledger.propose(a_draft("日本語"), by=ANA).id == "initiative"


def test_history_and_verdicts_are_kept_in_order(ledger: Ledger):
    id_ = ledger.propose(a_draft(), by=ANA).id
    ledger.change(id_, lambda one: changes.start(one, on=START, by=ANA))
    for word in ("too early", "helped"):
        judged = Judged(at=ANA.at, who="ana", word=word, says="…", whole={"n": 1})
        ledger.change(id_, lambda one, judged=judged: changes.judge(one, judged, by=ANA))
    one = ledger.initiative(id_)
    assert [verdict.word for verdict in one.verdicts] == ["too early", "helped"]
    assert [line.what for line in one.history] == ["created", "status", "verdict", "verdict"]
    assert one.version == 4


def test_a_refused_change_leaves_nothing(ledger: Ledger):
    id_ = ledger.propose(a_draft(), by=ANA).id
    before = ledger.change(id_, lambda one: changes.start(one, on=START, by=ANA))
    with pytest.raises(FixedAtStart):
        ledger.change(id_, lambda one: changes.edit(one, {"hypothesis": "x"}, by=ANA))
    assert ledger.initiative(id_) == before


def test_an_unknown_id_is_told_with_the_nearest(ledger: Ledger):
    ledger.propose(a_draft(), by=ANA)
    with pytest.raises(UnknownInitiative, match="Did you mean 'faster-answers'"):
        ledger.initiative("faster-answer")
    with pytest.raises(UnknownInitiative):
        ledger.initiative("\x00")


def test_the_second_of_two_who_change_the_same_version_is_told(ledger: Ledger):
    one = ledger.propose(a_draft(), by=ANA)
    ledger.change(one.id, lambda old: changes.edit(old, {"owner": "Ana"}, by=ANA), at_version=1)
    with pytest.raises(ChangedMeanwhile, match="changed by somebody else"):
        ledger.change(one.id, lambda old: changes.edit(old, {"owner": "Ben"}, by=ANA), at_version=1)
    assert ledger.initiative(one.id).owner == "Ana"


def test_many_at_once_lose_no_change(place: Path):
    """Each of four writers adds five tasks; one who is told to try again, does."""
    id_ = Ledger.open(place).propose(a_draft(), by=ANA).id

    def write(name: str) -> None:
        mine = Ledger.open(place)
        for number in range(5):
            while True:
                try:
                    mine.change(id_, lambda one, n=number: changes.add_task(one, new_task(f"{name}{n}"), by=ANA))
                except ChangedMeanwhile:
                    continue
                break

    writers = [threading.Thread(target=write, args=(name,)) for name in "abcd"]
    for one in writers:
        one.start()
    for one in writers:
        one.join(60)
    found = Ledger.open(place).initiative(id_)
    assert sorted(task.title for task in found.tasks) == [f"{name}{n}" for name in "abcd" for n in range(5)]
    assert (found.version, len(found.history)) == (21, 21)


def test_decisions_hold_until_they_do_not(ledger: Ledger):
    ledger.decide("late|delivery|", "dismiss", reason="The depot moved", by=ANA)
    ledger.decide("lost|cart|channel:app", "snooze", until=date(2026, 4, 1), by=ANA)
    ledger.decide("loop|help|", "accept", by=ANA)
    assert list(ledger.decisions(today=date(2026, 3, 31))) == ["late|delivery|", "loop|help|", "lost|cart|channel:app"]
    assert "lost|cart|channel:app" not in ledger.decisions(today=date(2026, 4, 1))
    ledger.decide("late|delivery|", "reopen", by=ANA)
    assert "late|delivery|" not in ledger.decisions()
    assert [one.decision for one in ledger.decided("late|delivery|")] == ["dismiss", "reopen"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"decision": "dismis", "reason": "x"}, "Did you mean 'dismiss'"),
        ({"decision": "dismiss"}, "Say why"),
        ({"decision": "snooze"}, "until a day"),
        ({"decision": "snooze", "until": date(2026, 3, 2)}, "still to come"),
        ({"decision": "accept", "until": date(2026, 4, 2)}, "Only a snooze"),
        ({"decision": "accept", "reason": "x" * 5_000}, "at most"),
        ({"decision": "accept", "finding_key": ""}, "is named by"),
        ({"decision": "accept", "finding_key": "late\x1b[2J"}, "is named by"),
        ({"decision": "dismiss", "reason": "a\x1b[2Jb"}, "no control characters"),
        ({"decision": "accept", "by": By("a\x07na", ANA.at)}, "no control characters"),
    ],
)
def test_a_decision_that_cannot_be_is_refused(ledger: Ledger, said: dict, says: str):
    with pytest.raises(DecisionInvalid, match=says):
        ledger.decide(**({"finding_key": "late|delivery|", "by": ANA} | said))
    assert ledger.decisions() == {}


@pytest.mark.parametrize(
    "url",
    [
        *(
            "ftp://x.org/",
            "file:///etc/passwd",
            "javascript:1",
            "https://",
            "https://a b/",
            "https://u:p@x.org/",
            "x\n",
        ),
        *("http://x.org/", "https://x.org:8443/", "https://127.0.0.1/", "https://0x7f.1/", "https://localhost/"),
        *("https://10.0.0.1/", "https://[::1]/", "https://[fd00::1]/", "https://metadata.google.internal/"),
    ],
)
def test_only_plain_web_addresses_become_hooks(ledger: Ledger, url: str):
    with pytest.raises(HookInvalid, match="cannot be sent there"):
        ledger.add_hook(url, by=ANA)
    assert ledger.hooks() == []


def test_hooks_are_added_and_removed(ledger: Ledger):
    hook = ledger.add_hook("https://tracker.example/in", by=ANA)
    assert hook.secret.startswith("whsec_")
    assert "secret" not in hook.as_json()
    ledger.propose(a_draft(), by=ANA)
    assert [one.status for one in ledger.deliveries()] == ["waiting"]
    ledger.remove_hook(hook.number)
    assert (ledger.hooks(), ledger.deliveries()) == ([], [])
    with pytest.raises(UnknownHook):
        ledger.remove_hook(hook.number)


def test_messages_have_names_of_their_own_in_every_workspace(tmp_path: Path):
    names = []
    for folder in (tmp_path / "a", tmp_path / "b"):
        folder.mkdir()
        one = Ledger.open(folder)
        one.add_hook("https://tracker.example/in", by=ANA)
        one.propose(a_draft(), by=ANA)
        names += [sent.event_id for sent in one.deliveries()]
    assert len(set(names)) == 2


def test_addresses_are_told_by_their_hosts(ledger: Ledger):
    hook = ledger.add_hook("https://tracker.example/in/T0PSECRET", by=ANA)
    assert "T0PSECRET" not in str(hook.as_json())
    assert hook.as_json(with_secret=True)["url"].endswith("T0PSECRET")
    ledger.propose(a_draft(), by=ANA)
    assert [one.host for one in ledger.deliver(by_way_of=lambda _: (False, "no"))] == ["tracker.example"]


def test_a_change_waits_for_its_hook_in_the_same_transaction(ledger: Ledger):
    ledger.add_hook("https://tracker.example/in", by=ANA)
    id_ = ledger.propose(a_draft(), by=ANA).id
    with pytest.raises(WrongOn):
        ledger.change(id_, _refuse)
    assert len(ledger.deliveries()) == 1
    ledger.change(id_, lambda one: changes.edit(one, {"owner": "Ana"}, by=ANA))
    ledger.decide("late|delivery|", "accept", by=ANA)
    assert [one.event_id.split(".")[0] + "." + one.event_id.split(".")[1] for one in ledger.deliveries()] == [
        "finding.decided",
        "initiative.changed",
        "initiative.created",
    ]


class WrongOn(Exception):
    """A change that goes wrong half way."""


def _refuse(one: object) -> object:
    raise WrongOn


def test_instants_keep_their_zone(ledger: Ledger):
    made = ledger.propose(a_draft(), by=ANA)
    assert ledger.initiative(made.id).history[0].at == datetime(2026, 3, 2, 9, tzinfo=UTC)
