"""Every relative link leads to something that is there, heading included."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from .pages import DOCS, PAGES, ROOT, name, prose

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_links_lead_somewhere(page: Path):
    broken = [link for link in _LINK.findall(prose(page)) if "://" not in link and not _leads_somewhere(page, link)]
    assert broken == []


def test_the_index_names_every_page():
    linked = {
        (DOCS / link.partition("#")[0]).resolve() for link in _LINK.findall((DOCS / "README.md").read_text("utf-8"))
    }
    pages = {
        page.resolve() for page in DOCS.rglob("*.md") if page.parent.name != "decisions" and page.name != "README.md"
    }
    assert {name(page) for page in pages - linked} == set()


def test_the_list_of_decisions_names_every_decision():
    folder = DOCS / "decisions"
    linked = set(_LINK.findall((folder / "README.md").read_text("utf-8")))
    assert {page.name for page in folder.glob("0*.md")} == linked


def test_no_page_holds_a_path_of_somebodys_machine():
    assert [name(page) for page in PAGES if re.search(r"/(home|work|Users|tmp)/", page.read_text("utf-8"))] == []


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = (page.parent / path).resolve() if path else page
    if not target.exists() or not target.is_relative_to(ROOT):
        return False
    return not heading or heading in _anchors(target)


def _anchors(page: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}
