"""From the lake to routes, without a map: what events there are, how journeys are cut, and which routes they make.

Two walks over buckets of whole customers: one to see how customers' events fall into journeys, one to take the routes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import polars as pl

from desireline.discovery.known import known_of
from desireline.discovery.profile import CutProposal, Profile, add_profiles, look, propose_cut, take_routes
from desireline.discovery.sequences import Part, Sequences, put_together
from desireline.engine.engine import Engine, Progress
from desireline.pipeline.measuring import Bucket

LOOKED_AT = ("customer_id", "at", "event", "channel", "case_id", "value")


@dataclass(frozen=True)
class Seen:
    """What the data tells before there is a map."""

    profile: Profile
    cut: CutProposal
    sequences: Sequences


def see(read: Callable[[int], Bucket], *, buckets: int, run: Engine, progress: Progress | None = None) -> Seen:
    """All routes of event names; `read` gives a bucket's events in the lake's order, and its customers."""
    profile = run(range(buckets), lambda bucket: look(read(bucket).events), add_profiles, progress=progress)
    profile = add_profiles([profile])
    cut = propose_cut(profile)

    def take(bucket: int) -> Part:
        held = read(bucket)
        part = take_routes(held.events, cut.cut)
        seen = held.customers.filter(pl.col("customer_id").is_in(held.events["customer_id"].unique().to_list()))
        return Part(part.taken, known_of(seen))

    return Seen(profile, cut, Sequences.of(run(range(buckets), take, put_together, progress=progress)))
