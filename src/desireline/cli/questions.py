"""The questions of `desireline paths`: what may be said to each, and what it answers. Without typer and polars."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from desireline.cli.data import SHARED, Data
from desireline.cli.voice import WrongOption, say_json
from desireline.cli.words import AS_JSON, Word, how_many
from desireline.pipeline.answer import Answer
from desireline.pipeline.asked import AskAttribution, Asked, AskFunnel, AskRetention, AskRoutes
from desireline.pipeline.asked_moves import AskEdges, AskOrder, AskVisits
from desireline.units import parse_duration

GRAINS = ("day", "week", "month")


@dataclass(frozen=True)
class Question:
    """One command: its own words, and what they ask for."""

    about: str
    words: tuple[Word, ...]
    asked: Callable[[Mapping[str, Any]], Asked | None]  # None: asks for the names alone

    @property
    def known(self) -> tuple[Word, ...]:
        """All that may be said."""
        return (*self.words, *SHARED, AS_JSON)

    def answer(self, said: Mapping[str, Any]) -> None:
        """The answer is printed."""
        asked, as_json = self.asked(said), bool(said["as_json"])
        data = Data(**{word.name: said[word.name] for word in SHARED})
        found: Answer | dict[str, list[str]] = data.ask(asked, quiet=as_json) if asked else data.names(quiet=as_json)
        if as_json:
            say_json(found.as_json() if isinstance(found, Answer) else found)
            return
        from desireline.cli.answers import show_answer, show_names  # loads rich, which JSON does without

        if isinstance(found, Answer):
            show_answer(found, limit=said.get("limit") or said.get("periods"))
        else:
            show_names(found)


def _duration(text: str, option: str) -> timedelta:
    try:
        found = parse_duration(text)
    except ValueError as fault:
        raise WrongOption(option, f"{fault}.") from None
    if not found:
        raise WrongOption(option, f"{text!r} leaves no time. Write it like 30m, 2h or 7d.")
    return found


def _within(text: str | None) -> timedelta | None:
    return None if text is None else _duration(text, "--within")


def _retention(said: Mapping[str, Any]) -> AskRetention:
    if said["by"] not in GRAINS:
        raise WrongOption("--by", f"{said['by']!r} is no period. Choose one of {', '.join(GRAINS)}.")
    return AskRetention(said["by"])


QUESTIONS: Mapping[str, Question] = {
    "funnel": Question(
        "Count the customers who take these steps one after the other, whatever lies between.",
        (
            Word(
                "steps",
                "In their order: see cart pay, or 'see > cart > pay'.",
                many=True,
                needed=True,
                metavar="STEPS…",
            ),
            Word("within", "Time from the first step to the last: 30m, 2h, 7d.", ("--within",)),
        ),
        lambda said: AskFunnel(tuple(said["steps"]), _within(said["within"])),
    ),
    "edges": Question(
        "Count which event follows which, and how long that takes; the most frequent first.",
        (
            Word("exact", "Exact medians; else those of frequent moves are within 1.6 %.", ("--exact",), bool, False),
            how_many(20),
        ),
        lambda said: AskEdges(exact=said["exact"], limit=said["limit"]),
    ),
    "routes": Question(
        "List the orders of events that most customers share; immediate repeats count once.",
        (how_many(20),),
        lambda said: AskRoutes(said["limit"]),
    ),
    "visits": Question(
        "Show how visits go on: what customers do first, second, third … until they are silent for a while.",
        (
            Word("silence", "A longer silence ends a visit: 30m, 2h, 1d.", ("--silence",), default="30m"),
            Word("steps", "How many steps of a visit.", ("--steps",), int, 10, low=1, high=50),
            how_many(15),
        ),
        lambda said: AskVisits(_duration(said["silence"], "--silence"), said["steps"]),
    ),
    "retention": Question(
        "Show how many of the customers who came first in a period come again in the periods after it.",
        (
            Word("by", "day, week or month.", ("--by",), default="week"),
            Word(
                "periods",
                "How many periods to show; as many as have room when missing.",
                ("--periods",),
                int,
                low=1,
            ),
        ),
        _retention,
    ),
    "attribution": Question(
        "Credit channels with the customers who reach a goal: what would be lost without each; first, last, linear.",
        (Word("goal", "The event that counts as success: pay.", needed=True, metavar="GOAL"),),
        lambda said: AskAttribution(said["goal"]),
    ),
    "order": Question(
        "Compare the order of events with the order of stages: back-steps, skipped stages, customers who conform.",
        (
            Word(
                "stages",
                "In their order: 'see, look > cart > pay'. Those of the map when missing.",
                many=True,
                metavar="STAGES…",
            ),
        ),
        lambda said: AskOrder(tuple(said["stages"] or ())),
    ),
    "names": Question("List what can be asked about: events (or the map's touchpoints), channels.", (), lambda _: None),
}
