"""Whole small exports, read by the recipes that come with Desireline: what becomes of each row."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import polars as pl
import pytest

from desireline import Workspace
from desireline.lake.commit import ImportCounts
from desireline.proposals import recognise_files

ZENDESK = {
    "ticket_data.csv": """
        id,requester_id,submitter_id,status,created_at,updated_at,description,via_channel,group_id
        1,11,11,closed,2026-03-01 09:00:00,2026-03-05 09:00:00,Where is my parcel?,email,g1
        2,12,91,open,2026-03-02 09:00:00,2026-03-02 10:00:00,Called about a refund,phone,g1
    """,
    "ticket_comment_data.csv": """
        id,ticket_id,user_id,body,created,public
        c1,1,11,Where is my parcel?,2026-03-01 09:00:00,true
        c2,1,91,We are looking.,2026-03-01 11:00:00,true
        c3,1,92,Ask the depot,2026-03-01 11:05:00,false
        c4,1,11,Still nothing!,2026-03-03 09:00:00,true
        c5,9,19,Lost,2026-03-03 09:00:00,true
    """,
    "ticket_field_history_data.csv": """
        ticket_id,field_name,updated,value
        1,status,2026-03-01 09:00:00,new
        1,group_id,2026-03-01 09:00:00,g1
        1,assignee_id,2026-03-01 10:00:00,91
        1,status,2026-03-02 09:00:00,solved
        1,status,2026-03-03 09:00:00,open
        1,group_id,2026-03-03 10:00:00,g2
        1,assignee_id,2026-03-03 10:00:00,92
        1,status,2026-03-05 09:00:00,closed
        1,tags,2026-03-05 09:00:00,parcel
    """,
    "user_data.csv": """
        id,email,role,locale
        11,ana@example.org,end-user,de
        12,,end-user,de
        91,tom@shop.example,agent,en
        92,eva@shop.example,agent,en
    """,
    "group_data.csv": """
        id,name,url,created_at,updated_at
        g1,First line,u,2026-01-01,2026-01-01
        g2,Depot,u,2026-01-01,2026-01-01
        g3,Nobody,u,2026-01-01,2026-01-01
    """,
    "satisfaction_rating_data.csv": """
        id,ticket_id,requester_id,score,comment,created_at
        r1,1,11,bad,Too slow,2026-03-06 09:00:00
        r2,2,12,offered,,2026-03-06 09:00:00
    """,
}
HUBSPOT = {
    "contact.csv": """
        id,property_email,property_createdate
        1,ana@example.org,2026-03-01 09:00:00
        2,ben@example.org,2026-03-02 09:00:00
    """,
    "deal.csv": """
        deal_id,deal_pipeline_id,property_createdate,property_amount
        d1,p,2026-03-03 09:00:00,100.5
        d2,p,2026-03-03 09:00:00,7
    """,
    "deal_contact.csv": """
        deal_id,contact_id
        d1,1
    """,
    "deal_stage.csv": """
        deal_id,date_entered,value
        d1,2026-03-04 09:00:00,s1
        d1,2026-03-05 09:00:00,s2
    """,
    "deal_pipeline_stage.csv": """
        stage_id,pipeline_id,label,display_order,closed_won,is_closed
        s1,p,Offer sent,1,FALSE,FALSE
        s2,p,Won,2,TRUE,TRUE
        s3,p,Lost,3,FALSE,TRUE
    """,
    "engagement_call.csv": """
        engagement_id,type,property_hs_timestamp
        e1,CALL,2026-03-06 09:00:00
        e2,CALL,2026-03-06 09:00:00
    """,
    "engagement_contact.csv": """
        engagement_id,contact_id
        e1,2
    """,
    "email_event.csv": """
        id,type,recipient,created,email_campaign_id
        m1,OPEN,ana@example.org,2026-03-07 09:00:00,k
    """,
}


def write(folder: Path, files: dict[str, str], *, comma: str = ",") -> list[Path]:
    for name, text in files.items():
        (folder / name).write_text(dedent(text).strip().replace(",", comma) + "\n", encoding="utf-8")
    return [folder / name for name in files]


def bring(folder: Path, files: list[Path]) -> tuple[ImportCounts, Workspace]:
    shop = Workspace.create(folder / "shop")
    known = recognise_files(files)
    return shop.import_files(known.recipe, known.sources), shop


def lake(folder: Path, table: str, *columns: str) -> list[tuple[object, ...]]:
    held = pl.concat([pl.read_parquet(file) for file in (folder / "shop/lake" / table).rglob("*.parquet")])
    return held.select(columns).sort(columns, nulls_last=True).rows()


def test_a_ticket_becomes_what_happened_to_it_and_what_its_customer_said(tmp_path: Path):
    counts, _ = bring(tmp_path, write(tmp_path, ZENDESK))
    events = lake(tmp_path, "events", "case_id", "at", "event", "customer_id", "properties")
    told = [(case, f"{at:%d %H:%M}", event) for case, at, event, _, _ in events]  # type: ignore[str-format]
    assert told == [
        ("1", "01 09:00", "customer wrote"),
        ("1", "01 09:00", "new"),
        ("1", "01 09:00", "ticket created"),
        ("1", "01 09:00", "ticket routed"),
        ("1", "01 10:00", "ticket assigned"),
        ("1", "01 11:00", "agent replied"),
        ("1", "01 11:05", "agent noted"),
        ("1", "02 09:00", "solved"),
        ("1", "03 09:00", "customer wrote"),
        ("1", "03 09:00", "ticket reopened"),
        ("1", "03 10:00", "ticket reassigned"),
        ("1", "03 10:00", "ticket transferred"),
        ("1", "05 09:00", "closed"),
        ("2", "02 09:00", "ticket created"),
        ("2", "02 10:00", "open"),  # without a history, the last state stands for it
    ]
    assert {(case, who) for case, _, _, who, _ in events} == {("1", "ana@example.org"), ("2", "12")}
    assert [row[4] for row in events if row[2] in ("ticket reassigned", "ticket transferred")] == [
        '{"agent":"92","agent_from":"91","agent_to":"92"}',
        '{"group":"g2","group_from":"g1","group_from_name":"First line","group_to":"g2","group_to_name":"Depot"}',
    ]
    # Only customers' own words are a voice: not an agent's, not a note, not what an agent wrote down.
    assert lake(tmp_path, "feedback", "customer_id", "case_id", "question", "score", "text") == [
        ("12", "2", "Satisfaction", None, None),
        ("ana@example.org", "1", "Satisfaction", 0.0, "Too slow"),
        ("ana@example.org", "1", "Ticket", None, "Still nothing!"),
        ("ana@example.org", "1", "Ticket", None, "Where is my parcel?"),
    ]
    assert (counts.read, counts.accepted, counts.refused, counts.duplicates) == (25, 23, 2, 0)
    assert counts.reasons == {"no_partner": 1, "no_record": 1}  # a ticket that is not there, and a change of tags


def test_deals_calls_and_mails_find_their_contact(tmp_path: Path):
    counts, _ = bring(tmp_path, write(tmp_path, HUBSPOT))
    told = [row[:2] for row in lake(tmp_path, "events", "customer_id", "event", "at")]
    assert told == [
        ("ana@example.org", "OPEN"),
        ("ana@example.org", "contact created"),
        ("ana@example.org", "deal created"),
        ("ana@example.org", "deal moved"),
        ("ana@example.org", "deal won"),
        ("ben@example.org", "call"),
        ("ben@example.org", "contact created"),
    ]
    assert (counts.read, counts.accepted, counts.refused) == (14, 12, 2)  # a deal and a call without a contact
    assert counts.reasons == {"no_customer": 2}


@pytest.mark.parametrize("files", [ZENDESK, HUBSPOT], ids=["zendesk", "hubspot"])
def test_every_row_has_one_fate_and_a_second_import_changes_nothing(tmp_path: Path, files: dict[str, str]):
    paths = write(tmp_path, files)
    counts, shop = bring(tmp_path, paths)
    assert counts.read == counts.accepted + counts.refused + counts.duplicates
    known = recognise_files(paths)
    again = shop.import_files(known.recipe, known.sources)
    assert (again.events, again.feedback, again.accepted, again.refused) == (0, 0, 0, counts.refused)


@pytest.mark.parametrize("comma", [";", "\t", "|"])
def test_another_delimiter_and_other_names_make_no_difference(tmp_path: Path, comma: str):
    (tmp_path / "plain").mkdir()
    (tmp_path / "other").mkdir()
    renamed = {
        f"sheet {number}.csv": text for number, text in enumerate(HUBSPOT.values()) if "engagement_id,type" not in text
    }
    same = {name: text for name, text in HUBSPOT.items() if "engagement_id,type" not in text}
    plain, _ = bring(tmp_path / "plain", write(tmp_path / "plain", same))
    other, _ = bring(tmp_path / "other", write(tmp_path / "other", renamed, comma=comma))
    assert (plain.read, plain.accepted, plain.events, plain.reasons) == (
        other.read,
        other.accepted,
        other.events,
        other.reasons,
    )
