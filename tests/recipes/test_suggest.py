from __future__ import annotations

import os
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from desireline.recipes.records import Recipe
from desireline.recipes.suggest import Preview, Suggestion, name_sources, suggest, to_yaml
from desireline.sources.read import read

from .suggesting import open_codes, preview, suggested

DATA = Path(os.environ.get("DESIRELINE_DATA", Path(__file__).parents[2] / "../shared/data"))


def from_files(pattern: str, **told: object) -> Suggestion:
    files = sorted(DATA.glob(pattern))
    if not files:
        pytest.skip(f"no public data set matches {pattern} at {DATA}; set DESIRELINE_DATA to its folder")
    paths = {path.name: path for path in files}
    names = name_sources(list(paths))
    samples = {name: Preview(file, next(read(paths[file], batch_rows=5000)).rows) for name, file in names.items()}
    return suggest(samples, **told)  # type: ignore[arg-type]


CLICKS = """
    client_id | event   | timestamp
    a         | open    | 2026-03-01 10:00
    a         | pay     | 2026-03-01 10:05
    b         | open    | 2026-03-02 09:00
"""


SPOKEN = """
    tweet_id | name | reach | product | mobile | ip_address | text | at
    1 | cairdin | ana@example.com | Red Shoes | 17005551 | 10.1.2.3 | I waited for more than three hours | 2026-03-01
    2 | jnardino | (202) 555-0143 | Red Shoes | 17005552 | 10.1.2.4 | They lost my bag and did not answer | 2026-03-02
    3 | yvonna | ben@example.com | Big Hats | 17005553 | 10.1.2.5 | A very friendly crew on a late flight | 2026-03-03
    4 | cairdin | eva@example.com | Red Shoes | 17005551 | 10.1.2.3 | Nobody could tell me where to go next | 2026-03-04
"""


def test_columns_that_tell_a_person_are_no_properties_and_the_reason_is_said():
    found = suggested(SPOKEN, zone="UTC")
    table = found.recipe["tables"]["log"]
    assert (table["into"], table["properties"]) == ("feedback", ["product"])
    left = {reason.column: reason.why for reason in found.reasons if reason.role == "left out"}
    stored = "and properties are stored as they are; if it says who speaks: --customer"
    assert left == {
        "name": f"named like something that tells a person, {stored} name",
        "reach": f"holds e-mail addresses, {stored} reach",
        "mobile": f"named like a phone number, {stored} mobile",
        "ip_address": f"holds IP addresses, {stored} ip_address",
    }
    assert "  # name is left out (70%): named like something that tells a person" in to_yaml(found)


def test_a_column_that_says_who_speaks_may_be_told_as_the_customer():
    table = suggested(SPOKEN, zone="UTC", customer="name").recipe["tables"]["log"]
    assert (table["customer"], table["properties"]) == ("name", ["product"])


def test_names_of_things_and_marks_are_properties():
    log = """
        client_id | event | timestamp           | name | email | branch_name | host
        a         | open  | 2026-03-01 10:00    | shoe | yes   | North       | 1.2.3
        a         | pay   | 2026-03-01 10:05    | shoe | no    | South       | 1.2.4
        b         | open  | 2026-03-02 09:00    | hat  | no    | North       | 1.2.3
        b         | pay   | 2026-03-02 09:10    | hat  | yes   | North       | 1.2.3
    """
    assert suggested(log, zone="UTC").recipe["tables"]["log"]["properties"] == ["name", "email", "branch_name", "host"]


def test_a_list_of_customers_leaves_out_their_names_and_keeps_all_where_there_are_none():
    people = preview("customer_id | full_name | plan\na | Ana Berg | pro\nb | Ben Stone | basic\nc | Eva Ruiz | pro")
    found = suggest({"customers": people}, undated=True)
    assert found.recipe["tables"]["customers"]["properties"] == ["plan"]
    left = [(reason.column, reason.role) for reason in found.reasons if reason.role == "left out"]
    assert left == [("full_name", "left out")]
    plans = Preview("customers.csv", people.rows.drop("full_name"))
    assert suggest({"customers": plans}, undated=True).recipe["tables"]["customers"]["properties"] == "all"


def test_a_long_log_has_one_event_per_row():
    table = suggested(CLICKS, zone="UTC").recipe["tables"]["log"]
    assert table == {
        "into": "events",
        "source": "log",
        "customer": "client_id",
        "events": [{"event": "event", "at": "timestamp"}],
    }


