from __future__ import annotations

import gzip

import pytest

from desireline.errors import SourceEmpty, SourceUnreadable
from desireline.sources.read import read
from sources.reading import everything


def lines(folder, *texts: str | bytes, name: str = "log.jsonl"):
    path = folder / name
    path.write_bytes(b"\n".join(text if isinstance(text, bytes) else text.encode() for text in texts) + b"\n")
    return path


def test_objects_become_rows_of_text(tmp_path):
    path = lines(tmp_path, '{"who": "ana", "n": 12, "paid": 3.50, "since": 1540919166796.0, "vip": true, "x": null}')
    rows, _ = everything(path)
    assert rows.to_dicts() == [
        {
            "who": "ana",
            "n": "12",
            "paid": "3.50",
            "since": "1540919166796",
            "vip": "true",
            "x": None,
            "_row": 1,
        }
    ]


def test_nested_objects_are_unfolded_and_lists_stay_json(tmp_path):
    rows, _ = everything(
        lines(tmp_path, '{"user": {"id": 7, "home": {"city": "Köln"}}, "tags": ["a", "b"], "none": []}')
    )
    assert rows.drop("_row").to_dicts() == [
        {"user.id": "7", "user.home.city": "Köln", "tags": '["a", "b"]', "none": None}
    ]


def test_a_column_that_appears_late_is_there_from_the_first_batch(tmp_path):
    path = lines(tmp_path, '{"a": 1}', '{"a": 2}', '{"a": 3, "b": "new"}')
    rows, _ = everything(path, batch_rows=1)
    assert rows.rows() == [("1", None, 1), ("2", None, 2), ("3", "new", 3)]


def test_lines_that_are_no_objects_are_refused(tmp_path):
    path = lines(tmp_path, '{"a": 1}', '{"a": ', "[1, 2]", "", '{"a": "\\u0000"}', '{"a": "\\ud800"}', b'{"a": "\xff"}')
    rows, refused = everything(path)
    assert rows.rows() == [("1", 1)]
    assert refused.select("row", "reason").rows() == [
        (2, "bad_json"),
        (3, "bad_json"),
        (4, "nul_byte"),
        (5, "bad_encoding"),
        (6, "bad_encoding"),
    ]
    assert refused["raw"][0] == '{"a": '


def test_records_without_content_are_refused(tmp_path):
    _, refused = everything(lines(tmp_path, '{"a": 1}', '{"a": null}', "{}"))
    assert refused.select("row", "reason").rows() == [(2, "blank_row"), (3, "blank_row")]


def test_deep_nesting_is_refused_not_crashed_on(tmp_path):
    deep = '{"a":' * 50_000 + "1" + "}" * 50_000
    _, refused = everything(lines(tmp_path, '{"a": 1}', deep))
    assert refused["reason"].to_list() == ["bad_json"]


def test_a_broken_gzip_file_says_after_which_row(tmp_path):
    body = "".join(f'{{"n": {n}, "x": {n * 7919 % 10007}}}\n' for n in range(20_000)).encode()
    packed = gzip.compress(body)
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(packed[: len(packed) // 2])
    with pytest.raises(SourceUnreadable, match=r"after row [1-9]"):
        everything(path)


def test_nothing_but_blank_lines_is_empty(tmp_path):
    with pytest.raises(SourceEmpty):
        everything(lines(tmp_path, "", " "))


def test_batches_have_the_columns_that_were_met_so_far_where_that_is_enough(tmp_path):
    path = lines(tmp_path, '{"a": [1]}', '{"a": [2], "b": "new"}')
    batches = list(read(path, batch_rows=1, every_column=False))
    assert [batch.rows.columns for batch in batches] == [["a", "_row"], ["a", "b", "_row"]]


def test_a_column_keeps_its_name_when_a_later_key_would_have_liked_it(tmp_path):
    path = lines(tmp_path, '{"a": 1, " a": 2}', '{"a": [3], "a_2": 4}')
    batches = list(read(path, batch_rows=1, every_column=False))
    assert [batch.rows.columns for batch in batches] == [["a", "a_2", "_row"], ["a", "a_2", "a_2_2", "_row"]]
