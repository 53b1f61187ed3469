"""Pieces of work side by side: results in order, faults at once, and no more at a time than there are workers."""

from __future__ import annotations

import threading
import time

import pytest

from desireline.side_by_side import side_by_side


def test_results_come_in_the_order_of_the_pieces_whichever_ends_first():
    def work(piece: int) -> int:
        time.sleep(0.002 * (5 - piece))
        return piece * piece

    assert list(side_by_side(work, range(5))) == [0, 1, 4, 9, 16]
    assert list(side_by_side(work, [])) == []


def test_no_piece_is_drawn_long_before_it_is_worked_on():
    drawn, done = [], []

    def pieces():
        for piece in range(20):
            drawn.append(piece)
            yield piece

    for result in side_by_side(lambda piece: piece, pieces(), workers=2):
        done.append(result)
        assert len(drawn) - len(done) <= 2
    assert done == list(range(20))


def test_what_a_piece_raises_is_raised_and_nothing_goes_on_behind_it():
    begun, before = [], threading.active_count()

    def work(piece: int) -> int:
        begun.append(piece)
        return 1 // (piece - 3)

    with pytest.raises(ZeroDivisionError):
        list(side_by_side(work, range(100)))
    assert max(begun) <= 6
    assert threading.active_count() <= before


def test_whoever_stops_asking_stops_the_work():
    begun = []
    results = side_by_side(lambda piece: begun.append(piece), range(1000))
    next(results)
    results.close()
    assert len(begun) < 6