def test_instants_without_an_offset_are_asked_about_until_the_zone_is_told():
    asking = suggested(CLICKS)
    assert [(q.code, q.flag) for q in asking.questions] == [("zone", "--zone NAME")]
    assert asking.recipe["times"] == {"form": "iso"}
    answered = suggested(CLICKS, zone="Europe/Berlin")
    assert answered.questions == []
    assert answered.recipe["times"] == {"form": "iso", "zone": "Europe/Berlin"}


def test_instants_with_an_offset_need_no_zone():
    assert (
        suggested(
            CLICKS.replace("10:00", "10:00+01:00").replace("10:05", "10:05Z").replace("09:00", "09:00Z")
        ).questions
        == []
    )


AMBIGUOUS = """
    user_id | event | at
    a       | open  | 3/4/2026 10:00
    a       | pay   | 5/4/2026 10:05
"""


def test_dates_that_can_be_read_in_two_ways_are_asked_about_and_never_guessed():
    asking = suggested(AMBIGUOUS, zone="UTC")
    assert open_codes(asking) == ["day_first"]
    assert "times" not in asking.recipe["sources"]["log"]


@pytest.mark.parametrize(("day_first", "form"), [(True, "day first"), (False, "month first")])
def test_the_flag_settles_the_order_of_day_and_month(day_first, form):
    answered = suggested(AMBIGUOUS, zone="UTC", day_first=day_first)
    assert answered.questions == []
    assert answered.recipe["sources"]["log"]["times"] == {"form": form, "zone": "UTC"}


def test_one_value_beyond_twelve_decides_whatever_the_flag_says():
    text = AMBIGUOUS + "    b       | open  | 29/4/2026 10:00\n"
    for told in (None, False):
        found = suggested(text, zone="UTC", day_first=told)
        assert found.recipe["sources"]["log"]["times"]["form"] == "day first"
        assert found.questions == []


def test_another_column_of_the_same_source_may_decide():
    found = suggested(
        """
        user_id | event | at             | closed_at
        a       | open  | 3/4/2026 10:00 | 3/24/2026
        a       | pay   | 5/4/2026 10:05 | 3/25/2026
        """,
        zone="UTC",
    )
    assert found.recipe["sources"]["log"]["times"]["form"] == "month first"


def test_epoch_numbers_are_instants_by_their_name_and_their_range():
    found = suggested(
        """
        userId | page | ts
        9      | Home | 1541105830796
        9      | Help | 1541105930796
        """
    )
    assert found.recipe["sources"]["log"]["times"] == {"form": "epoch ms"}
    assert found.questions == []


def test_a_wide_row_makes_an_event_of_each_instant_and_a_promise_of_the_estimate():
    table = suggested(
        """
        order_id | customer_id | order_status | order_purchase_timestamp | delivered_date | estimated_date
        o1       | a           | delivered    | 2026-03-01 10:00         | 2026-03-04 10:00 | 2026-03-09
        o2       | b           | shipped      | 2026-03-02 10:00         |                | 2026-03-10
        """,
        zone="UTC",
    ).recipe["tables"]["log"]
    assert table == {
        "into": "events",
        "source": "log",
        "customer": "customer_id",
        "case": "order_id",
        "events": [
            {"event": {"text": "order purchase"}, "at": "order_purchase_timestamp"},
            {
                "event": {"text": "delivered"},
                "at": "delivered_date",
                "due": "estimated_date",
            },
        ],
        "properties": ["order_status"],
    }


def test_the_instant_of_a_log_is_the_one_that_differs_from_row_to_row():
    spec = suggested(
        """
        number | caller_id | incident_state | opened_at        | sys_updated_at
        i1     | ana       | New            | 2026-03-01 10:00 | 2026-03-01 10:00
        i1     | ana       | Active         | 2026-03-01 10:00 | 2026-03-01 11:00
        i1     | ana       | Closed         | 2026-03-01 10:00 | 2026-03-02 12:00
        i2     | ben       | New            | 2026-03-01 10:00 | 2026-03-03 12:30
        """
    ).recipe["tables"]["log"]["events"]
    assert spec == [{"event": "incident_state", "at": "sys_updated_at"}]


def test_a_case_stands_in_for_a_customer_that_nobody_names():
    found = suggested(
        """
        case:concept:name | concept:name | time:timestamp
        7                 | ask          | 2026-03-01T10:00:00+01:00
        7                 | pay          | 2026-03-01T11:00:00+01:00
        8                 | ask          | 2026-03-02T10:00:00+01:00
        """
    )
    assert found.questions == []
    table = found.recipe["tables"]["log"]
    assert (table["customer"], table["case"]) == ("case:concept:name", "case:concept:name")
    assert any(reason.role == "customer" and reason.confidence == 0.5 for reason in found.reasons)


