"""The kinds of report that a map with its numbers can be told as, and what each of them leaves out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from desireline.draw.files.exports import FORMATS

ReportForm: TypeAlias = Literal["pdf", "pptx", "html"]
FORMS: tuple[ReportForm, ...] = get_args(ReportForm)

BRIEF = (
    "Findings after the fifth, and departures of less than 1 % of journeys",
    "Groups, periods, routes, and what the voice is made of",
    "It cannot be imported again",
)
"""What the page and the slides leave out."""


@dataclass(frozen=True)
class Report:
    """A kind of report. `loses`: what is known and not in it. `opens`: what to do with the file."""

    form: ReportForm
    title: str
    says: str
    loses: tuple[str, ...]
    opens: str

    @property
    def media(self) -> str:
        """What kind of file it is, for browsers."""
        return FORMATS[self.form].media


_ALL = (
    Report(
        "pdf",
        "One page (PDF)",
        "The measured map, key figures, top five findings, decisions and verdicts on one page, to print or forward.",
        ("Quotes, and what may help", *BRIEF),
        "One page, to print or to send.",
    ),
    Report(
        "pptx",
        "Slides (PPTX)",
        "The answer, the measured map, a slide for each of the top five findings, decisions, verdicts and method, in "
        "shapes that can be edited.",
        BRIEF,
        "Slides, to show and to edit.",
    ),
    Report(
        "html",
        "Whole report (HTML)",
        "Everything that was measured, in one file that opens in any browser and needs no network.",
        ("It cannot be edited, nor imported again",),
        "Open it in a browser.",
    ),
)
REPORTS: Mapping[str, Report] = {one.form: one for one in _ALL}
