"""Questions to the data: one job for all who ask the same, waited for when somebody wants that, and its faults told."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from tests.loops import on_a_loop

from desireline.errors import NoDataYet, QuestionUnclear
from desireline.maps.files import read_map
from desireline.server.jobs import Job, Jobs
from desireline.server.looks import PATIENCE_S, Looks
from desireline.workspace import Workspace

MAP = """
map: {id: shop, title: Shop}
stages: [{id: see, title: See}]
touchpoints: [{id: page, title: Page, stage: see}]
"""


class Asked:
    """Work that counts how often it is begun, and goes on when it may."""

    def __init__(self, answer: Any = "42", *, fault: Exception | None = None) -> None:
        self.times, self.may = 0, Event()
        self._answer, self._fault = answer, fault

    def __call__(self, _workspace: Workspace, _step: Any) -> Any:
        self.times += 1
        self.may.wait(20)
        if self._fault:
            raise self._fault
        return self._answer


class Counted(Jobs):
    """Jobs that say when so many watch."""

    def __init__(self, enough: int) -> None:
        super().__init__()
        self.left, self.all_watch = enough, asyncio.Event()

    def watch(self, id_: str, *, every: float = 15) -> AsyncIterator[Job | None]:
        self.left -= 1
        if not self.left:
            self.all_watch.set()
        return super().watch(id_, every=every)


@pytest.fixture
def looks(tmp_path: Path) -> Looks:
    Workspace.create(tmp_path)
    return Looks(tmp_path, Jobs())


def test_whoever_waits_for_the_answer_has_it_however_long_it_takes(looks: Looks):
    work = Asked({"n": 42})

    async def story() -> tuple[int, Any]:
        waiting = asyncio.create_task(looks.answer("n", ["a"], work))
        later = await looks.ask("n", ["a"], work)  # beside it, and only as long as patience lasts
        work.may.set()
        return later.status_code, await waiting

    assert on_a_loop(story()) == (202, {"n": 42})
    assert work.times == 1


def test_all_who_wait_for_the_same_hear_its_fault_and_the_next_who_asks_does_not(tmp_path: Path):
    Workspace.create(tmp_path)
    work = Asked(fault=QuestionUnclear("Unclear."))

    async def story() -> list[Any]:
        jobs = Counted(3)
        looks = Looks(tmp_path, jobs)
        some = [asyncio.create_task(looks.answer("n", ["a"], work)) for _ in range(3)]
        await jobs.all_watch.wait()
        work.may.set()
        told: list[Any] = [str(one) for one in await asyncio.gather(*some, return_exceptions=True)]
        good = Asked()
        good.may.set()
        return [*told, await looks.answer("n", ["a"], good)]

    assert on_a_loop(story()) == ["Unclear.", "Unclear.", "Unclear.", "42"]
    assert work.times == 1


@pytest.mark.parametrize("patience", [PATIENCE_S, None])
def test_a_mistake_of_this_program_ends_the_waiting(looks: Looks, patience: float | None):
    work = Asked(fault=ZeroDivisionError("a mistake"))
    work.may.set()

    async def story() -> Any:
        answer = await looks.ask("n", ["a"], work, patience=patience)
        return answer.status_code, json.loads(bytes(answer.body))["state"]

    if patience is None:
        with pytest.raises(ZeroDivisionError):
            on_a_loop(story())
    else:
        assert on_a_loop(story()) == (202, "failed")


def test_an_answer_is_held_for_a_map_until_the_map_is_another_one(looks: Looks):
    map_ = read_map(MAP)
    told = json.loads(map_.model_dump_json())
    turned = type(map_).model_validate({**told, "map": dict(reversed(told["map"].items()))})
    other = map_.model_copy(update={"map": map_.map.model_copy(update={"title": "Store"})})
    works = [Asked(name) for name in ("first", "second", "third")]
    for work in works:
        work.may.set()

    async def story() -> list[Any]:
        return [
            await looks.answer("n", [one, "group"], work)
            for one, work in zip((map_, turned, other), works, strict=True)
        ]

    assert on_a_loop(story()) == ["first", "first", "third"]


def test_without_data_nothing_is_begun(tmp_path: Path):
    work = Asked()
    with pytest.raises(NoDataYet):
        on_a_loop(Looks(tmp_path / "none", Jobs()).answer("n", [], work))
    assert work.times == 0
