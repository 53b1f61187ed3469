"""What findings need to know of a workspace: groups of customers, and how many stand behind a guess."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import polars as pl
import pytest
from tests.findings.made import finding

from desireline.demo.company import build_demo
from desireline.findings.gather.worth import Worth
from desireline.findings.gathering import Around
from desireline.findings.notice import Findings
from desireline.kept.findings import count_customers, quarters
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.pipeline.listening import Together
from desireline.workspace import Workspace

SHOP = Outline(read_map("map: {id: shop, title: Shop}\nstages: [{id: buy, title: Buy}]"))
AROUND = Around(SHOP, date(2026, 12, 31), None, None)


def found(*findings):
    return Findings(findings, {}, AROUND, Worth(100, 50, None, None))


def behind(counts):
    """A walk after which so many customers stand behind each finding that was asked about."""

    def listen(asked: Together):
        return tuple(pl.DataFrame({"customer_id": range(counts[one.finding.group])}) for one in asked.analyses)

    return listen


def test_only_what_was_guessed_is_counted():
    guess, sure = finding("churning kind", group="a", id="1a"), finding("late", group="b", id="2b")
    told = count_customers(found(guess, sure), behind({"a": 61})).findings
    assert {one.group: (one.customers, one.effect.n) for one in told} == {"a": (61, 61), "b": (100, 100)}


def test_what_is_about_fewer_than_five_is_left_out_also_under_a_lead():
    small, lead = finding("churn pattern", group="a", id="1a"), finding("late", group="b", id="2b")
    (told,) = count_customers(found(replace(lead, also=(small,)), small), behind({"a": 4})).findings
    assert (told.group, told.also) == ("b", ())


def test_without_a_guess_nothing_is_walked():
    only = found(finding("late"))
    assert count_customers(only, behind({})) is only
    assert count_customers(found(), behind({})).findings == ()


@pytest.mark.parametrize(
    ("values", "edges"),
    [
        ([str(n) for n in range(1, 101)], "25,50,75"),
        (["1"] * 60 + [str(n) for n in range(2, 42)], "16"),
        (["7"] * 9, ""),
        (["1", "2", "x"], ""),
        ([], ""),
        ([None, " ", "3"], ""),
    ],
)
def test_numbers_are_cut_in_quarters_of_the_customers(values, edges):
    assert quarters([pl.Series(values, dtype=pl.String)]) == edges


@pytest.mark.long
def test_every_finding_of_a_company_with_problems_opens_to_as_many_customers_as_it_says(tmp_path):
    build_demo(tmp_path / "demo")
    workspace = Workspace.create(tmp_path / "workspace")
    (recipe,), (map_,) = ((tmp_path / "demo").glob(f"*.{kind}.yaml") for kind in ("recipe", "journey"))
    workspace.import_files(
        recipe,
        sorted(path for path in (tmp_path / "demo").glob("*") if path.suffix != ".yaml" and path.name != "truth.json"),
    )
    leads = workspace.findings(map_).findings
    every = [one for lead in leads for one in (lead, *lead.also) if one.customers]
    assert len(every) > 12
    assert [(one.key, workspace.behind(map_, one).height) for one in every] == [
        (one.key, one.customers) for one in every
    ]
