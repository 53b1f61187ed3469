"""Drivers: from answers to what moves overall satisfaction."""

from dataclasses import replace

import numpy as np
import polars as pl
import pytest

from desireline.errors import QuestionUnclear, UnknownQuestion
from desireline.tables import ANSWERS
from desireline.voice.drivers.asked import Asked
from desireline.voice.drivers.drivers import ENOUGH, Drivers, FindDrivers, FindDriversOfEach, find_drivers
from voice.ratings import HOTEL, answer, survey, view


def guests(n: int = 60, *, food_from: int = 0) -> list[dict[str, object]]:
    """Guests whose overall rating is that of the room, now and then one off; breakfast says nothing."""
    told = []
    for k in range(n):
        room = 1 + (7 * k) % 5
        overall = room if k % 4 else 1 + room % 5
        told += [answer(f"g{k:03}", "Overall", overall), answer(f"g{k:03}", "Room", room)]
        told += [answer(f"g{k:03}", "Food", 1 + (3 * k + k // 5) % 5 if k >= food_from else None)]
    return told


def drivers(answers, asked: Asked | None = None, buckets: int = 1) -> Drivers:
    analysis = FindDrivers(HOTEL, asked or Asked())
    frame = answers if isinstance(answers, pl.DataFrame) else ANSWERS.shape(pl.DataFrame(answers))
    people = frame["customer_id"].unique().sort()
    parts = [
        analysis.partial(view(frame.filter(pl.col("customer_id").is_in(people[k::buckets].implode()))))
        for k in range(buckets)
    ]
    return analysis.finish(analysis.combine(parts))


def test_what_moves_the_whole_stands_first_with_its_touchpoint():
    found = drivers(guests())
    room, food = found.drivers
    assert (found.of, found.n, found.together, found.method) == ("Overall", 60, "response", "lmg")
    assert (room.question, room.place, room.title, room.n) == ("Room", "room", "The room", 60)
    assert room.importance.value + food.importance.value == pytest.approx(1)
    assert room.significant
    assert not food.significant
    assert food.quadrant == "not significant"


def test_r_squared_is_that_of_least_squares():
    told = pl.DataFrame(guests()).pivot(on="question", index="customer_id", values="score")
    x = np.column_stack([np.ones(60), told["Room"], told["Food"]])
    left = told["Overall"] - x @ np.linalg.lstsq(x, told["Overall"].to_numpy(), rcond=None)[0]
    assert drivers(guests()).explained.value == pytest.approx(1 - left.var(ddof=0) / told["Overall"].var(ddof=0))


def test_ratings_are_moved_to_a_hundred_and_turned_so_that_more_is_better():
    turned = [row | {"low": 5.0, "high": 1.0, "score": 6 - row["score"]} for row in guests()]
    room = drivers(guests()).drivers[0]
    assert room.performance.value == pytest.approx(50)
    assert drivers(turned).drivers[0] == room


def test_what_was_not_applicable_is_a_gap_and_no_rating():
    food = next(one for one in drivers(guests(200, food_from=130)).drivers if one.question == "Food")
    assert food.n == 70


def test_a_touchpoint_that_few_use_keeps_its_importance():
    full = {one.question: one.importance.value for one in find_drivers(survey(5, 4000)).drivers}
    company = survey(5, 4000)
    used = np.random.default_rng(1).random(4000) < 0.15
    columns = company.columns.copy()
    columns[~used, 1] = np.nan
    found = {one.question: one for one in find_drivers(replace(company, columns=columns)).drivers}
    assert found["b"].n == used.sum()
    assert found["b"].importance.value == pytest.approx(full["b"], abs=0.06)
    assert found["a"].importance.value == pytest.approx(full["a"], abs=0.06)


def test_too_few_ratings_of_a_question_are_told_and_not_weighed():
    found = drivers(guests(60, food_from=30))
    assert [one.question for one in found.drivers] == ["Room"]
    assert found.left_out == (("Food", f"not enough data: 30 customers of {ENOUGH}"),)


def test_very_few_are_not_counted_out():
    found = drivers(guests(60, food_from=57))
    assert found.left_out == (("Food", f"not enough data: fewer than 5 customers of {ENOUGH}"),)


def test_too_few_answers_in_all_are_told():
    found = drivers(guests(12))
    assert found.drivers == ()
    assert found.notes == (f"not enough data: 12 customers of {ENOUGH} answered 'Overall'",)


def test_very_few_customers_are_no_number():
    said = drivers(guests(3)).as_json()
    assert (said["n"], said["occasions"], said["notes"]) == (
        None,
        None,
        [f"not enough data: fewer than 5 customers of {ENOUGH} answered 'Overall'"],
    )
    enough = drivers(guests(12)).as_json()
    assert (enough["n"], enough["occasions"]) == (12, 12)


def test_an_outcome_on_which_all_agree_has_no_drivers():
    agreed = [row | {"score": 5.0} if row["question"] == "Overall" else row for row in guests()]
    assert drivers(agreed).notes == ("all answers to 'Overall' are the same",)


def test_without_answers_nothing_can_be_asked():
    with pytest.raises(QuestionUnclear, match="no rated answers yet"):
        drivers(ANSWERS.empty())


def test_a_question_nobody_answered_is_named_with_its_nearest():
    with pytest.raises(UnknownQuestion, match="Did you mean 'Overall'"):
        drivers(guests(), Asked("Overal"))
    with pytest.raises(UnknownQuestion, match="'Bath'"):
        drivers(guests(), Asked(among=("Bath",)))


def test_several_questions_about_the_whole_map_have_to_be_chosen_from():
    two = guests() + [answer(f"g{k:03}", "Recommend", 1 + k % 5) for k in range(60)]
    with pytest.raises(QuestionUnclear, match=r"Several questions .* --of: 'Overall', 'Recommend'"):
        drivers(two)
    found = drivers(two, Asked("Overall"))
    assert [one.question for one in found.drivers] == ["Room", "Food"]


def test_each_question_about_the_whole_map_has_its_drivers():
    two = guests() + [answer(f"g{k:03}", "Recommend", 1 + k % 5) for k in range(60)]
    each = FindDriversOfEach(HOTEL)
    found = each.finish(each.combine([each.partial(view(two))]))
    assert [one.of for one in found] == ["Overall", "Recommend"]
    assert found[0] == drivers(two, Asked("Overall"))
    assert each.finish(each.combine([])) == ()


def test_drivers_are_chosen_by_pattern():
    assert [one.question for one in drivers(guests(), Asked(among=("Roo*",))).drivers] == ["Room"]


def test_an_answer_at_several_levels_counts_once_at_the_narrowest():
    twice = guests() + [row | {"place": "stay"} for row in guests() if row["question"] == "Room"]
    assert drivers(twice) == drivers(guests())


def test_answers_on_another_scale_are_left_out_and_told():
    other = [answer(f"h{k}", "Room", 7, high=10.0, response=f"h{k}") for k in range(9)]
    found = drivers(guests() + other)
    assert found.notes == ("9 answers to 'Room' on the scale 1–10 left out: most use another.",)


def test_one_question_per_response_is_put_together_by_journey_or_by_customer():
    apart = [row | {"response": row["feedback_id"]} for row in guests()]
    assert drivers(apart).together == "customer"
    travelled = [row | {"journey_id": f"trip of {row['customer_id']}"} for row in apart]
    assert drivers(travelled).together == "journey"
    assert drivers(travelled, Asked(together="customer")).together == "customer"
    assert drivers(apart).drivers == drivers(guests()).drivers


def test_anonymous_answers_of_one_response_belong_to_one_person():
    nameless = [row | {"customer_id": f"answer:{row['feedback_id']}"} for row in guests()]
    found = drivers(nameless)
    assert (found.n, found.together) == (60, "response")


def test_an_outcome_claimed_by_what_texts_are_about_is_still_one():
    by_topic = [row | {"bound": "topic"} if row["place"] == "hotel" else row for row in guests()]
    assert drivers(by_topic) == drivers(guests())


def test_a_yes_or_no_outcome_is_said_to_be_one():
    yes = [row | {"low": 0.0, "high": 1.0, "score": float(row["score"] > 3)} if row["question"] == "Overall" else row
           for row in guests()]  # fmt: skip
    found = drivers(yes)
    assert found.binary
    assert "Tjur" in found.notes[0]


def test_weights_count_when_asked_for():
    doubled = [row | {"weight": 2.0 if row["customer_id"] < "g020" else 1.0} for row in guests()]
    copied = guests() + [
        row | {name: f"copy of {row[name]}" for name in ("customer_id", "feedback_id", "response")}
        for row in guests()
        if row["customer_id"] < "g020"
    ]
    assert drivers(doubled).explained.value == pytest.approx(drivers(guests()).explained.value)
    weighted = drivers(doubled, Asked(weighted=True))
    assert weighted.explained.value == pytest.approx(drivers(copied).explained.value)
    assert weighted.n == 60


def test_neither_the_order_of_rows_nor_the_number_of_buckets_matters():
    frame = ANSWERS.shape(pl.DataFrame(guests(80)))
    plain = drivers(frame)
    assert drivers(frame.sample(fraction=1, shuffle=True, seed=5)) == plain
    assert drivers(frame, buckets=4) == plain


def test_everything_is_told_as_plain_data():
    told = drivers(guests(60, food_from=30)).as_json()
    assert told["of"] == "Overall"
    assert told["left_out"] == [{"question": "Food", "why": f"not enough data: 30 customers of {ENOUGH}"}]
    assert set(told["drivers"][0]["importance"]) == {"value", "low", "high"}


@pytest.mark.parametrize(("n", "each", "gaps"), [(120, 1, 0.0), (400, 1, 0.3), (150, 3, 0.0)])
def test_a_driver_that_does_nothing_is_rarely_taken_for_one(n: int, each: int, gaps: float):
    companies = [find_drivers(survey(seed, n, (0.5, 0.3, 0.0), each=each, gaps=gaps)) for seed in range(100)]
    wrong = sum(one.p <= 0.05 for found in companies for one in found.drivers if one.question == "c")
    assert wrong / 100 <= 0.05 + 2 * (0.05 * 0.95 / 100) ** 0.5


def test_a_driver_that_matters_is_found():
    companies = [find_drivers(survey(seed, 300)) for seed in range(40)]
    found = [one.significant for company in companies for one in company.drivers if one.question in "ab"]
    assert all(found)


@pytest.mark.long
@pytest.mark.parametrize(("n", "each", "gaps"), [(500, 1, 0.0), (1000, 1, 0.3), (600, 3, 0.0)])
def test_intervals_of_importance_cover_the_truth(n: int, each: int, gaps: float):
    truth = {one.question: one.importance.value for one in find_drivers(survey(10**6, 200_000, each=each)).drivers}
    companies = [find_drivers(survey(seed, n, each=each, gaps=gaps)) for seed in range(300)]
    for question in "ab":
        mine = [one.importance for found in companies for one in found.drivers if one.question == question]
        assert 0.92 <= np.mean([one.low <= truth[question] <= one.high for one in mine]) <= 0.98