TWO_WHO = """
    user_id | visitor_id | event | at
    u1      | v1         | open  | 2026-03-01T10:00Z
    u1      | v2         | pay   | 2026-03-01T11:00Z
    u2      | v3         | open  | 2026-03-02T10:00Z
"""


def test_two_candidates_for_the_customer_are_asked_about():
    asking = suggested(TWO_WHO)
    assert [(q.code, q.choices) for q in asking.questions] == [("customer", ("user_id", "visitor_id"))]
    answered = suggested(TWO_WHO, customer="visitor_id")
    assert answered.questions == []
    assert answered.recipe["tables"]["log"]["customer"] == "visitor_id"


def test_two_names_of_the_same_customer_are_no_question():
    assert suggested(TWO_WHO.replace("v2", "v1")).questions == []


def test_words_that_mean_nothing_are_found_and_real_words_are_kept():
    source = suggested(
        """
        user_id | event | at                | city   | age | vendor
        a       | open  | 2026-03-01T10:00Z | ?      | NA  | none
        a       | pay   | 2026-03-01T11:00Z | Select | 31  | acme
        """
    ).recipe["sources"]["log"]
    assert sorted(source["missing"]) == ["?", "NA", "Select"]


def test_a_review_is_feedback_with_its_scale_and_its_text():
    rows = "\n".join(
        f"r{n} | o{n} | u{n} | {n % 5 + 1} | It came quickly and works well so far {n} | 2026-03-01T10:00Z"
        for n in range(10)
    )
    table = suggested("review_id | order_id | user_id | review_score | review_comment | review_date\n" + rows).recipe[
        "tables"
    ]["log"]
    assert table == {
        "into": "feedback",
        "source": "log",
        "kind": "review",
        "customer": "user_id",
        "case": "order_id",
        "at": "review_date",
        "answers": [
            {
                "question": {"text": "review score"},
                "answer": "review_score",
                "low": 1.0,
                "high": 5.0,
                "rule": "mean",
                "text": "review_comment",
                "id": "review_id",
            }
        ],
    }


def questionnaire(top: int) -> str:
    header = "RESPNUM | Q7FOOD | Q7WIFI | Q7SIGN | NETPRO | WEIGHT"
    rows = [
        f"{n} | {n % (top + 1)} | {(n + 1) % (top + 1)} | {(n + 2) % (top + 1)} | {n % 12} | 1.5" for n in range(1, 40)
    ]
    return "\n".join([header, *rows])


def test_a_scale_with_codes_is_asked_about_and_the_flag_turns_the_rest_into_codes():
    asking = suggested(questionnaire(6), undated=True)
    assert [(q.code, q.flag) for q in asking.questions] == [("scale", "--scale 'Q7*=1-5'")]
    answered = suggested(questionnaire(6), undated=True, scales={"Q7*": (1, 5)})
    assert answered.questions == []
    food = next(a for a in answered.recipe["tables"]["log"]["answers"] if a["answer"] == "Q7FOOD")
    assert (food["low"], food["high"], sorted(food["not_answers"])) == (1, 5, ["0", "6"])


def test_a_question_of_recommendation_has_its_own_scale():
    table = suggested(questionnaire(6), undated=True).recipe["tables"]["log"]
    assert table["answers"][0] == {
        "question": {"text": "netpro"},
        "answer": "NETPRO",
        "low": 0.0,
        "high": 10.0,
        "rule": "nps",
        "not_answers": ["11"],
    }
    assert (table["customer"], table["weight"]) == ("RESPNUM", "WEIGHT")


def test_two_scales_in_one_column_are_asked_about():
    stars = [f"u{n} | stars | {n % 5 + 1} | 2026-03-01T10:00Z" for n in range(25)]
    marks = [f"u{n} | marks | {n % 10 + 1} | 2026-03-01T10:00Z" for n in range(25)]
    text = "\n".join(["user_id | form | rating | answered_at", *stars, *marks])
    asking = suggested(text)
    assert open_codes(asking) == ["scale"]
    assert "two scales: up to 5 where form is stars, up to 10 where it is marks" in asking.questions[0].says
    assert "low" not in asking.recipe["tables"]["log"]["answers"][0]
    assert suggested(text, scales={"rating": (1, 10)}).questions == []


