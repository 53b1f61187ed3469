"""What a terminal shows, and what a pipe gets."""

from __future__ import annotations

import io

import polars as pl
from rich.console import Console

from desireline.draw.notebook import ledger_fragment, map_fragment, readings_fragment
from desireline.draw.terminal import say_deviation, show_coverage, show_deviations, show_map, show_readings
from desireline.maps.outline import Outline
from desireline.maps.records import Map
from desireline.tables import READINGS

from .sample import SampleCoverage, sample_ledger, sample_outline, sample_readings


def printed(show, *things, terminal=False, width=100):
    file = io.StringIO()
    show(*things, Console(file=file, force_terminal=terminal, width=width, color_system=None))
    return file.getvalue().replace("\u202f", " ").replace("\u00a0", " ")


def test_a_map_is_a_tree_with_ids():
    text = printed(show_map, sample_outline())
    assert "5 Delivery and return  delivery" in text
    assert "◆ Parcel arrives  delivered" in text
    assert "Pains: Delivery costs are shown late" in text


def test_a_pipe_gets_plain_columns_however_narrow_it_is():
    lines = printed(show_readings, sample_readings(), sample_outline(), width=20).splitlines()
    assert lines[0].split() == [
        "Measure",
        "Place",
        "Group",
        "Period",
        "Value",
        "95",
        "%",
        "interval",
        "n",
        "Note",
    ]
    assert lines[4].split("  ")[0] == "Conversion"
    assert len(lines) == 1 + sample_readings().height


def test_readings_of_small_groups_are_not_printed():
    row = ("conversion", "clothing", "persona:gift", "", 0.123456, 0.1, 0.2, 3, "share", "")
    text = printed(show_readings, pl.DataFrame([row], schema=dict(READINGS.columns), orient="row"), sample_outline())
    assert "12.3" not in text
    assert "fewer than 5 customers" in text


def test_deviations_are_ranked_and_doubtful_effects_marked():
    text = printed(show_deviations, sample_ledger(), sample_outline(), terminal=True, width=160)
    assert text.index("Delivery costs shown") < text.index("Parcel arrives") < text.index("Checkout")
    assert "−62.0 pp" in text
    assert "−2.0 pp ?" in text
    assert "1 row not shown: fewer than 5 customers." in text


def test_one_deviation_is_one_sentence():
    rows = sample_ledger().to_dicts()
    assert say_deviation(rows[1], sample_outline()).endswith(
        "have to wait longer at “Parcel arrives” than promised (402 customers)."
    )
    assert say_deviation(rows[-1], sample_outline()) == "Failed at “Voucher field”: fewer than 5 customers."


def test_coverage_is_told_both_ways():
    text = printed(show_coverage, SampleCoverage(), sample_outline())
    assert "91.0 %  55,947 of 61,480" in text
    assert "compare_prices" in text
    assert "internal_test" not in text
    assert "Not bound to any event: Social advertisement, Style quiz" in text


def test_texts_of_users_are_not_read_as_markup():
    outline = Outline(Map.model_validate({"map": {"id": "m", "title": "[red]boo[/red] [/]"}}))
    assert "[red]boo[/red] [/]" in printed(show_map, outline)


def test_nothing_to_show_is_said():
    assert printed(show_readings, READINGS.empty(), sample_outline()) == "No readings.\n"
    assert printed(show_deviations, pl.DataFrame(), sample_outline()) == "No deviation was found.\n"


def test_notebooks_get_fragments_with_their_own_style_and_no_script():
    fragments = [
        map_fragment(sample_outline(), sample_readings(), sample_ledger()),
        readings_fragment(sample_readings(), sample_outline()),
        ledger_fragment(sample_ledger(), sample_outline()),
    ]
    for fragment in fragments:
        html = fragment._repr_html_()
        assert html.startswith('<div class="desireline"><style>')
        assert "<script" not in html
        assert "var(--" not in html
