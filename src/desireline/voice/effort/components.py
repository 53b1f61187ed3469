"""What effort is made of: ten components, each with a cap and a weight for when no answers say better.

A component is a whole number per journey, never below 0; more is harder. Beyond its cap more of it counts no further,
so a runaway journey cannot outweigh all others. The index is 100 · Σ weight · component / cap, so 0 is a journey
without any sign of effort and 100 one with every component at its cap.

| component | one unit | cap | weight |
|---|---|---:|---:|
| repeat_contacts | a contact again within 7 days | 3 | 0.22 |
| re_asked | a step done again that once should do | 3 | 0.12 |
| transfers | a hand-off to another group, or to a team by a move that the map does not plan | 5 | 0.14 |
| channel_switches | the customer goes on in another channel | 4 | 0.11 |
| failures | a failed step, a try after one, or a contact within a day of one | 4 | 0.11 |
| loops | a way back to where the journey had been, which the map does not draw | 5 | 0.08 |
| beyond_promise | ln(1 + minutes beyond promised times), in hundredths | 1068 | 0.08 |
| contacts | a contact: a touchpoint at which the customer gets in touch, on one day | 6 | 0.05 |
| company_wait | ln(1 + minutes of waiting for the company), in hundredths | 1177 | 0.05 |
| extra_steps | a touchpoint taken where the planned route does not have it | 5 | 0.04 |

**These weights are a rule of thumb**, ours, to be replaced by the company's own answers as soon as 200 speak about
whole journeys and foretell each other (see `subject` and `calibration`). Their order follows what customers of service
desks named as hard: contacting again, explaining again, being transferred, having to change the channel (Dixon, Freeman
and Toman 2010, Harvard Business Review 88 (7/8), 116–122). Nobody has published such weights for journeys in general.
What the data or the map cannot show is left out, and the other weights share its part: a component that is not
measurable is not 0.

The caps: two logarithms of time reach theirs at 30 days beyond the promise and at 90 days of waiting.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

HUNDREDTHS = 100
"""Logarithms of minutes are kept as whole hundredths, so that sums do not depend on their order."""


@dataclass(frozen=True)
class Component:
    """One sign of effort."""

    name: str
    title: str
    short: str  # for narrow columns
    says: str  # what it counts, in words for a reader
    cap: int
    weight: float
    logarithm: bool = False  # of minutes, in hundredths

    @property
    def unit(self) -> int:
        """So many make one of what is shown."""
        return HUNDREDTHS if self.logarithm else 1


COMPONENTS: tuple[Component, ...] = (
    Component(
        "repeat_contacts", "Repeat contacts", "repeat contacts", "had to get in touch again within 7 days", 3, 0.22
    ),
    Component("re_asked", "Asked again", "asked again", "had to do again what once should do", 3, 0.12),
    Component(
        "transfers", "Transfers", "transfers", "were handed to another group, or to a team off the plan", 5, 0.14
    ),
    Component("channel_switches", "Channel switches", "switches", "had to go on in another channel", 4, 0.11),
    Component(
        "failures", "Failures and retries", "failures", "saw a step fail, or had to try again because of it", 4, 0.11
    ),
    Component("loops", "Loops", "loops", "went back to where they had been, off the plan", 5, 0.08),
    Component(
        "beyond_promise",
        "Waiting beyond promise",
        "beyond promise",
        "waited longer than promised",
        1068,
        0.08,
        logarithm=True,
    ),
    Component("contacts", "Contacts", "contacts", "got in touch", 6, 0.05),
    Component(
        "company_wait",
        "Waiting for the company",
        "waiting",
        "waited for the company to act",
        1177,
        0.05,
        logarithm=True,
    ),
    Component(
        "extra_steps", "Steps off the plan", "off the plan", "took steps that the planned route does not have", 5, 0.04
    ),
)
NAMES: tuple[str, ...] = tuple(one.name for one in COMPONENTS)
CAPS: tuple[int, ...] = tuple(one.cap for one in COMPONENTS)


MINUTES_SAY = "Waiting counts less and less the longer it lasts: 18 hours count 7, 6 days count 9."
"""What readers are told of the two logarithms of minutes: ln(1 + 18 · 60) = 6.99, ln(1 + 6 · 24 · 60) = 9.06."""


def component(name: str) -> Component:
    """The component of this name."""
    return COMPONENTS[NAMES.index(name)]


def published(measurable: Mapping[str, bool]) -> dict[str, float]:
    """The weights of the table above, of what is measurable, made to sum to 1. None at all: all are 0."""
    some = {one.name: one.weight for one in COMPONENTS if measurable.get(one.name, False)}
    total = sum(some.values())
    return {name: some.get(name, 0.0) / total if total else 0.0 for name in NAMES}
