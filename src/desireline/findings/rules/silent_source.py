"""A source of data fell silent."""

from __future__ import annotations

from collections.abc import Iterator

from desireline.findings.dossier import Dossier
from desireline.findings.finding import Check, Effect, Finding, Who
from desireline.findings.gather.drift import DRIFT
from desireline.findings.rule import rule


@rule("A source fell silent", needs=(DRIFT,))
def silent_source(dossier: Dossier, *, days: int = 2) -> Iterator[Check]:
    """A source brings nothing for more than twice as long as it ever did, or less than a third of its usual rows.

    Weekdays are held against the same weekdays, and a season that all sources feel is no silence. `days` is the
    shortest silence that is told. Only silences that last are told: after them the data are as they were.

    Why it matters: where nothing arrives, nothing can be seen. What looks like customers who stay away may be an export
    that broke.
    What helps: ask who runs the source, mend the export, import the missing days. Until then nothing is said about
    changes at the touchpoints that it feeds.
    """
    found = dossier.get(DRIFT)
    for silence in found.silent_now:
        if silence.days >= days:
            effect = Effect("rows, of what is usual", _share(silence.rows, silence.usual), None, None, "share", 0)
            yield Check(
                Finding(
                    "silent source",
                    silence.source,
                    silence.says,
                    effect,
                    0,
                    Who(silence.kind, silence.source, since=silence.since),
                )
            )
    sources = dossier.around.volumes
    known = sources["source"].n_unique() if "source" in sources.columns else 0
    for _ in range(known - len(found.silent_now)):
        yield Check(None)


def _share(rows: int, usual: float) -> float:
    return min(1.0, rows / usual) if usual > 0 else 0.0
