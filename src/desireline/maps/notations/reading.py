"""A text in any notation that maps are read from: which one it is, the map, and what the notation could not say."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from desireline.errors import UnknownFormat
from desireline.maps.files import read_map
from desireline.maps.notations.grid import read_grid
from desireline.maps.notations.mermaid import read_mermaid
from desireline.maps.records import Map

Notation: TypeAlias = Literal["yaml", "mermaid", "grid"]
LACKS: dict[Notation, tuple[str, ...]] = {
    "yaml": (),
    "mermaid": (
        "Scores become feelings: 1 is −2, 3 is neutral, 5 is +2.",
        "People become personas; who of them a customer is and who works here, Mermaid does not say.",
    ),
    "grid": (
        "A column without a touchpoint, or with several, says what it says about its stage.",
        "Rows with names that are not known become notes that begin with the name.",
    ),
}
"""What a reader should know about a map that comes from each notation."""


@dataclass(frozen=True)
class Found:
    """A map that was read, and from what."""

    notation: Notation
    map: Map

    @property
    def lacks(self) -> tuple[str, ...]:
        """What to know about it."""
        return LACKS[self.notation]


def read_any(text: str, name: str = "the text", *, notation: str = "", title: str = "") -> Found:
    """The map in the text; `title` is for a grid, which has none. Raises UnknownFormat, MapUnreadable, MapInvalid."""
    kind = notation or notation_of(text)
    if kind == "yaml":
        return Found("yaml", read_map(text, name))
    if kind == "mermaid":
        return Found("mermaid", read_mermaid(text, name))
    if kind == "grid":
        return Found("grid", read_grid(text, name, title=title))
    raise UnknownFormat(kind, get_args(Notation))


def notation_of(text: str) -> Notation:
    """Which notation a text is in, by how it begins; whatever is neither a map file nor a journey is a grid."""
    said = text.removeprefix("\ufeff")
    if re.search(r"(?m)^(map|format):", said) or said.lstrip().startswith("{"):
        return "yaml"
    bare = re.sub(r"(?s)\A\s*---\n.*?\n---\n", "", said)
    lines = (line.strip() for line in bare.splitlines())
    first = next((line for line in lines if line and not line.startswith(("%%", "```"))), "")
    return "mermaid" if re.fullmatch(r"journey:?", first) else "grid"


def decoded(data: bytes) -> str:
    """The bytes of a file as text: UTF-8 or UTF-16 where they say so, else as old spreadsheets write."""
    for mark, encoding in ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")
