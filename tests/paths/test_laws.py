"""What holds for every question: however customers are split, the answer is the same; none is no trouble."""

from __future__ import annotations

import pickle

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.paths.customers import DAY, SECOND, as_slice, customers, same

from desireline.paths.attribution import Attribution
from desireline.paths.edges import Edges
from desireline.paths.funnel import Funnel
from desireline.paths.order import Order
from desireline.paths.retention import Retention
from desireline.paths.routes import Routes
from desireline.paths.together import Together
from desireline.paths.visits import Visits
from desireline.slices import Slice

QUESTIONS = {
    "funnel": Funnel((0, 1, 0), within=DAY),
    "edges": Edges(4),
    "exact edges": Edges(4, exact=True),
    "routes": Routes(3),
    "visits": Visits(4, steps=3),
    "retention": Retention(),
    "attribution": Attribution(goal=1, channels=3),
    "order": Order((0, 1, -1, 2)),
}
ALL = Together(QUESTIONS)

law = settings(deadline=None, max_examples=60)


def answers(found):
    return ALL.finish(ALL.partial(as_slice(found)))


@law
@given(customers(), st.lists(st.integers(0, 2), min_size=7, max_size=7), st.permutations(range(3)))
def test_customers_in_any_groups_and_any_order_give_the_same_answers(found, groups, order):
    parts = [[one for one, group in zip(found, groups, strict=False) if group == number] for number in order]
    first, second, third = (ALL.partial(as_slice(part)) for part in parts)
    assert same(ALL.finish(ALL.combine([first, second, third])), answers(found))
    assert same(ALL.finish(ALL.combine([ALL.combine([third, first]), second, ALL.combine([])])), answers(found))


@law
@given(customers())
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_looks_only_at_the_columns_that_it_needs(name, found):
    question, whole = QUESTIONS[name], as_slice(found)
    nothing = np.broadcast_to(np.int64(0), whole.events)
    bare = Slice(
        starts=whole.starts,
        at=whole.at if "at" in question.needs else nothing,
        touchpoint=whole.touchpoint if "touchpoint" in question.needs else nothing.view(np.uint64),
        channel=whole.channel if "channel" in question.needs else None,
    )
    assert same(question.finish(question.partial(bare)), question.finish(question.partial(whole)))
    assert question.needs <= ALL.needs


@law
@given(customers(), st.integers(0, 7))
def test_customers_who_are_taken_away_leave_no_trace(found, some):
    whole, part = ALL.partial(as_slice(found)), ALL.partial(as_slice(found[:some]))
    assert same(ALL.finish(ALL.take_away(whole, part)), answers(found[some:]))


@law
@given(customers(), customers())
def test_a_customer_who_is_taken_away_can_come_back_changed(found, others):
    was = ALL.combine([ALL.partial(as_slice(one)) for one in (found, others)])
    left = ALL.take_away(was, ALL.partial(as_slice(found)))
    assert same(ALL.finish(ALL.combine([left, ALL.partial(as_slice(found))])), answers(found + others))


@law
@given(customers(), st.integers(1, 20))
def test_a_big_slice_is_walked_in_pieces(found, largest):
    pieces = Together(QUESTIONS, largest=largest)
    assert same(pieces.finish(pieces.partial(as_slice(found))), answers(found))


@law
@given(customers(), st.sampled_from(["u2", "u4", "u8"]))
def test_the_size_of_the_codes_does_not_matter(found, codes):
    assert same(ALL.finish(ALL.partial(as_slice(found, codes=codes))), answers(found))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_nobody_is_answered_too(question):
    nobody = question.partial(as_slice([]))
    assert same(question.finish(nobody), question.finish(question.combine([])))
    assert same(question.finish(question.take_away(nobody, nobody)), question.finish(question.nothing()))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_all_customers_taken_away_are_nobody(question):
    somebody = question.partial(as_slice([[(0, 0, 0), (SECOND, 1, 1)], [(0, 3, 2)]]))
    assert same(question.finish(question.take_away(somebody, somebody)), question.finish(question.nothing()))


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=QUESTIONS)
def test_a_state_travels(question):
    state = question.partial(as_slice([[(0, 0, 0), (SECOND, 1, 1)], [(-DAY, 3, 2)]]))
    assert same(question.finish(pickle.loads(pickle.dumps(state))), question.finish(state))


def test_many_small_states_add_up():
    ana = as_slice([[(0, 0, 0), (SECOND, 1, 1)]])
    states = [ALL.partial(ana)] * 1500
    step_by_step = ALL.combine([])
    for state in states:
        step_by_step = ALL.combine([step_by_step, state])
    assert same(ALL.finish(step_by_step), ALL.finish(ALL.combine(states)))
    assert ALL.finish(step_by_step)["exact edges"].count.tolist() == [1500]
    assert ALL.finish(step_by_step)["routes"].customers == (1500,)


def test_a_customer_longer_than_a_slice_is_walked_as_one():
    long = [(number * SECOND, number % 4, number % 3) for number in range(5000)]
    pieces = Together(QUESTIONS, largest=64)
    found = pieces.finish(pieces.partial(as_slice([[(0, 0, 0)], long, [(0, 1, 0)]])))
    assert same(found, answers([[(0, 0, 0)], long, [(0, 1, 0)]]))
    assert found["routes"].distinct == 3


def test_sixty_thousand_touchpoints_need_no_table_of_pairs():
    number = np.random.default_rng(5).integers(0, 60_000, 4000)
    found = [[(int(i) * SECOND, int(code), 0) for i, code in enumerate(number)]]
    for exact in (False, True):
        edges = Edges(60_000, exact=exact)
        answer = edges.finish(edges.partial(as_slice(found, codes="u2")))
        pairs = set(zip(number[:-1].tolist(), number[1:].tolist(), strict=True))
        assert list(zip(answer.before.tolist(), answer.after.tolist(), strict=True)) == sorted(pairs)
        assert int(answer.count.sum()) == 3999
