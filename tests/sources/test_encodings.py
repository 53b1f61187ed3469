from __future__ import annotations

import pytest

from desireline.errors import SourceUnreadable
from sources.reading import everything, notes, source

TEXT = "name,city\nJosé,Köln\nZoë,Malmö\n"
WANTED = [("José", "Köln", 1), ("Zoë", "Malmö", 2)]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "utf-32"])
def test_the_encoding_is_found(tmp_path, encoding):
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode(encoding))
    rows, refused = everything(path)
    assert rows.rows() == WANTED
    assert refused.is_empty()


def test_an_encoding_other_than_utf8_is_told(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(TEXT.encode("cp1252"))
    assert notes(path) == ["Not UTF-8; read as cp1252 (western Windows). Name another with `encoding`."]


def test_the_first_accent_may_come_late(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(("name,n\n" + "ana,1\n" * 60_000 + "José,2\n").encode("cp1252"))
    rows, refused = everything(path)
    assert rows["name"][-1] == "José"
    assert refused.is_empty()


def test_rows_with_broken_bytes_are_refused_when_the_rest_is_utf8(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("name,n\nJosé,1\nZoë,2\nKöln,3\n".encode() + b"bro\xff\xfeken,4\nana,5\n")
    rows, refused = everything(path)
    assert rows["n"].to_list() == ["1", "2", "3", "5"]
    assert refused.select("row", "reason", "raw").rows() == [(4, "bad_encoding", "bro\\xff\\xfeken,4")]


def test_a_few_broken_bytes_in_plain_english_are_refused_not_turned_into_letters(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes(b"name,n\n" + b"ana,1\n" * 200 + b"x\xff\xfe\x9d,2\n")
    rows, refused = everything(path)
    assert rows.height == 200
    assert refused["reason"].to_list() == ["bad_encoding"]


def test_letters_that_are_neither_utf8_nor_western_are_asked_about(tmp_path):
    path = tmp_path / "people.csv"
    path.write_bytes("имя,город\nанна,москва\nборис,казань\n".encode("cp1251"))
    with pytest.raises(SourceUnreadable, match="encoding: cp1251"):
        everything(path)
    rows, _ = everything(path, source(encoding="cp1251"))
    assert rows["имя"].to_list() == ["анна", "борис"]


def test_an_encoding_nobody_knows_is_told(tmp_path):
    path = tmp_path / "people.csv"
    path.write_text("a,b\n1,2\n")
    with pytest.raises(SourceUnreadable, match="no encoding is called 'klingon'"):
        everything(path, source(encoding="klingon"))
