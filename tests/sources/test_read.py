from __future__ import annotations

import gzip

import polars as pl
import pytest

from desireline.errors import SourceEmpty, SourceMissing, SourceUnreadable
from desireline.recipes.refusal import REASONS
from desireline.sources.read import read, tell_kind
from sources.reading import data, everything


def test_a_file_that_is_not_there_is_missing(tmp_path):
    with pytest.raises(SourceMissing, match=r"nowhere\.csv"):
        read(tmp_path / "nowhere.csv")


def test_an_empty_file_says_so(tmp_path):
    (tmp_path / "empty.csv").write_bytes(b"")
    with pytest.raises(SourceEmpty, match=r"empty\.csv is an empty file"):
        read(tmp_path / "empty.csv")


def test_an_empty_gzip_file_says_so(tmp_path):
    (tmp_path / "empty.csv.gz").write_bytes(gzip.compress(b""))
    with pytest.raises(SourceEmpty):
        everything(tmp_path / "empty.csv.gz")


def test_a_folder_is_no_file(tmp_path):
    with pytest.raises(SourceUnreadable, match=r"is a folder. Name the files in it"):
        read(tmp_path)


@pytest.mark.usefixtures("no_special_rights")
def test_a_file_without_permission_says_so(tmp_path):
    path = tmp_path / "secret.csv"
    path.write_text("a,b\n1,2\n")
    path.chmod(0)
    with pytest.raises(SourceUnreadable, match="may not be read"):
        read(path)


@pytest.mark.parametrize(
    ("start", "says"),
    [
        (b"%PDF-1.7", "a PDF document"),
        (b"BZh91AY", "packed with bzip2"),
        (b"<!DOCTYPE html><html>", "a web page"),
        (b"SQLite format 3\x00", "SQLite"),
    ],
)
def test_files_that_are_no_tables_are_called_by_their_name(tmp_path, start, says):
    path = tmp_path / "export.xlsx"
    path.write_bytes(start + b" more")
    with pytest.raises(SourceUnreadable, match=says):
        read(path)


@pytest.mark.parametrize(("name", "says"), [("a.parquet", "a Parquet file"), ("a.xlsx", "a workbook")])
def test_a_table_that_lost_its_beginning_is_called_damaged(tmp_path, name, says):
    (tmp_path / name).write_bytes(b"\x8f\x00\x11 broken off")
    with pytest.raises(SourceUnreadable, match=f"does not begin as {says} does"):
        read(tmp_path / name)


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.csv", b"a,b\n1,2\n", "delimited"),
        ("a.csv", b"{odd},b\n1,2\n", "delimited"),
        ("a", b"a,b\n1,2\n", "delimited"),
        ("a.json", b'[{"a": 1}]', "json"),
        ("a.json", b'{"rows": [{"a": 1}]}', "json"),
        ("a.json", b'{"a": 1}\n{"a": 2}\n', "json lines"),
        ("a.json", b'{\n "a": 1\n}', "json"),
        ("a.jsonl", b'{"a": 1}\n', "json lines"),
        ("a.xes.gz", gzip.compress(b"<?xml version='1.0'?><log/>", mtime=0), "xes"),
        ("a.xlsx", b"a;b\n1;2\n", "delimited"),
        ("a.bin", b"PAR1", "parquet"),
        ("a.bin", b"PK\x03\x04", "workbook"),
    ],
)
def test_the_content_tells_the_kind(tmp_path, name, content, kind):
    (tmp_path / name).write_bytes(content)
    assert tell_kind(tmp_path / name) == kind


def test_a_path_may_be_a_text(tmp_path):
    (tmp_path / "a.csv").write_text("a,b\n1,2\n")
    rows, _ = everything(str(tmp_path / "a.csv"))
    assert rows.rows() == [("1", "2", 1)]


@pytest.mark.parametrize(
    ("name", "rows", "columns"),
    [
        ("it_incidents/incident_updates.csv.gz", 119_998, 36),
        ("olist/sample_reviews/olist_order_reviews_dataset.csv.gz", 3986, 7),
        ("airline_tweets/TwitterUSAirlineSentiment.csv.gz", 14_640, 15),
        ("lead_scoring/Leads.csv.gz", 9237, 37),
        ("simple_onlineshop/simple-onlineshop.csv.gz", 32_283, 3),
        ("sfo_airport_survey_2017/2017_SFO_Customer_Survey.csv.gz", 2831, 97),
        ("sparkify_small/sparkify_events_2018_11.jsonl.gz", 8056, 18),
        ("process_logs/receipt.xes.gz", 8577, 15),
        ("process_logs/running_example.csv.gz", 42, 9),
        ("object_centric_logs/ocel20_example.jsonocel.gz", 13, 15),
        ("lead_scoring/Leads Data Dictionary.xlsx", 37, 2),
    ],
)
def test_public_data_sets_lose_no_row(name, rows, columns):
    taken, refused = everything(data(name))
    assert (taken.height, len(taken.columns) - 1, refused.height) == (rows, columns, 0)
    assert taken["_row"].to_list() == list(range(1, rows + 1))
    assert {kind for name, kind in taken.schema.items() if name != "_row"} == {pl.String()}


def test_every_reason_that_readers_give_is_a_known_one(tmp_path):
    path = tmp_path / "bad.csv"
    path.write_bytes(b'a,b\n1\n,\nx\x00,y\n"z\n' + b"2,\xc3\xa9\n" * 3 + b"3,\xff\n")
    _, refused = everything(path)
    assert set(refused["reason"]) == {
        "wrong_cell_count",
        "blank_row",
        "nul_byte",
        "unclosed_quote",
        "bad_encoding",
    }
    assert set(refused["reason"]) <= REASONS.keys()
