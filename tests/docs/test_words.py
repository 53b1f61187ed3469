"""The docs speak the glossary's words."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .pages import DOCS, PAGES, name, prose

# From the column “we do not say”; words that also mean something else in plain English are left out.
FORBIDDEN = (
    *("canvas", "phase", "phases", "SLA", "verbatim", "verbatims", "error row", "error rows", "user id", "user ids"),
    *("violation", "violations", "metric", "metrics", "import config", "hits"),
)


OURS = [page for page in PAGES if "examples" not in page.parts]  # examples speak of other people's data


def test_forbidden_words_are_those_of_the_glossary():
    glossary = (DOCS / "glossary.md").read_text("utf-8")
    rejected = " ".join(line.split("|")[3] for line in glossary.splitlines() if line.count("|") == 4)
    assert [word for word in FORBIDDEN if word not in rejected and word.removesuffix("s") not in rejected] == []


@pytest.mark.parametrize("page", [page for page in OURS if page.name != "glossary.md"], ids=name)
def test_pages_use_the_words_of_the_glossary(page: Path):
    said = re.sub(r"`[^`]*`|\([^)]*\.md[^)]*\)", "", prose(page))
    assert [word for word in FORBIDDEN if re.search(rf"\b{word}\b", said)] == []


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_nothing_is_called_simple(page: Path):
    assert re.findall(r"\b(?:[Ss]imply|[Ee]asily|[Oo]bviously)\b", prose(page)) == []
