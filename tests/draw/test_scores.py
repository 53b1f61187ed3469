"""The section on scores: what is drawn, what stays hollow, and what stays out."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import polars as pl
from tests.measures.rows import SHOP, trips
from tests.voice.scores.told import said, told

from desireline.draw.sections.scores import scores_section
from desireline.measures.view import View
from desireline.voice.scores.pains import rank_pains
from desireline.voice.scores.responders import RespondersAnalysis
from desireline.voice.scores.scores import Scores, ScoresAnalysis
from desireline.voice.scores.trend import TrendAnalysis


def found(rows) -> Scores:
    analysis = ScoresAnalysis()
    return analysis.finish(told(rows))


class Balanced(HTMLParser):
    """Every element that opens closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag not in ("br", "col"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


def html(section) -> str:
    text = str(section.html())
    parser = Balanced()
    parser.feed(text)
    assert parser.open == []
    return text.replace("\u202f", " ").replace("\u00a0", " ")


def test_each_kind_of_score_has_a_table_with_intervals_answers_and_n():
    rows = said([10, 9, 9, 8, 6] * 10, "nps", question="Recommend?", place="shop", level="map", stage="")
    page = html(scores_section(found(rows + said([5, 4, 3, 2, 4] * 10, "csat")), SHOP))
    assert page.count("<table") == 2
    assert "Net promoter score, 0–10: promoters (9–10) minus detractors (0–6), adjusted-Wald interval" in page
    assert re.search(r"Pay <small>How was it\?</small>", page)
    assert "Answers: 2: 10, 3: 10, 4: 20, 5: 10" in page
    assert "60.0 %" in page
    assert "Weighted" not in page


def test_a_small_cell_is_hollow_and_says_where_it_was_moved():
    rows = [row for k in range(6) for row in said([5] * (50 + 8 * k) + [1] * (50 - 8 * k), place=f"t{k}", who=f"t{k}-")]
    page = html(scores_section(found(rows + said([1] * 8, place="pay", who="small-")), SHOP))
    assert page.count("dot hollow") == 1
    assert re.search(r"0 %</b><small>0–32.4 %</small><small>moved to \d+", page)


def test_weights_and_courses_have_columns_where_there_are_any():
    rows = said([5, 1] * 10, weight=2.0, who="a", period="2026-01") + said([5, 5] * 10, who="b", period="2026-02")
    trend = TrendAnalysis().finish(told(rows))
    page = html(scores_section(found(rows), SHOP, trend=trend))
    assert "Weighted" in page
    assert "2026-01: 50.0 % … 2026-02: 100 %" in page


def test_a_stage_that_echoes_its_touchpoint_is_drawn_once():
    rows = said([5, 1] * 10)
    twice = rows + [row | {"id": f"s{k}", "place": "buy", "level": "stage"} for k, row in enumerate(rows)]
    assert html(scores_section(found(twice), SHOP)).count("How was it?") == html(
        scores_section(found(rows), SHOP)
    ).count("How was it?")


def test_texts_of_users_are_escaped():
    page = html(scores_section(found(said([5, 1] * 10, question="<b>Fast & good?</b>")), SHOP))
    assert "&lt;b&gt;Fast &amp; good?&lt;/b&gt;" in page


def test_who_answered_is_told_with_what_was_left_out():
    rows = said([5] * 10, question="A", who="c") + said([4] * 7 + [None], question="B", who="c")
    nobody = RespondersAnalysis().finish(RespondersAnalysis().combine([]))
    page = html(scores_section(found(rows), SHOP, responders=nobody))
    assert "Who answered" in page
    assert re.search(r"<th scope=\"row\">B</th><td class=\"num\">10</td><td class=\"num\">7 \(70.0 %\)", page)


def test_very_few_who_answered_are_not_counted_out():
    steps = [{"customer": f"c{k}", "journey": f"j{k}", "minute": 60 * k, "touchpoint": "pay"} for k in range(4)]
    about = {"place": "pay", "question": "Pay?", "minute": 9, "score": 3.0, "low": 1.0, "high": 5.0, "rule": "csat"}
    answers = [{"customer": "c0", "journey": "j0"} | about, about]  # one of them by nobody known
    analysis = RespondersAnalysis()
    who = analysis.finish(analysis.combine([analysis.partial(View(trips(steps, answers=answers), SHOP))]))
    page = html(scores_section(found(said([5] * 10)), SHOP, responders=who))
    assert "fewer than 5 of fewer than 5 customers with journeys answered." in page
    assert "fewer than 5 answers came from nobody known." in page


def test_reasons_stand_below_the_scores():
    coded = {"rule": "mean", "scale": (None, None), "score": None}
    rows = said([5, 4] * 10, who="c") + [
        {"customer": f"c{k}", "question": "Problem: <signs>", **coded} for k in range(7)
    ]
    page = html(scores_section(found(rows), SHOP, pains=rank_pains(told(rows))))
    assert "&lt;signs&gt;" in page
    assert "35.0 %" in page


def test_without_scores_there_is_no_section():
    assert scores_section(None, SHOP) is None
    assert scores_section(found([]), SHOP) is None
    assert scores_section(found(said([5])), SHOP) is not None  # a hidden cell says why
    assert "fewer than 5 customers" in html(scores_section(found(said([5])), SHOP))


def test_the_same_scores_give_the_same_bytes():
    rows = told(said([5, 4, 1] * 10))
    one, other = (ScoresAnalysis().finish(frame) for frame in (rows, rows.sample(fraction=1, shuffle=True, seed=2)))
    assert isinstance(one.cells, pl.DataFrame)
    assert html(scores_section(one, SHOP)) == html(scores_section(other, SHOP))