def test_a_history_of_fields_names_events_after_new_states():
    tickets = preview(
        "\n".join(["id | requester_id | created_at", *(f"t{n} | c{n % 3} | 2026-03-01T10:0{n}Z" for n in range(6))]),
        "ticket_data.csv",
    )
    history = preview(
        """
        field_name | ticket_id | updated           | value
        status     | t1        | 2026-03-01T11:00Z | open
        priority   | t1        | 2026-03-01T11:01Z | high
        status     | t2        | 2026-03-01T12:00Z | solved
        """,
        "ticket_field_history_data.csv",
    )
    found = suggest({"ticket": tickets, "ticket_field_history": history})
    table = found.recipe["tables"]["ticket_field_history"]
    assert table["join"] == [{"source": "ticket", "on": {"ticket_id": "id"}}]
    assert (table["customer"], table["case"]) == ("ticket.requester_id", "ticket_id")
    assert table["events"] == [
        {"event": "value", "at": "updated", "where": {"property": {"field_name": ["status"]}}},
        {"event": "field_name", "at": "updated", "where": {"not": {"property": {"field_name": ["status"]}}}},
    ]


def test_files_without_instants_become_customers_and_the_lack_is_told():
    text = """
        Prospect ID | Lead Source | Converted
        a           | Google      | 1
        b           | Chat        | 0
    """
    asking = suggested(text)
    assert open_codes(asking) == ["undated"]
    assert suggested(text, undated=True).questions == []
    assert asking.recipe["tables"]["log"]["into"] == "customers"


def test_whoever_is_said_to_be_the_customer_is_not_asked_for_again():
    rows = "\n".join(f"m{n % 3} | x{n % 2} | {n % 2}" for n in range(12))
    asking = suggested(f"member | plan | active\n{rows}", undated=True)
    assert open_codes(asking) == ["customer"]
    told = suggested(f"member | plan | active\n{rows}", undated=True, customer="plan")
    assert (open_codes(told), told.recipe["tables"]["log"]["customer"]) == ([], "plan")


def test_a_list_of_customers_with_a_date_is_no_log_where_nothing_happened_at_a_time():
    joined = [f"2016-05-{n % 28 + 1:02}" if n % 3 else "" for n in range(60)]
    rows = "\n".join(f"h{n} | {'gold' if n % 2 else 'blue'} | {day}" for n, day in enumerate(joined))
    text = f"household_id | segment | joined\n{rows}"
    assert suggested(text).recipe["tables"]["log"]["into"] == "events"
    told = suggested(text, undated=True)
    assert told.questions == []
    table = told.recipe["tables"]["log"]
    assert (table["into"], table["customer"], table["properties"]) == ("customers", "household_id", "all")


def test_a_source_in_which_nobody_is_named_is_left_out_with_a_reason():
    zones = preview("zone | offset\nUTC | 0\nCET | 1", "zones.csv")
    found = suggest({"log": preview(CLICKS), "zones": zones}, zone="UTC")
    assert found.unused == ["zones"]
    assert list(found.recipe["sources"]) == ["log"]
    assert any(reason.source == "zones" and reason.role == "unused" for reason in found.reasons)


def test_customers_that_repeat_without_any_time_are_left_out_for_that_reason():
    plans = preview("customer_id | plan\na | basic\na | pro\nb | pro", "plans.csv")
    found = suggest({"log": preview(CLICKS), "plans": plans}, zone="UTC")
    assert found.unused == ["plans"]
    assert [reason.why for reason in found.reasons if reason.role == "unused"] == [
        "left out: customers repeat in customer_id and nothing says when, so it is neither events nor a list of "
        "customers; `ignore` lets the import pass it over"
    ]


def test_an_empty_sample_or_a_table_without_any_sense_still_gives_a_valid_recipe_and_a_question():
    for text in ("x | y", "x | y\n1.5 | 2.5"):
        found = suggested(text)
        Recipe.model_validate(found.recipe)
        assert "customer" in open_codes(found)


@pytest.mark.parametrize(
    ("file", "pattern"),
    [
        ("orders.csv.gz", "orders.csv*"),
        ("orders_2026-03.csv", "orders_*.csv*"),
        ("2017_SFO_Survey.csv", "*_SFO_Survey.csv*"),
        ("export-20260301.xlsx", "export-*.xlsx*"),
    ],
)
def test_the_pattern_of_a_file_fits_the_next_export_too(file, pattern):
    found = suggest({"log": Preview(file, preview(CLICKS).rows)}, zone="UTC")
    assert found.recipe["sources"]["log"]["file"] == pattern


