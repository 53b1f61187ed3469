"""Whether promises can be kept in sight: each needs data that shows whether it was kept."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.maps.checks.check import Look, Note, check
from desireline.maps.records import Promise, ScorePromise, TimePromise
from desireline.maps.rules import Rule


@check("promise-without-measure", "warning")
def promise_without_measure(look: Look) -> Iterator[Note]:
    """A promise stands where nothing shows whether it is kept.

    Why it matters: a promise that nobody measures is broken unnoticed.
    What helps: for a promise of time, bind the touchpoint (and the one it counts from) to events; for one of
    score or effort, say which answers speak about the place (`feedback: {question: …}`).
    """
    bound = {point.id for point in look.outline.bound}
    for place, promise in _touchpoint_promises(look):
        if promise.time is None:
            continue
        if place not in bound:
            says = f"Touchpoint {look.titles[place]} promises a time, but no event shows when it happens."
            yield Note(place, says, "Bind it to events (when:).")
        elif promise.time.after is not None and promise.time.after not in bound:
            start = look.titles.get(promise.time.after, f"“{promise.time.after}”")
            says = f"Touchpoint {look.titles[place]} promises a time after {start}, which is bound to no event."
            yield Note(place, says, f"Bind {start} to events (when:).")
    for place, called, promise, feedback in _places(look):
        if feedback is None and (promise.score or promise.effort):
            says = f"{called} promises a score, but no rule says which answers speak about it."
            yield Note(place, says, "Add feedback: {question: …}.")


@check("promise-unclear", "error")
def promise_unclear(look: Look) -> Iterator[Note]:
    """A promise does not say what is promised.

    Why it matters: it can be neither kept nor broken.
    What helps: for time exactly one of `within`, `by_due`, `kept_when`; for a score `at_least` or `at_most`.
    """
    for place, called, promise, _ in _places(look):
        for part in _parts(promise):
            if isinstance(part, TimePromise) and _forms(part) != 1:
                many = "no" if _forms(part) == 0 else "more than one"
                yield Note(
                    place,
                    f"The time promised by {called} has {many} form.",
                    "Say one: within, by_due or kept_when.",
                )
            if isinstance(part, ScorePromise) and part.at_least is None and part.at_most is None:
                yield Note(
                    place,
                    f"The {part.measure} promised by {called} has no level.",
                    "Add at_least: or at_most:.",
                )


@check("moment-without-promise", "hint")
def moment_without_promise(look: Look) -> Iterator[Note]:
    """A moment of truth promises nothing.

    Why it matters: this is where customers make up their minds; what they may expect there should be agreed.
    What helps: a promise of time, effort, score or feeling (`promise: …`).
    """
    for point in look.outline.touchpoints:
        if point.moment_of_truth and point.promise is None:
            says = f"Touchpoint {look.titles[point.id]} is a moment of truth and promises nothing."
            yield Note(point.id, says, "Add promise: with a time, effort, score or feeling.")


def _touchpoint_promises(look: Look) -> Iterator[tuple[str, Promise]]:
    for point in look.outline.touchpoints:
        yield from ((point.id, promise) for promise in look.outline.promises(point))


def _places(look: Look) -> Iterator[tuple[str, str, Promise, Rule | None]]:
    """Each promise with its place, what that is called, and the place's rule for answers."""
    head = look.map.map
    if head.promise:
        yield look.id, "The map", head.promise, head.feedback
    for stage in look.outline.stages:
        if stage.promise:
            yield stage.id, f"Stage {look.titles[stage.id]}", stage.promise, stage.feedback
    for point in look.outline.touchpoints:
        for promise in look.outline.promises(point):
            yield point.id, f"Touchpoint {look.titles[point.id]}", promise, point.feedback


def _parts(promise: Promise) -> Iterator[TimePromise | ScorePromise]:
    yield from (part for part in (promise.time, promise.score, promise.effort) if part is not None)


def _forms(time: TimePromise) -> int:
    return sum((time.within is not None, time.by_due, time.kept_when is not None))
