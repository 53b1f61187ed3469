"""What edits do to moves: rates are as asked, the rest keeps its proportions, and nothing leaks."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from desireline.errors import NothingToGoBy, RateImpossible
from desireline.scenarios import chain
from desireline.scenarios.change import change, customers_behind, present_rate, rate_of
from desireline.scenarios.edits import Edit, parse_edit, parse_edits
from desireline.scenarios.margins import refit
from desireline.scenarios.model import Model
from desireline.scenarios.states import LOST, SUCCESS
from scenarios.plain import SHOP, Journey, simulate, tally
from scenarios.plain import j as journey

MOVES = np.array(  # from start, see, cart, pay to see, cart, pay, success, lost, stuck, over
    [
        [0.9, 0.1, 0, 0, 0, 0, 0],
        [0, 0.6, 0.1, 0, 0.3, 0, 0],
        [0.2, 0, 0.5, 0, 0.2, 0.1, 0],
        [0, 0, 0, 1, 0, 0, 0],
    ]
)


def shop(seed: int = 1, journeys: int = 400, draws: int = 30) -> Model:
    return Model(SHOP, tally(simulate(np.random.default_rng(seed), MOVES, journeys)), draws)


def model_of(journeys: Sequence[Journey], draws: int = 20) -> Model:
    return Model(SHOP, tally(journeys), draws)


def several(text: str, times: int, first: int) -> list[Journey]:
    return [journey(text, first + number) for number in range(times)]


FAILING = [
    *several("see cart pay", 60, 0),
    *several("see cart lost", 20, 100),
    *several("see cart! pay", 5, 200),
    *several("see cart! lost", 15, 300),
    *several("cart pay", 10, 400),
    *several("cart! see lost", 10, 500),
]


def changed(model: Model, *edits: str) -> np.ndarray:
    return change(model, parse_edits(edits, SHOP)).moves


def conversion(moves: np.ndarray) -> np.ndarray:
    return chain.chances(moves, SUCCESS)[:, 0]


def test_the_model_gives_back_what_was_counted():
    model = shop()
    begun, over, won, _, _ = model.tally.journeys.sums.sum(axis=0)
    assert begun == over
    assert conversion(model.moves)[0] == pytest.approx(won / begun)
    assert (model.stays[0] * begun).tolist() == pytest.approx(model.came.tolist())


def test_a_rate_becomes_what_it_is_said_to_be():
    model = shop()
    moves = changed(model, "cart lost 0.05")
    cart = model.rows_at("cart")[0]
    assert moves[:, cart, model.size + LOST].tolist() == pytest.approx([0.05] * 31)
    before, after = (np.delete(one[:, cart], model.size + LOST, axis=1) for one in (model.moves, moves))
    assert np.allclose(after / after.sum(axis=1, keepdims=True), before / before.sum(axis=1, keepdims=True))


def test_a_rate_can_be_multiplied():
    model = shop()
    rate = present_rate(model, Edit("move", "cart", "lost", 0.0))
    moves = changed(model, "cart lost x0.5")
    assert moves[0, model.rows_at("cart")[0], model.size + LOST] == pytest.approx(rate / 2)


def test_nothing_changed_is_no_difference():
    model = shop()
    for edit in ("cart lost x1", "see > cart x1", "start > see x1"):
        assert np.allclose(changed(model, edit), model.moves)


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_rows_sum_to_one_and_edits_of_different_places_may_come_in_any_order(seed, one, other):
    model = shop(seed, 200, 5)
    edits = (f"cart lost {one:.4f}", f"see > cart {other:.4f}")
    moves = changed(model, *edits)
    assert np.allclose(moves.sum(axis=2), 1)
    assert (moves >= 0).all()
    assert np.allclose(moves, changed(model, *reversed(edits)))
    assert np.allclose(chain.ends_of(moves, chain.stays(moves)).sum(axis=1), 1)


@given(st.integers(0, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_more_who_go_straight_to_success_never_lower_conversion(seed, one, other):
    acyclic = MOVES.copy()
    acyclic[2, 0], acyclic[2, 4] = 0.0, 0.4
    model = Model(SHOP, tally(simulate(np.random.default_rng(seed), acyclic, 80)), 5)
    low, high = sorted((one, other))
    less, more = (conversion(changed(model, f"cart > pay {rate:.6f}")) for rate in (low, high))
    assert (more >= less - 1e-9).all()


def test_failing_is_changed_for_all_who_arrive():
    model = model_of(FAILING)
    edit = Edit("failing", "cart", "", 0.1)
    assert present_rate(model, edit) == pytest.approx(30 / 120)
    moves = changed(model, "cart failing 0.1")
    stays, (fine, failed) = chain.stays(moves)[0], model.rows_at("cart")
    assert stays[failed] / (stays[fine] + stays[failed]) == pytest.approx(0.1)
    assert stays[failed] < model.stays[0, failed]
    assert np.allclose(moves.sum(axis=2), 1)
    assert np.allclose(moves[:, :, [fine, failed]].sum(axis=2), model.moves[:, :, [fine, failed]].sum(axis=2))


def test_no_failing_at_all_leaves_those_who_did_not_fail():
    model = model_of(
        [*several("see cart pay", 60, 0), *several("see cart lost", 20, 100), *several("see cart! lost", 20, 200)]
    )
    assert conversion(changed(model, "cart failing 0"))[0] == pytest.approx(0.75)
    assert conversion(changed(model, "cart failing 1"))[0] == pytest.approx(0)


def test_a_place_with_failures_is_lost_at_the_asked_rate_in_all():
    model = model_of(FAILING)
    for rate in (0.05, 0.9):
        moves = changed(model, f"cart lost {rate}")
        rows = model.rows_at("cart")
        lost = moves[0, rows, model.size + LOST]
        assert np.average(lost, weights=chain.stays(moves)[0, rows]) == pytest.approx(rate)
        assert lost[1] > lost[0]  # whoever failed is still lost more often


def test_odds_move_alike():
    shares = np.array([[[0.1, 0.9], [0.5, 0.5]]])
    fitted = refit(shares, np.array([3.0, 1.0]), np.array([[0.05, 0.95]]))[0]
    odds = fitted[:, 0] / fitted[:, 1] / (shares[0, :, 0] / shares[0, :, 1])
    assert odds[0] == pytest.approx(odds[1])
    assert np.average(fitted[:, 0], weights=[3, 1]) == pytest.approx(0.05)


def test_a_move_that_nobody_made_goes_to_those_who_come_there():
    model = model_of(FAILING)
    moves = changed(model, "see > pay 0.2")
    assert moves[0, model.rows_at("see")[0], model.rows_at("pay")[0]] == pytest.approx(0.2)
    moves = changed(model, "see stuck 0.1")
    assert chain.ends_of(moves, chain.stays(moves))[0, 2] > 0


def test_two_rates_of_one_place_hold_together():
    model = model_of(FAILING)
    moves = changed(model, "cart lost 0.2", "cart > pay 0.7")
    rows = model.rows_at("cart")
    for columns, rate in (([model.size + LOST], 0.2), (model.rows_at("pay"), 0.7)):
        share = moves[0][rows][:, columns].sum(axis=1)
        assert np.average(share, weights=chain.stays(moves)[0, rows]) == pytest.approx(rate)


@pytest.mark.parametrize(
    ("edits", "kind", "says"),
    [
        (("cart lost 0.6", "cart > pay 0.5"), RateImpossible, "more than 1"),
        (("cart lost x9",), RateImpossible, "more than 1"),
        (("start > see 1", "see > cart 1", "cart > see 1"), RateImpossible, "round for ever"),
        (("see failing 0.1",), NothingToGoBy, "No stay at 'see' failed"),
        (("see late 0.1",), NothingToGoBy, "was late"),
        (("wait see > pay 2d",), NothingToGoBy, "From there they go to cart"),
        (("wait see > cart 2d",), NothingToGoBy, "no wait"),
    ],
)
def test_what_the_data_cannot_answer_is_refused_with_words(edits, kind, says):
    with pytest.raises(kind, match=says):
        changed(model_of(FAILING), *edits)


def test_a_place_that_nobody_came_to_has_nothing_to_go_by():
    model = model_of(several("see lost", 30, 0))
    for edit in ("cart lost 0.1", "cart failing 0.1", "cart > see 0.5"):
        with pytest.raises(NothingToGoBy, match="Nobody came to 'cart'"):
            changed(model, edit)
    with pytest.raises(NothingToGoBy, match="Nobody came to 'cart'"):
        changed(model, "see > cart 0.5")


def test_a_place_of_four_customers_is_not_told():
    with pytest.raises(NothingToGoBy, match="Fewer than 5"):
        changed(model_of([*several("see lost", 30, 0), *several("see cart lost", 4, 100)]), "cart lost 0.1")


def test_when_all_do_the_same_nobody_knows_what_else_they_would_do():
    with pytest.raises(NothingToGoBy, match="nobody does anything else"):
        changed(model_of(several("see cart lost", 30, 0)), "cart lost 0.4")
    with pytest.raises(NothingToGoBy, match="All stays"):
        changed(model_of(several("see cart! lost", 30, 0)), "cart failing 0.4")


def test_a_place_that_nobody_left_yet_ends_unknown():
    model = model_of([*several("see cart …", 20, 0), *several("see pay", 20, 100)])
    assert chain.ends_of(model.moves, model.stays)[0].tolist() == pytest.approx([0.5, 0, 0, 0, 0.5])
    with pytest.raises(NothingToGoBy):
        changed(model, "cart lost 0.1")


def test_a_loop_that_nobody_left_yet_ends_unknown():
    model = model_of([*several("see cart see cart see …", 20, 0), *several("pay", 20, 100)])
    assert chain.ends_of(model.moves, model.stays)[0, SUCCESS] == pytest.approx(0.5)


PLACES = ("see", "cart", "cart!", "cart~", "see!", "pay")
ANY = np.array(  # from start and the places above to these, then to the ends
    [
        [0.6, 0.1, 0.1, 0.05, 0.1, 0.05, 0, 0, 0, 0],
        [0.0, 0.4, 0.1, 0.1, 0.0, 0.1, 0, 0.2, 0.1, 0],
        [0.2, 0.0, 0.0, 0.0, 0.1, 0.5, 0, 0.2, 0.0, 0],
        [0.3, 0.0, 0.0, 0.0, 0.1, 0.1, 0, 0.4, 0.1, 0],
        [0.1, 0.0, 0.0, 0.0, 0.0, 0.4, 0, 0.5, 0.0, 0],
        [0.0, 0.2, 0.2, 0.1, 0.0, 0.1, 0, 0.2, 0.2, 0],
        [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1, 0.0, 0.0, 0],
    ]
)
RATE = st.sampled_from(["0", "x0", "x0.5", "x1", "x1.3", "0.03", "0.2", "0.5", "0.9", "1"])
WHAT = st.sampled_from(
    [
        *("cart failing", "cart late", "see failing", "pay failing", "pay late"),
        *("cart lost", "cart stuck", "see lost", "see stuck", "see over", "start lost"),
        *("see > cart", "see > pay", "cart > see", "cart > pay", "start > see", "start > cart", "start > pay"),
    ]
)


@given(st.integers(0, 30), st.dictionaries(WHAT, RATE, min_size=1, max_size=4), st.sampled_from([30, 300]))
def test_edits_are_realised_together_or_refused(seed, wanted, size):
    told = simulate(np.random.default_rng(seed), ANY, size, places=PLACES)
    model = model_of(told, 5)
    edits = parse_edits([f"{what} {rate}" for what, rate in wanted.items()], SHOP)
    try:
        moves = change(model, edits).moves
    except (NothingToGoBy, RateImpossible):
        return
    stays = chain.stays(moves[:1])[0]
    for edit in edits:
        then = present_rate(model, edit) * edit.amount if edit.times else edit.amount
        assert rate_of(model, edit, moves[0], stays) == pytest.approx(then, abs=1e-9)
    assert np.allclose(moves.sum(axis=2), 1)
    assert (moves >= 0).all()


def test_a_rate_holds_together_with_the_failures_that_it_depends_on():
    told = [*several("see cart pay", 882, 0), *several("see cart lost", 18, 1000)]
    model = model_of([*told, *several("see cart! pay", 20, 2000), *several("see cart! lost", 80, 3000)])
    moves = changed(model, "cart failing 0", "cart lost 0.05")
    assert conversion(moves) == pytest.approx([0.95] * 21)


def test_who_is_sent_to_a_place_anew_fails_there_as_is_asked():
    model = model_of([*several("see lost", 100, 0), *several("cart pay", 100, 100), *several("cart! lost", 100, 200)])
    moves = changed(model, "see > cart 0.5", "cart failing 0")
    assert chain.stays(moves)[:, model.rows_at("cart")[1]] == pytest.approx([0] * 21)


def test_who_only_did_what_nobody_is_to_do_does_as_the_others_there():
    model = model_of([*several("see cart pay", 80, 0), *several("see cart! lost", 20, 100)])
    moves = changed(model, "cart lost 0")
    assert np.allclose(moves.sum(axis=2), 1)
    assert conversion(moves)[0] == pytest.approx(1)


def test_a_rate_of_a_place_where_nobody_comes_any_more_is_refused():
    model = model_of(
        [*several("see cart pay", 50, 0), *several("see lost", 50, 100), *several("see cart lost", 9, 200)]
    )
    with pytest.raises(NothingToGoBy, match="nobody comes to 'cart'"):
        changed(model, "see > cart 0", "cart lost 0.1")


@pytest.mark.parametrize("edit", ["see > pay x1", "wait see > pay x2", "see failing x0.5", "see lost x0.5"])
def test_what_one_customer_did_is_not_told(edit):
    model = model_of([*several("see cart pay", 100, 10), journey("see! lost", 1), journey("see pay", 2, waits=(0, 9))])
    with pytest.raises(NothingToGoBy, match="Fewer than 5 customers"):
        customers_behind(model, parse_edit(edit, SHOP))


def test_the_customers_behind_an_edit_are_those_who_made_the_move():
    model = model_of(FAILING)
    for edit, n in (("see > cart 0.5", 80), ("cart failing 0", 20), ("cart > pay 0.5", 70), ("see > pay 0.1", 110)):
        assert customers_behind(model, parse_edit(edit, SHOP)) == n
