"""What may be done to an initiative when, and what stays written down."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from desireline.errors import (
    BaselineMissing,
    FixedAtStart,
    InitiativeInvalid,
    UnknownField,
    UnknownTask,
    WrongStatus,
)
from desireline.initiatives import changes
from desireline.initiatives.export import COLUMNS, as_table
from desireline.initiatives.records import By, Initiative, Judged, draft, new_task
from desireline.initiatives.trial import Trial, usual_direction

ANA = By("ana", datetime(2026, 3, 2, 9, tzinfo=UTC))
LATER = By("ben", datetime(2026, 6, 1, 9, tzinfo=UTC))
BASELINE = {
    "value": 0.2,
    "low": 0.1,
    "high": 0.3,
    "n": 90,
    "unit": "share",
    "since": "2026-01-05",
    "until": "2026-03-01",
}
TARGET: dict[str, Any] = {"measure": "promise_kept", "at": "answer", "baseline": BASELINE, "expected": 0.3}


def said(**more: Any) -> dict[str, Any]:
    return {"title": "Faster answers", "map_id": "shop", "target": TARGET, "starts_on": "2026-03-02"} | more


def made(**more: Any) -> Initiative:
    return changes.propose(draft(said(**more)), id_="faster", by=ANA)


def running(**more: Any) -> Initiative:
    return changes.start(made(**more), on=date(2026, 3, 2), by=ANA)


def told(one: Initiative) -> list[tuple[str, str, str, str]]:
    return [(line.who, line.what, line.before, line.after) for line in one.history]


def test_an_initiative_with_a_start_is_planned_and_one_without_is_proposed():
    assert made().status == "planned"
    assert made(starts_on=None).status == "proposed"


def test_every_change_leaves_a_line_and_a_new_version():
    one = changes.edit(made(), {"owner": "Ana", "title": "Faster"}, by=LATER)
    assert one.version == 2
    assert told(one)[1:] == [("ben", "owner", "", "Ana"), ("ben", "title", "Faster answers", "Faster")]


def test_a_change_to_the_same_changes_nothing():
    one = made()
    assert changes.edit(one, {"title": "Faster answers"}, by=LATER) is one


def test_a_start_without_a_baseline_is_refused():
    with pytest.raises(BaselineMissing, match="no baseline"):
        changes.start(made(target=TARGET | {"baseline": None}), on=date(2026, 3, 2), by=ANA)


def test_a_baseline_that_reaches_past_the_start_is_refused():
    with pytest.raises(InitiativeInvalid, match="past the start"):
        changes.start(made(), on=date(2026, 3, 1), by=ANA)


def test_a_start_in_the_future_is_refused_and_one_in_the_past_is_told():
    with pytest.raises(InitiativeInvalid, match="still to come"):
        changes.start(made(), on=date(2026, 3, 3), by=ANA)
    late = changes.start(made(), on=date(2026, 3, 2), by=LATER)
    assert told(late)[-1][1] == "told late"
    assert Trial.of(late).told_late
    assert not Trial.of(running()).told_late


@pytest.mark.parametrize(
    "change",
    [
        {"target": TARGET | {"expected": 0.1}},
        {"target": TARGET | {"measure": "csat"}},
        {"target": TARGET | {"baseline": BASELINE | {"value": 0.1}}},
        {"hypothesis": "We knew it"},
        {"roll_out": {"kind": "by group", "by": "channel", "arms": [{"name": "email"}]}},
        {"starts_on": "2026-04-01"},
        {"ends_on": "2026-09-01"},
        {"findings": ["late"]},
    ],
    ids=lambda change: next(iter(change)),
)
def test_what_the_verdict_rests_on_is_fixed_at_the_start(change: dict[str, Any]):
    assert changes.edit(made(), change, by=ANA).version == 2
    for one in (running(), changes.finish(running(), on=date(2026, 5, 1), by=LATER)):
        with pytest.raises(FixedAtStart, match="was fixed then"):
            changes.edit(one, change, by=LATER)


def test_owner_and_title_may_change_while_it_runs_and_after_it():
    for one in (running(), changes.finish(running(), on=date(2026, 5, 1), by=LATER)):
        changed = changes.edit(one, {"owner": "Ben", "title": "Faster"}, by=LATER)
        assert (changed.owner, changed.title) == ("Ben", "Faster")


@pytest.mark.parametrize("end", ["2026-03-19", "2027-12-31", None])
def test_the_planned_end_is_fixed_at_the_start_and_no_later_word_moves_it(end: str | None):
    """Whoever may move the end may look until chance is kind, and call that the end."""
    running_, done = running(ends_on="2026-09-01"), running(ends_on="2026-09-01")
    for one in (running_, changes.finish(done, on=date(2026, 5, 1), by=LATER)):
        with pytest.raises(FixedAtStart, match="its planned end was fixed then"):
            changes.edit(one, {"ends_on": end}, by=LATER)


def test_an_early_end_leaves_the_plan_and_the_guard_against_early_looks_as_they_were():
    one = running(ends_on="2026-09-01")
    seen = Judged(at=LATER.at, who="ben", word="too early", says="…", data_until=datetime(2026, 4, 1, 12, tzinfo=UTC))
    one = changes.look(changes.judge(one, seen, by=LATER), date(2026, 4, 20), by=LATER)
    before = Trial.of(one)
    done = changes.finish(one, on=date(2026, 5, 1), by=LATER)
    assert (done.ends_on, done.ended_on) == (date(2026, 9, 1), date(2026, 5, 1))
    assert Trial.of(done) == before
    assert before.share(date(2026, 5, 1)) == 61 / 184
    assert before.looks(datetime(2026, 5, 1, tzinfo=UTC)) == 3
    gone = Trial.of(changes.stop(one, reason="No money", on=date(2026, 5, 1), by=LATER))
    assert gone.ends_on == date(2026, 5, 1)  # later days show nothing of it
    assert gone.share(date(2026, 5, 1)) == before.share(date(2026, 5, 1))
    assert gone.looks(datetime(2026, 6, 1, tzinfo=UTC)) == 3


def test_without_a_plan_no_end_makes_one():
    one = running()
    for ended in (
        changes.finish(one, on=date(2026, 5, 1), by=LATER),
        changes.stop(one, reason="No", on=date(2026, 5, 1), by=LATER),
    ):
        assert Trial.of(ended).share(date(2026, 5, 1)) is None
    assert Trial.of(one).share(date(2026, 5, 1)) is None


def test_before_the_start_no_share_of_the_plan_has_passed():
    assert Trial.of(running(ends_on="2026-09-01")).share(date(2026, 2, 1)) == 0


def test_a_look_is_written_down_once_for_each_day_of_data():
    one = changes.look(running(), date(2026, 4, 1), by=LATER)
    assert told(one)[-1] == ("ben", "looked", "", "data up to 2026-04-01")
    assert changes.look(one, date(2026, 4, 1), by=LATER) is one
    with pytest.raises(WrongStatus):
        changes.look(made(), date(2026, 4, 1), by=LATER)


def test_what_answers_a_finding_was_picked_because_it_looked_bad():
    assert Trial.of(running(findings=["late"])).picked
    assert not Trial.of(running()).picked


@pytest.mark.parametrize(
    ("reason", "who", "says"),
    [
        ("a\x1bb", "ben", r"reason: holds a control character \(U\+001B\)"),
        ("a" * 4_001, "ben", "reason: .*at most 4,?000"),
        ("No money", "be\x07n", "who: holds a control character"),
        ("No money", "b" * 201, "who: .*at most 200"),
    ],
)
def test_reasons_and_names_that_hide_something_or_are_too_long_are_refused(reason: str, who: str, says: str):
    with pytest.raises(InitiativeInvalid, match=says):
        changes.stop(running(), reason=reason, on=date(2026, 3, 3), by=By(who, LATER.at))


def test_a_design_too_long_for_the_history_is_told_in_part():
    arms = [{"name": f"{number:03}{'x' * 190}"} for number in range(30)]
    one = changes.edit(made(), {"roll_out": {"kind": "by group", "by": "channel", "arms": arms}}, by=LATER)
    assert told(one)[-1][3].endswith("…")


def test_the_ways_from_status_to_status():
    done = changes.finish(running(), on=date(2026, 5, 1), by=LATER)
    assert (done.status, done.ended_on) == ("finished", date(2026, 5, 1))
    stopped = changes.stop(running(), reason="No money", on=date(2026, 4, 1), by=LATER)
    assert told(stopped)[-1] == ("ben", "reason", "", "No money")
    assert changes.stop(made(), reason="No", on=date(2026, 4, 1), by=LATER).status == "stopped"
    for one in (done, stopped):
        with pytest.raises(WrongStatus, match="It is over"):
            changes.start(one, on=date(2026, 3, 2), by=LATER)
    with pytest.raises(WrongStatus, match="start it, or stop it"):
        changes.finish(made(), on=date(2026, 5, 1), by=LATER)
    with pytest.raises(InitiativeInvalid, match="say why"):
        changes.stop(made(), reason=" ", on=date(2026, 4, 1), by=LATER)
    with pytest.raises(InitiativeInvalid, match="before it starts"):
        changes.finish(running(), on=date(2026, 3, 1), by=LATER)


def test_an_end_before_the_start_is_refused():
    with pytest.raises(InitiativeInvalid, match="before it starts"):
        made(ends_on="2026-03-01")


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"title": "x" * 10_000}, "at most 200"),
        ({"title": "bell\x07"}, r"control character \(U\+0007\)"),
        ({"title": "\u202egnp.exe"}, "control character"),
        ({"title": ""}, "at least 1"),
        ({"target": TARGET | {"expected": -0.1}}, "greater than 0"),
        ({"target": TARGET | {"expected": float("nan")}}, "finite|greater"),
        ({"target": TARGET | {"direction": "sideways"}}, "'up' or 'down'"),
        ({"colour": "red"}, "colour"),
        ({"roll_out": {"kind": "by group", "by": "channel", "arms": []}}, "no arm is treated"),
        ({"roll_out": {"kind": "by group", "arms": [{"name": "a"}]}}, "what tells the arms apart"),
        ({"roll_out": {"kind": "randomised", "by": "channel", "arms": [{"name": "a"}]}}, "property:NAME"),
        ({"roll_out": {"kind": "everywhere", "arms": [{"name": "a"}]}}, "no arms"),
        ({"roll_out": {"kind": "by group", "by": "channel", "arms": [{"name": "a"}, {"name": "a"}]}}, "named twice"),
    ],
)
def test_what_cannot_be_is_refused_in_words(wrong: dict[str, Any], says: str):
    with pytest.raises(InitiativeInvalid, match=says) as fault:
        made(**wrong)
    assert len(str(fault.value)) < 600  # what was said is not repeated


def test_an_unknown_field_is_told_with_the_nearest():
    with pytest.raises(UnknownField, match="Did you mean 'owner'"):
        changes.edit(made(), {"ownr": "x"}, by=ANA)


def test_tasks_are_added_and_done():
    one = changes.add_task(running(), new_task("Hire two", "Ana"), by=LATER)
    done = changes.set_task(one, 1, done=True, by=LATER)
    assert [task.done for task in done.tasks] == [True]
    assert changes.set_task(done, 1, done=True, by=LATER) is done
    with pytest.raises(UnknownTask, match="numbered 1 to 1"):
        changes.set_task(done, 2, done=True, by=LATER)
    with pytest.raises(InitiativeInvalid, match="control character"):
        new_task("\x00")


def test_verdicts_stand_beside_each_other():
    first = Judged(at=LATER.at, who="ben", word="too early", says="…", data_until=LATER.at)
    with pytest.raises(WrongStatus):
        changes.judge(made(), first, by=LATER)
    one = changes.judge(running(), first, by=LATER)
    assert told(one)[-1] == ("ben", "verdict", "", "too early")


def test_looks_count_data_and_not_questions():
    trial = Trial.of(running(ends_on="2026-09-01"))
    data = [datetime(2026, month, 1, tzinfo=UTC) for month in (5, 5, 6)]
    again = Trial(trial.target, trial.starts_on, trial.ends_on, earlier=tuple(at.date() for at in data))
    assert again.looks(data[2]) == 2
    assert again.looks(datetime(2026, 9, 1, tzinfo=UTC)) == 2  # the planned end is no early look
    assert trial.looks(datetime(2026, 9, 1, tzinfo=UTC)) == 1
    assert trial.share(date(2026, 9, 1)) == 1


def test_initiatives_overlap_on_one_measure_at_one_place_at_one_time():
    one, other = made(), changes.propose(draft(said(starts_on="2026-04-01")), id_="other", by=ANA)
    assert changes.overlaps(one, [other]) == [other]
    assert changes.overlaps(one, [one], own_id=one.id) == []
    apart = [
        {"target": TARGET | {"at": "checkout"}},
        {"target": TARGET | {"measure": "csat"}},
        {"map_id": "other"},
        {"starts_on": None},
        {"starts_on": "2026-01-01", "ends_on": "2026-02-01"},
    ]
    assert [changes.overlaps(one, [made(**more)]) for more in apart] == [[]] * len(apart)
    email, chat = ({"target": TARGET | {"group": group}} for group in ("channel:email", "channel:chat"))
    assert changes.overlaps(made(**email), [made(**chat)]) == []
    assert len(changes.overlaps(made(**email), [one])) == 1  # everybody holds those of the channel
    stopped = changes.stop(other, reason="No", on=date(2026, 4, 1), by=LATER)
    assert changes.overlaps(one, [stopped]) == []


def test_an_initiative_goes_through_json_and_comes_back_the_same():
    one = changes.add_task(running(), new_task("Übung; mit „Zeichen“"), by=LATER)
    assert Initiative.model_validate(one.as_json()) == one


def test_less_is_better_for_times_and_losses():
    assert [usual_direction(one) for one in ("time_median", "drop_off", "conversion")] == ["down", "down", "up"]


def test_the_table_has_a_row_for_each_and_every_column():
    table = as_table([running(), made(starts_on=None)])
    assert list(table.columns) == list(COLUMNS)
    assert table["status"].to_list() == ["running", "proposed"]
    assert as_table([]).height == 0
