"""Outcomes of scenarios: worked out by hand, drawn by brute force, and quiet where nothing is known."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest

from desireline.errors import NothingToGoBy
from desireline.maps.files import read_map
from desireline.maps.outline import Outline
from desireline.scenarios.edits import parse_edits
from desireline.scenarios.levers import levers, waits
from desireline.scenarios.memory import remember
from desireline.scenarios.model import Model
from desireline.scenarios.outcome import Imagined, Outcome, imagine
from desireline.scenarios.scenarios import Scenarios
from desireline.scenarios.states import States
from desireline.scenarios.tally import Tally
from desireline.scenarios.waits import respond
from desireline.scenarios.written import levers_json, whatif_json
from scenarios.plain import DAY, SHOP, Journey, simulate, tally
from scenarios.plain import j as journey
from scenarios.test_change import FAILING, MOVES, model_of, several

MAP = """
map: {id: shop, title: Shop, currency: EUR, journey: {by: life, success: [pay]}}
stages: [{id: find}, {id: buy}]
touchpoints:
  - {id: see, stage: find, title: Sees it, when: {event: see}}
  - {id: cart, stage: buy, title: Puts it in the cart, when: {event: cart}}
  - {id: pay, stage: buy, title: Pays, when: {event: pay}}
"""
OUTLINE = Outline(read_map(MAP, "shop"))


def asked(journeys: list[Journey], *edits: str, draws: int = 200, days: float = 365.25) -> dict[str, Outcome]:
    model = Model(SHOP, tally(journeys, days=days), draws)
    return {one.name: one for one in imagine(model, parse_edits(edits, SHOP), currency="EUR").outcomes}


def numbers(outcome: Outcome) -> tuple[float, float, float]:
    assert outcome.before
    assert outcome.after
    assert outcome.delta
    return outcome.before.value, outcome.after.value, outcome.delta.value


SIMPLE = [
    *[journey("see cart pay", n, waits=(0, DAY, 2 * DAY), values=(0, 0, 10)) for n in range(50)],
    *[journey("see cart lost", n, waits=(0, DAY)) for n in range(50, 75)],
    *[journey("see lost", n) for n in range(75, 100)],
]


def test_a_scenario_is_what_one_works_out_by_hand():
    found = asked(SIMPLE, "cart lost 0.2")
    assert numbers(found["conversion"]) == pytest.approx((0.5, 0.6, 0.1))
    assert numbers(found["conversions"]) == pytest.approx((50, 60, 10))
    assert numbers(found["lost"]) == pytest.approx((0.5, 0.4, -0.1))
    assert numbers(found["value"]) == pytest.approx((500, 600, 100))
    assert numbers(found["time"]) == pytest.approx((3 * DAY, 3 * DAY, 0))
    assert "stuck" not in found


def test_a_wait_moves_the_time_to_success():
    found = asked(SIMPLE, "wait cart > pay 1d")
    assert numbers(found["time"]) == pytest.approx((3 * DAY, 2 * DAY, -DAY))
    assert numbers(found["conversion"]) == pytest.approx((0.5, 0.5, 0))
    assert "not known" in found["conversion"].note


def test_a_year_is_made_of_the_days_that_there_are():
    assert numbers(asked(SIMPLE, "cart lost 0.2", days=365.25 / 4)["conversions"]) == pytest.approx((200, 240, 40))
    model = Model(SHOP, tally(SIMPLE, days=5), 20)
    told = imagine(model, parse_edits(["cart lost 0.2"], SHOP))
    assert (told.journeys, told.period) == (100, "in the data")


def test_an_edit_that_changes_nothing_has_no_difference_and_no_width():
    found = asked(SIMPLE, "cart lost x1", "wait see > cart x1")
    for outcome in found.values():
        if outcome.delta:
            assert (outcome.delta.value, outcome.delta.low, outcome.delta.high) == pytest.approx((0, 0, 0), abs=1e-9)


def test_brute_force_agrees():
    rng = np.random.default_rng(3)
    better = MOVES.copy()
    better[2] *= 0.95 / 0.8
    better[2, 4] = 0.05
    told = asked(simulate(rng, MOVES, 4000), "cart lost 0.05")["conversion"]
    before, after = (np.mean([one.end == "success" for one in simulate(rng, m, 20_000)]) for m in (MOVES, better))
    assert numbers(told)[0] == pytest.approx(before, abs=0.025)
    assert numbers(told)[2] == pytest.approx(after - before, abs=0.02)


def test_more_customers_make_the_interval_narrower():
    few, many = (
        asked(simulate(np.random.default_rng(1), MOVES, size), "cart lost 0.05")["conversion"].delta
        for size in (100, 4000)
    )
    assert few
    assert many
    assert (many.high - many.low) < (few.high - few.low) / 3


def test_who_comes_back_follows_the_end():
    told = [
        *[journey("see pay", n, back=n < 40) for n in range(50)],
        *[journey("see lost", 50 + n, back=n < 10) for n in range(50)],
    ]
    assert numbers(asked(told, "see lost 0")["back"]) == pytest.approx((0.5, 0.8, 0.3))


def test_feeling_follows_the_end_and_what_went_wrong():
    told = [
        *[journey("see cart pay", n, levels=(1500,)) for n in range(60)],
        *[journey("see cart~ pay", 100 + n, levels=(-500,)) for n in range(40)],
        *several("see lost", 20, 200),
    ]
    found = asked(told, "cart late 0.1")["felt"]
    assert numbers(found) == pytest.approx((0.7, 1.3, 0.6), abs=1e-6)
    assert numbers(asked(told, "see lost 0")["felt"]) == pytest.approx((0.7, 0.7, 0), abs=1e-6)


def test_a_wait_that_goes_with_success_moves_it():
    rng = np.random.default_rng(2)
    told = []
    for n in range(600):
        slow = n % 2
        wins = rng.random() < (0.4 if slow else 0.8)
        wait = int(DAY * (4 if slow else 1) * rng.uniform(0.9, 1.1))
        told.append(
            Journey(
                n, ("see", "cart", "pay") if wins else ("see", "cart"), "success" if wins else "lost", waits=(0, wait)
            )
        )
    found = asked(told, "wait see > cart x0.25")["conversion"]
    assert found.delta
    assert found.delta.value == pytest.approx(0.2, abs=0.06)
    assert found.delta.low > 0.1
    slower = asked(told, "wait see > cart x40")["conversion"]
    assert "beyond what was seen" in slower.note


@pytest.mark.parametrize("outcome", ["conversion", "back", "felt"])
def test_a_dose_is_not_known_from_a_few(outcome):
    model = model_of([journey("see cart pay", n, waits=(0, DAY), back=True, levels=(5,)) for n in range(20)])
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    found = respond(model, edit, 0.5, outcome)
    assert (found.known, found.says) == (False, "not known: 20 customers to go by, 60 are needed")
    assert not found.overall.any()


def dosed(customers: int, each: int, rng: np.random.Generator) -> list[Journey]:
    """Each customer always waits and ends alike, a short wait or a long one, whatever comes of it."""
    found = []
    for who in range(customers):
        wait, wins = int(rng.choice([60, DAY])), rng.random() < 0.5
        ended = journey("see cart pay" if wins else "see cart lost", who, waits=(0, wait))
        found += [ended] * each
    return found


def test_a_dose_of_a_few_customers_is_not_known_however_often_they_come():
    told = [*several("see lost", 100, 500), *dosed(4, 40, np.random.default_rng(1))]
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    found = respond(model_of(told), edit, 0.5, "conversion")
    assert (found.known, found.groups) == (False, ())
    assert found.says == "not known: fewer than 5 customers to go by, 60 are needed"


def test_journeys_of_one_customer_are_not_taken_for_many():
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    rng = np.random.default_rng(7)
    wrong = [respond(model_of(dosed(100, 20, rng)), edit, 0.5, "conversion").known for _ in range(60)]
    assert sum(wrong) <= 0.05 * 60 + 2 * (0.05 * 0.95 * 60) ** 0.5
    [*groups] = respond(model_of(dosed(100, 20, rng)), edit, 0.5, "conversion").groups
    assert sum(row[4] for row in groups) == 100
    assert all(row[3] - row[2] > 0.2 for row in groups)


def test_intervals_of_shares_lie_between_none_and_all():
    told = [journey("see cart pay", n, waits=(0, 60)) for n in range(80)]
    told += [journey("see cart lost", 100 + n, waits=(0, DAY)) for n in range(80)]
    [edit] = parse_edits(["wait see > cart x0.5"], SHOP)
    found = respond(model_of(told), edit, 0.5, "conversion")
    assert found.known
    assert [(row[1], row[4]) for row in found.groups] == [(1.0, 80), (0.0, 80)]
    assert all(0 <= row[2] < row[3] <= 1 for row in found.groups)


def test_what_a_wait_saves_is_taken_from_all_other_ends():
    told = []
    for n in range(2000):
        wins = n % 20 < (19 if n < 1000 else 10)
        told.append(
            journey(
                "see cart pay" if wins else "see cart stuck",
                n,
                waits=(0, 60 if n < 1000 else 10 * DAY),
                values=(0, 0, 100) if wins else (),
            )
        )
    found = asked([*told, *several("see lost", 40, 3000)], "wait see > cart x0.0001")
    shares = [found[name] for name in ("conversion", "lost", "stuck")]
    assert sum(numbers(one)[1] for one in shares) == pytest.approx(1)
    assert all(one.after and one.after.low >= 0 for one in shares)
    assert numbers(found["stuck"])[2] < numbers(found["lost"])[2] < 0
    gained = numbers(found["conversions"])[2]
    assert numbers(found["value"])[2] == pytest.approx(100 * gained)
    assert "success that the wait brings" in found["value"].note


def test_nobody_knows_how_long_a_move_takes_that_nobody_made():
    told = [*[journey("see cart pay", n, waits=(0, DAY, DAY)) for n in range(100)], *several("see lost", 100, 200)]
    found = asked(told, "see > pay 0.6")
    assert found["time"].delta is None
    assert "nobody has made one of these moves" in found["time"].note
    assert found["conversion"].delta


def test_what_one_customer_did_is_no_lever():
    told = [*several("see cart pay", 100, 10), *several("see lost", 4, 200), journey("see! lost", 1)]
    assert levers(model_of(told)) == ()


def test_a_touchpoint_called_start_has_levers_of_its_own():
    states = States(("start", "pay"), ("pay",))
    told = [*several("start lost", 50, 0), *several("start pay", 50, 50), *several("pay", 100, 100)]
    [lever] = levers(Model(states, tally(told, states), 20))
    assert (lever.place, lever.what, lever.rate, lever.n) == ("start", "lost", pytest.approx(0.5), 50)


def test_a_loop_under_way_does_not_stop_the_longer_memory():
    told = [*several("see pay", 50, 0), *several("see lost", 50, 100), *several("cart lost", 20, 200)]
    memory = remember(model_of([*told, journey("see cart see cart see …", 300)]), parse_edits(["see lost 0.1"], SHOP))
    assert memory.delta is not None
    assert 0 < memory.delta < 1


def test_everybody_and_nobody_succeeding_are_answers():
    every = asked(several("see pay", 30, 0), "see lost x1")
    assert numbers(every["conversion"]) == pytest.approx((1, 1, 0))
    nobody = asked([*several("see cart lost", 30, 0), *several("see lost", 30, 50)], "see lost 0.9")
    assert numbers(nobody["conversion"]) == (0, 0, 0)
    assert nobody["time"].note == "not known: no journey succeeds"
    assert nobody["value"].note == "not known: no event carries money"
    assert nobody["back"].note == "not known: no customer began another journey"
    assert nobody["felt"].note == "not known: no scored answers"


def test_levers_say_what_less_of_them_is_worth_the_largest_first():
    model = Model(SHOP, tally([*SIMPLE, *[replace(one, customer=one.customer + 200) for one in FAILING]]), 50)
    found = levers(model)
    assert {(one.place, one.what) for one in found} == {("see", "lost"), ("cart", "lost"), ("cart", "failing")}
    worth = [one.value.value for one in found if one.value]
    assert worth == sorted(worth, reverse=True)
    edit = next(one for one in found if (one.place, one.what) == ("cart", "lost"))
    [asked_one] = [one for one in imagine(model, parse_edits(["cart lost x0.9"], SHOP)).outcomes if one.name == "value"]
    assert asked_one.delta
    assert edit.value
    assert edit.value.value == pytest.approx(asked_one.delta.value)


def test_waits_are_listed_by_all_the_time_in_them():
    assert [(one.place, one.to, one.seconds, one.n) for one in waits(model_of(SIMPLE))] == [
        ("cart", "pay", 2 * DAY, 50),
        ("see", "cart", DAY, 75),
    ]


def test_a_chain_without_memory_is_found_to_have_none():
    model = Model(SHOP, tally(simulate(np.random.default_rng(4), MOVES, 2000)), 10)
    edits = parse_edits(["cart lost 0.05"], SHOP)
    memory = remember(model, edits)
    [conversion] = [one for one in imagine(model, edits).outcomes if one.name == "conversion"]
    assert not memory.matters
    assert conversion.delta
    assert memory.delta == pytest.approx(conversion.delta.value, abs=0.01)


def test_memory_is_found_where_the_step_before_decides():
    told = [*several("see cart pay", 200, 0), *several("cart lost", 200, 1000)]
    memory = remember(model_of(told), parse_edits(["cart lost 0.25"], SHOP))
    assert memory.matters
    assert memory.delta == pytest.approx(0, abs=0.26)


def test_memory_answers_edits_of_failures_too():
    moves = np.zeros((5, 9))  # see, cart, cart!, pay
    moves[0, 0], moves[4, 4] = 1, 1
    moves[1, [1, 2, 5]] = 0.5, 0.2, 0.3
    moves[2, [0, 3, 5]] = 0.1, 0.7, 0.2
    moves[3, [0, 3, 5]] = 0.1, 0.3, 0.6
    told = simulate(np.random.default_rng(6), moves, 3000, places=("see", "cart", "cart!", "pay"))
    model, edits = Model(SHOP, tally(told), 10), parse_edits(["cart failing 0.05"], SHOP)
    [conversion] = [one for one in imagine(model, edits).outcomes if one.name == "conversion"]
    found = remember(model, edits)
    assert not found.matters
    assert conversion.delta
    assert found.delta == pytest.approx(conversion.delta.value, abs=0.01)


def scenarios(journeys: list[Journey]) -> Scenarios:
    return Scenarios(OUTLINE, tally(journeys))


def test_the_same_question_has_the_same_answer():
    one, other = (
        json.dumps(whatif_json(made, made.ask(["cart lost 0.1"]))) for made in map(scenarios, (SIMPLE, SIMPLE))
    )
    assert one == other
    assert json.loads(one)["if"] == "if behaviour elsewhere stays the same"
    assert len(json.loads(json.dumps(levers_json(scenarios(SIMPLE))))["levers"]) == 2


def test_a_question_with_nobody_behind_it_is_refused():
    for told, says in (([], "No customers"), (several("see pay", 4, 0), "Fewer than 5")):
        with pytest.raises(NothingToGoBy, match=says):
            scenarios(told)
    with pytest.raises(NothingToGoBy, match="Fewer than 5 customers"):
        scenarios([journey("see pay", 1)] * 30)


def test_a_map_without_success_is_told_so():
    plain = MAP.replace(", success: [pay]", "")
    told = Scenarios(Outline(read_map(plain, "shop")), tally(SIMPLE))
    assert told.notes() == ("The map does not say what success is; it is taken to be “Pays”, its last touchpoint.",)
    unbound = "map: {id: shop, title: Shop}\nstages: [{id: find}]\ntouchpoints: [{id: see, stage: find, title: Sees}]"
    with pytest.raises(NothingToGoBy, match="Bind one, or name the one that is"):
        Scenarios(Outline(read_map(unbound, "shop")), tally(SIMPLE))


def test_nobody_and_everybody_are_noted():
    assert "Nobody succeeded" in scenarios(several("see lost", 9, 0)).notes()[0]
    assert "Everybody succeeded" in scenarios(several("see pay", 9, 0)).notes()[0]


def test_young_months_are_left_out_and_said():
    told = [*several("see pay", 40, 0), *several("see lost", 40, 50)]
    young = [
        replace(one, month=601, customer=one.customer + 200)
        for one in [*several("see …", 30, 0), *several("see pay", 9, 50)]
    ]
    found = scenarios([*told, *young])
    assert found.model.chances[0, 0] == pytest.approx(0.5)
    assert found.basis().endswith("39 begun after 2020-01 are left out, because many of them are under way.")
    assert "counted too rarely" in scenarios([*told[:20], *young]).basis()


def test_a_tally_can_be_asked_again_and_again():
    made = scenarios(SIMPLE)
    first: Imagined = made.ask(["cart lost 0.1"]).imagined
    made.ask(["see lost 0.1"])
    assert made.ask(["cart lost 0.1"]).imagined.outcomes == first.outcomes
    assert isinstance(made.tally, Tally)
