"""Effort on the edges of the flow."""

from __future__ import annotations

from dataclasses import dataclass

from desireline.draw.sections.hardship import effort_marks, hardest, say_hardest
from desireline.maps.files import read_map
from desireline.maps.outline import Outline

MAP = """
map: {id: shop, title: Shop, journey: {by: life}}
stages: [{id: buy, title: Buy}]
touchpoints:
  - {id: see, stage: buy, title: Sees it}
  - {id: cart, stage: buy, title: Cart}
  - {id: pay, stage: buy, title: Pays}
"""
EFFORT = {("see", "cart"): 0.6, ("cart", "pay"): 3.25, ("pay", "see"): 9.0, ("see", "pay"): 0.1}


@dataclass(frozen=True)
class At:
    place: str
    step: int
    y: float = 10.0
    height: float = 20.0


def test_the_hardest_of_the_drawn_moves_come_first_and_easy_ones_are_left_out():
    drawn = [("see", "cart"), ("cart", "pay"), ("see", "cart"), ("see", "pay")]
    assert hardest(EFFORT, drawn) == [("cart", "pay"), ("see", "cart")]


def test_each_hard_move_is_marked_once_where_it_is_first_drawn():
    nodes = [At("see", 0), At("cart", 1), At("pay", 2), At("cart", 0), At("pay", 1)]
    marks = effort_marks(nodes, [("cart", "pay"), ("see", "cart", "pay")], EFFORT, wide=100)
    assert [("+3.2" in mark, "+0.6" in mark) for mark in marks] == [(True, False), (False, True)]
    assert 'x="72"' in marks[0]


def test_the_hardest_move_is_told_in_words():
    outline = Outline(read_map(MAP, "shop"))
    assert "most follows “Cart” → “Pays”" in say_hardest(EFFORT, [("see", "cart", "pay")], outline)
    assert say_hardest({}, [("see", "cart")], outline) == ""
