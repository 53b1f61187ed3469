"""What of the app is shown in pictures: each sight by its name on the tours of the tests, with its words.

`python -m docs.take_pictures` takes them and writes `pictures.md`; a test holds page, files and app together.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

ENDING = "webp"


@dataclass(frozen=True)
class Shown:
    """A sight: what the tour calls it, the name of its picture, and what is said of it."""

    sight: str
    name: str
    alt: str
    says: str
    phone: bool = False
    """It is shown on a phone, too."""

    @property
    def files(self) -> list[str]:
        """The names of its files, in light and dark."""
        sizes = [self.name, *([f"{self.name}-phone"] if self.phone else [])]
        return [file_name(size, scheme) for size in sizes for scheme in ("light", "dark")]


def file_name(name: str, scheme: str) -> str:
    """What a picture in this scheme of colours is called."""
    return f"{name}-{scheme}.{ENDING}"


SECTIONS: dict[str, tuple[Shown, ...]] = {
    "Draw a map": (
        Shown(
            "HomePage: maps",
            "home",
            "Cards with small drawings of maps, and three ways to begin another.",
            "All maps of a workspace, and the ways to begin one: from a template, from data, or with the demo.",
            phone=True,
        ),
        Shown(
            "TemplateDialog",
            "template",
            "A list of templates with a preview of the chosen one.",
            "A template is a map that is complete; one changes what does not fit.",
        ),
        Shown(
            "MapPage: board",
            "board",
            "A board with stages above, touchpoints below them, lanes of cards and an emotion curve.",
            "The board: stages, touchpoints, lanes of cards, and the curve of how it is meant to feel.",
        ),
        Shown(
            "MapPage: from afar",
            "afar",
            "The whole board, small enough to fit the window.",
            "The same board from afar; cards grow readable again as one comes nearer.",
        ),
        Shown(
            "OutlineView",
            "outline",
            "The map as nested lines of text, with fields beside them.",
            "The outline holds the same map as lines, for those who would rather write than draw.",
        ),
        Shown(
            "DetailsPanel: touchpoint",
            "details",
            "A panel beside the board with the fields of a touchpoint.",
            "Details: promise, channels, team, rule and evidence of what is selected.",
        ),
        Shown(
            "PeoplePanel: a persona",
            "personas",
            "A panel with the personas, teams and channels of the map, one persona opened.",
            "Personas, teams and channels are drawn once and named everywhere.",
        ),
        Shown(
            "RemarksPanel",
            "remarks",
            "A list of remarks on the map, each with a way out.",
            "Remarks say what the map lacks, and what to do about it.",
        ),
        Shown(
            "PaletteDialog",
            "palette",
            "A list of commands below a search field.",
            "Every command is found by its name, and works from the keyboard.",
        ),
    ),
    "Draw together": (
        Shown(
            "CommentsPanel",
            "comments",
            "A thread of comments beside the board.",
            "Comments stand at what they speak of; a name in them is told of it.",
        ),
        Shown(
            "CompareDialog: Board",
            "compare",
            "A version beside the map of today, with the changed card marked.",
            "A version is compared with the map of today before it is restored.",
        ),
        Shown(
            "WorkshopPanel",
            "workshop",
            "A panel with a timer and dots to vote with.",
            "A workshop has a timer and votes that nobody sees before they are counted.",
        ),
        Shown(
            "PresentView: a stage",
            "present",
            "One stage of the map, as large as the screen.",
            "A map is presented stage by stage, without slides to keep up to date.",
        ),
        Shown(
            "ExportPanel",
            "export",
            "A panel with the formats in which a map can be exported.",
            "Pictures, pages, slides, workbooks and a page of its own, for those without an account.",
        ),
        Shown(
            "SharePanel",
            "share",
            "A panel with a share link and the day on which it ends.",
            "A share link shows one map to somebody outside, until it is revoked or ends.",
        ),
        Shown(
            "SharedPage",
            "shared",
            "A map as a stranger with a link sees it, without tools.",
            "What such a link shows: the map, to read.",
        ),
    ),
    "See the journey customers take": (
        Shown(
            "NumbersRow",
            "actual",
            "The board with a lane of measured numbers below the touchpoints.",
            "Actual: what customers do, on the map that was drawn. What nothing was measured at is hatched.",
            phone=True,
        ),
        Shown(
            "NumbersRow: two groups",
            "two-groups",
            "The lane of numbers with two columns, one for each channel.",
            "Two groups side by side; the drawing stays as it is.",
        ),
        Shown(
            "NumbersRow: difference",
            "difference",
            "The board with red marks at the touchpoints where customers part from the plan.",
            "Difference: where the two journeys part, each way with its mark, its word and its share.",
        ),
        Shown(
            "NumbersPanel",
            "numbers",
            "A panel with all numbers of one touchpoint, each with its interval.",
            "All that is measured at a touchpoint. Each number opens to its customers.",
        ),
        Shown(
            "TruthPanel",
            "truth",
            "A panel with a score for the map, and the cards that do not hold.",
            "How far the map may be believed, and which of its cards are wrong, stale or unproven.",
        ),
        Shown(
            "FlowView: Routes",
            "routes",
            "Bands from touchpoint to touchpoint, solid where planned and dashed where not.",
            "Routes that many share, with an exact “other”.",
        ),
        Shown(
            "FlowView: Loops",
            "loops",
            "Arcs between touchpoints, forward above and back below.",
            "Moves between touchpoints, and where customers go back.",
        ),
        Shown(
            "FlowView: Stages",
            "stages",
            "A funnel of stages with an interval at each bar.",
            "How many come to each stage.",
        ),
        Shown(
            "FlowView: Time between",
            "times",
            "Bars of the times from one touchpoint to the next.",
            "How long it takes from one touchpoint to the next.",
        ),
        Shown(
            "CustomersView: behind a number",
            "customers",
            "A list of customers, each with what they did and how many texts they wrote.",
            "The customers behind a number: exactly those who were counted.",
        ),
        Shown(
            "CustomersView: one customer",
            "customer",
            "The journey of one customer as a timeline beside the planned route.",
            "One customer’s journey, planned against actual, with what they said.",
            phone=True,
        ),
        Shown(
            "CustomersView",
            "find-customer",
            "A field for a customer’s id, and three ways to come to customers from a number.",
            "A customer is found by their id, or from any number.",
        ),
    ),
    "Hear customers": (
        Shown(
            "VoiceView: Topics",
            "topics",
            "Topics with their size, their trend and quotes.",
            "What customers write about, with masked quotes.",
            phone=True,
        ),
        Shown(
            "VoiceView: Scores",
            "scores",
            "Lines of scores over months with a band around each.",
            "Scores over time, each with its interval.",
        ),
        Shown(
            "VoiceView: Drivers",
            "drivers",
            "Dots by importance and performance, in four fields.",
            "What moves satisfaction: importance against performance.",
        ),
        Shown(
            "VoiceView: Channels",
            "channels",
            "The same promise in each channel, with a verdict beside it.",
            "Is a promise kept alike in every channel?",
        ),
        Shown(
            "VoiceView: Effort",
            "effort",
            "Effort by touchpoint and by hand-off between teams.",
            "How hard journeys are, and at which hand-offs.",
        ),
    ),
    "Decide, act, verify": (
        Shown(
            "FindingsView: List",
            "findings",
            "A ranked list of findings beside the page of the first one.",
            "Findings, the costliest first: claim, evidence, method in plain words, customers and their words.",
            phone=True,
        ),
        Shown(
            "FindingsView: Impact and effort",
            "matrix",
            "Findings on a field of impact against effort.",
            "Impact against effort, moved by drag or by keys.",
        ),
        Shown(
            "DecisionsView: Initiatives",
            "initiatives",
            "A board of initiatives in columns by how far they are.",
            "What was decided, and how far it is.",
        ),
        Shown(
            "DecisionsView: an initiative",
            "initiative",
            "The page of an initiative with its target and its baseline.",
            "A target is fixed before the start, with the number it starts from.",
        ),
        Shown(
            "DecisionsView: its verdict",
            "verdict",
            "A line over weeks with the start marked, and the verdict in a sentence.",
            "Did it help? The verdict says so, or how much more data it takes.",
        ),
        Shown(
            "DecisionsView: what would follow",
            "what-if",
            "Sliders for rates and waits beside what would follow.",
            "A rate or a wait is moved, and the outcomes follow, with their intervals.",
        ),
        Shown(
            "DecisionsView: Teams",
            "teams",
            "For each team its touchpoints, its goals and its hand-offs.",
            "Who owns what, and where work changes hands.",
        ),
    ),
    "Bring in data": (
        Shown(
            "DataView: Sources",
            "sources",
            "A table of sources with their rows, first and last day and state.",
            "Which data there are, how fresh each source is, and what fell silent.",
        ),
        Shown(
            "DataView: Bring in",
            "bring-in",
            "A place to drop files, with the recipes that are kept.",
            "Files are dropped, read and tried before anything is taken.",
        ),
        Shown(
            "DataView: Refused rows",
            "refused",
            "Refused rows by reason, with an example of each.",
            "What was not taken, and why: to download, mend and replay.",
        ),
        Shown(
            "DataView: Binding",
            "binding",
            "Events without a touchpoint at the left, touchpoints with their rules at the right.",
            "Which events belong to which touchpoint, counted while a rule is written.",
        ),
    ),
    "Run it for a team": (
        Shown(
            "MembersPage",
            "members",
            "The members of a workspace with their roles.",
            "Members, their roles, and invitations.",
        ),
        Shown(
            "TokensPage",
            "tokens",
            "A list of tokens with what each may do.",
            "Tokens let programs in, each with rights of its own.",
        ),
        Shown(
            "AuditPage",
            "audit",
            "A log of who did what, with a button that checks its chain.",
            "The audit log; each line is chained to the one before.",
        ),
        Shown(
            "MePage", "me", "The page about oneself: name, password, colours.", "One’s own name, password and colours."
        ),
        Shown("SignInPage", "sign-in", "Two fields for name and password.", "The door."),
        Shown(
            "InvitationPage",
            "invitation",
            "A page that welcomes somebody who was invited.",
            "Who was invited chooses a name and a password.",
        ),
        Shown(
            "LinkPage",
            "link",
            "A page that says that a link was used already, and what to do.",
            "A link that cannot be used any more says so.",
        ),
    ),
}


def everything() -> Iterator[Shown]:
    """All that is shown, in its order."""
    for shown in SECTIONS.values():
        yield from shown


def page() -> str:
    """The page of the documentation that shows all of them."""
    parts = [_HEAD]
    for title, shown in SECTIONS.items():
        parts += [f"## {title}\n", *(_figure(one) for one in shown)]
    return "\n".join(parts)


def _figure(one: Shown) -> str:
    phone = f" {_picture(f'{one.name}-phone', f'{one.alt} On a phone.', 160)}" if one.phone else ""
    return f"{one.says}\n\n{_picture(one.name, one.alt, 720)}{phone}\n"


def _picture(name: str, alt: str, width: int) -> str:
    dark, light = (f"pictures/{file_name(name, scheme)}" for scheme in ("dark", "light"))
    return (
        f'<picture><source media="(prefers-color-scheme: dark)" srcset="{dark}">'
        f'<img alt="{alt}" src="{light}" width="{width}"></picture>'
    )


_HEAD = """# The app in pictures

Taken by `make pictures` of a made-up clothing retailer; do not edit by hand. Your reader chooses light or dark.

How to use what is shown: [draw together](how-to/draw-together.md), [see the journey customers
take](how-to/see-the-journey.md), [find what matters](how-to/find-what-matters.md), [decide, act,
verify](how-to/initiative.md).
"""
