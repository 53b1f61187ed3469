"""Exports of known vendors: files are told by their columns, whatever their names."""

from __future__ import annotations

import pytest

from desireline.errors import AmbiguousInput, RecipeMismatch, UnknownShape, UnknownVendor
from desireline.recipes.columns import check_columns
from desireline.recipes.vendors.catalog import vendor, vendor_names, vendor_recipe
from desireline.recipes.vendors.recognised import Recognised, recognise

TICKET = ["id", "requester_id", "status", "created_at", "updated_at", "subject", "via_channel"]
HISTORY = ["field_name", "ticket_id", "updated", "user_id", "value"]
COMMENT = ["id", "body", "created", "public", "ticket_id", "user_id"]
USER = ["id", "email", "role", "locale", "name"]
BRAND = ["id", "name", "subdomain", "brand_url"]
CONTACT = ["id", "property_email", "property_createdate"]
HUBSPOT_TICKET = ["id", "property_createdate", "property_hs_pipeline_stage", "property_subject"]


def sources(found: Recognised) -> dict[str, list[str]]:
    return {name: sorted(files) for name, files in found.sources.items()}


def checks(found: Recognised, files: dict[str, list[str]]) -> None:
    """Asserts that the fitted recipe names no column that is not there."""
    columns = {
        name: [
            *(column for file in found.sources[name] for column in files[file]),
            *(["before"] if source.history else []),
        ]
        for name, source in found.recipe.sources.items()
    }
    check_columns(found.recipe, columns)


def test_every_vendor_has_a_recipe_whose_sources_are_all_told_by_columns():
    assert vendor_names() == ["hubspot", "notes", "zendesk"]
    for name in vendor_names():
        known = vendor(name)
        assert known.recipe.recipe == name
        assert {shape.table for shape in known.shapes if shape.taken} == set(known.recipe.sources)
        assert all(shape.columns for shape in known.shapes)


def test_an_export_is_told_file_by_file():
    files = {"ticket_data.csv": TICKET, "ticket_comment_data.csv": COMMENT, "user_data.csv": USER, "brand.csv": BRAND}
    found = recognise(files)
    assert (found.vendor, found.recipe.recipe) == ("zendesk", "zendesk")
    assert sources(found) == {
        "tickets": ["ticket_data.csv"],
        "comments": ["ticket_comment_data.csv"],
        "users": ["user_data.csv"],
    }
    assert found.ignored == {"brand.csv": "brands: not used"}
    assert found.fitted.tables["states"] == "no file of field history"
    checks(found, files)


@pytest.mark.parametrize("change", [str.upper, str.title, lambda name: f"  {name} "])
def test_renamed_files_and_columns_in_capitals_are_still_told(change):
    loud = {"a.csv": TICKET, "b (1).xlsx": COMMENT}
    found = recognise({name: [change(column) for column in columns] for name, columns in loud.items()})
    assert sources(found) == {"tickets": ["a.csv"], "comments": ["b (1).xlsx"]}


def test_several_files_of_one_table_are_one_source():
    found = recognise({"2025.csv": TICKET, "2026.csv": TICKET})
    assert sources(found) == {"tickets": ["2025.csv", "2026.csv"]}


def test_tables_of_the_same_name_are_told_apart_by_vendor():
    assert recognise({"ticket_data.csv": TICKET}).vendor == "zendesk"
    assert recognise({"ticket_data.csv": HUBSPOT_TICKET, "contact.csv": CONTACT}).vendor == "hubspot"


def test_exports_of_two_vendors_at_once_are_not_mixed():
    with pytest.raises(AmbiguousInput, match=r"one after the other: zendesk: t\.csv; hubspot: c\.csv"):
        recognise({"t.csv": TICKET, "c.csv": CONTACT})


@pytest.mark.parametrize(
    "files", [{}, {"orders.csv": ["order", "customer", "at"]}, {"brand.csv": BRAND}, {"x.csv": []}]
)
def test_files_of_no_known_shape_are_named_with_the_way_out(files):
    with pytest.raises(UnknownShape, match="desireline recipe suggest") as fault:
        recognise(files)
    assert all(name in str(fault.value) for name in files)
    assert "HubSpot, Notes in Markdown, Zendesk" in str(fault.value)


def test_one_stranger_among_known_files_stops_all_of_them():
    with pytest.raises(UnknownShape, match=r"looks like orders\.csv\."):
        recognise({"t.csv": TICKET, "orders.csv": ["order", "customer", "at"]})


def test_files_that_say_too_little_by_themselves_are_told_what_is_missing():
    with pytest.raises(RecipeMismatch, match=r"states \(no file of tickets\)"):
        recognise({"history.csv": HISTORY})


def test_comments_need_tickets_or_users_to_tell_customers_from_agents():
    with pytest.raises(RecipeMismatch, match=r"comments \(no file of tickets or users\)"):
        recognise({"comments.csv": COMMENT})
    found = recognise({"comments.csv": COMMENT, "users.csv": USER})
    assert "comments" in found.recipe.tables


def test_the_list_that_a_person_exports_is_told_too():
    listed = [
        "Id",
        "Requester",
        "Requester email",
        "Subject",
        "Status",
        "Created at",
        "Solved at",
        "Satisfaction Score",
    ]
    files = {"export-2026.csv": listed}
    found = recognise(files)
    assert list(found.recipe.tables) == ["ticket list", "ticket list ratings"]
    checks(found, files)
    contacts = {"hubspot-contacts.csv": ["Record ID", "Email", "Lifecycle Stage", "Create Date"]}
    found = recognise(contacts)
    assert list(found.recipe.tables) == ["contact list", "contact list people"]
    checks(found, contacts)


def test_a_vendor_that_is_not_known_is_told_with_the_nearest():
    with pytest.raises(UnknownVendor, match="'zendesk'"):
        vendor_recipe("zendisk")