def test_files_that_one_pattern_would_confuse_keep_their_names():
    both = {name: Preview(f"{name}.csv", preview(CLICKS).rows) for name in ("log_2024", "log_2025")}
    found = suggest(both, zone="UTC")
    assert [source["file"] for source in found.recipe["sources"].values()] == ["log_2024.csv", "log_2025.csv"]


def test_source_names_are_short_and_distinct():
    assert name_sources(["a/x_2026-01.csv", "a/x_2026-02.csv"]) == {
        "x": "a/x_2026-01.csv",
        "x_2": "a/x_2026-02.csv",
    }
    assert list(name_sources(["Leads.csv.gz"])) == ["leads"]
    assert list(name_sources(["2024.csv"])) == ["source"]


def test_yaml_reads_back_as_the_same_recipe_and_carries_reasons_and_questions():
    found = suggested(CLICKS)
    text = to_yaml(found)
    assert YAML(typ="safe").load(text) == found.recipe
    assert "# OPEN: Instants such as 2026-03-01 10:00" in text
    assert "  # client_id is customer (100%): named like a customer" in text


def test_column_order_and_row_order_change_nothing_that_matters():
    rows = preview(CLICKS).rows
    other = rows.select(reversed(rows.columns)).reverse()
    one = suggest({"log": Preview("log.csv", rows)}, zone="UTC").recipe["tables"]
    assert suggest({"log": Preview("log.csv", other)}, zone="UTC").recipe["tables"] == one


def test_olist_orders_are_joined_to_people_payments_and_reviews():
    found = from_files("olist/sample_reviews/*.csv.gz", zone="America/Sao_Paulo")
    assert (found.questions, found.unused) == ([], [])
    orders, reviews = found.recipe["tables"]["orders"], found.recipe["tables"]["order_reviews"]
    assert orders["customer"] == reviews["customer"] == "customers.customer_unique_id"
    assert orders["case"] == reviews["case"] == "order_id"
    assert [spec["event"]["text"] for spec in orders["events"]] == [
        "purchase",
        "approved",
        "delivered carrier",
        "delivered customer",
    ]
    assert orders["events"][0]["value"] == "order_payments.payment_value"
    assert orders["events"][-1]["due"] == "order_estimated_delivery_date"
    assert reviews["join"] == [
        {"source": "orders", "on": "order_id"},
        {"source": "customers", "on": {"orders.customer_id": "customer_id"}},
    ]
    assert reviews["answers"][0]["answer"] == "review_score"


def test_it_incidents_are_read_day_first_with_their_question_marks():
    found = from_files("it_incidents/*.csv.gz", zone="UTC")
    assert found.recipe["sources"]["incident_updates"] == {
        "file": "incident_updates.csv*",
        "missing": ["?"],
        "times": {"form": "day first", "zone": "UTC"},
    }
    table = found.recipe["tables"]["incident_updates"]
    assert (table["customer"], table["case"], table["channel"]) == ("caller_id", "number", "contact_type")
    assert table["events"] == [{"event": "incident_state", "at": "sys_updated_at"}]


def test_campaigns_and_households_find_their_roles():
    found = from_files("complete_journey/*.csv.gz", zone="America/New_York")
    assert {name: table["into"] for name, table in found.recipe["tables"].items()} == {
        "campaign_descriptions": "campaigns",
        "campaigns": "events",
        "coupon_redemptions": "events",
        "demographics": "customers",
        "transactions_sample": "events",
    }
    assert found.unused == ["coupons", "products", "promotions_sample"]
    assert found.questions == []


@pytest.mark.parametrize(
    ("pattern", "codes"),
    [
        ("olist/funnel/*.csv.gz", ["zone"]),
        ("simple_onlineshop/*.csv.gz", ["zone"]),
        ("sfo_airport_survey_2017/*.csv.gz", ["scale", "scale", "undated"]),
        ("lead_scoring/Leads.csv.gz", ["undated"]),
        ("sparkify_small/*.jsonl.gz", []),
        ("process_logs/receipt.xes.gz", []),
        ("process_logs/running_example.csv.gz", []),
        ("object_centric_logs/ocel20*.gz", ["customer"]),
        ("vendor_export_shapes/zendesk/*.csv", ["zone"]),
        ("vendor_export_shapes/hubspot/*.csv", ["zone"]),
    ],
)
def test_public_data_sets_leave_only_the_questions_that_they_really_leave_open(pattern, codes):
    found = from_files(pattern)
    Recipe.model_validate(found.recipe)
    assert open_codes(found) == codes
    assert YAML(typ="safe").load(to_yaml(found)) == found.recipe
