from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desireline.errors import SourceEmpty, SourceUnreadable
from sources.reading import everything, notes, source


def write(folder: Path, text: str | bytes, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_rows_become_text_with_their_numbers_and_empty_cells_become_null(tmp_path):
    path = write(tmp_path, "client,event,paid\nana,open,\nben,pay,12.50\n")
    rows, refused = everything(path)
    assert rows.to_dicts() == [
        {"client": "ana", "event": "open", "paid": None, "_row": 1},
        {"client": "ben", "event": "pay", "paid": "12.50", "_row": 2},
    ]
    assert refused.is_empty()


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, mark):
    path = write(tmp_path, f"a{mark}b{mark}c\n1{mark}2,5{mark}x y\n")
    asked = source() if mark != "," else source(delimiter=",")
    if mark == ",":
        path = write(tmp_path, "a,b,c\n1,2;5,x y\n")
    rows, _ = everything(path, asked)
    assert rows.columns == ["a", "b", "c", "_row"]
    assert rows["c"].to_list() == ["x y"]


def test_a_first_line_that_declares_the_delimiter_is_no_row(tmp_path):
    rows, _ = everything(write(tmp_path, "sep=;\r\na;b\r\n1;2\r\n"))
    assert rows.to_dicts() == [{"a": "1", "b": "2", "_row": 1}]


def test_line_breaks_delimiters_and_quotation_marks_inside_quotes_stay(tmp_path):
    rows, refused = everything(write(tmp_path, 'id,text\n1,"two\nlines, and ""quotes"""\n2,plain\n'))
    assert rows["text"].to_list() == ['two\nlines, and "quotes"', "plain"]
    assert rows["_row"].to_list() == [1, 2]
    assert refused.is_empty()


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_line_ends_of_every_system_are_known_and_the_last_may_be_missing(tmp_path, line_end):
    rows, _ = everything(write(tmp_path, line_end.join(["a,b", "1,2", "3,4"])))
    assert rows.to_dicts() == [{"a": "1", "b": "2", "_row": 1}, {"a": "3", "b": "4", "_row": 2}]


def test_more_rows_than_the_sample_lose_none(tmp_path):
    text = "n,word\n" + "".join(f"{n},w{n}\n" for n in range(1000))
    rows, _ = everything(write(tmp_path, text), batch_rows=77)
    assert rows["n"].to_list() == [str(n) for n in range(1000)]
    assert rows["_row"].to_list() == list(range(1, 1001))


def test_rows_of_another_width_are_refused_with_their_raw_text(tmp_path):
    rows, refused = everything(write(tmp_path, "a,b\n1,2\n1,2,3\nlonely\n3,4\n"))
    assert rows["_row"].to_list() == [1, 4]
    assert refused.rows() == [
        ("export.csv", 2, "wrong_cell_count", "The row has 3 cells, the header has 2.", "1,2,3"),
        ("export.csv", 3, "wrong_cell_count", "The row has 1 cells, the header has 2.", "lonely"),
    ]


def test_a_quotation_mark_that_stays_open_costs_one_line(tmp_path):
    rows, refused = everything(write(tmp_path, 'a,b\n1,"never closed\n2,x\n3,y\n'))
    assert rows["a"].to_list() == ["2", "3"]
    assert refused.select("row", "reason", "raw").rows() == [(1, "unclosed_quote", '1,"never closed')]


def test_a_quotation_mark_that_stays_open_costs_one_line_even_before_a_quoted_row(tmp_path):
    rows, refused = everything(write(tmp_path, 'a,b\n1,"never closed\n2,"x"\n3,y\n'))
    assert rows["b"].to_list() == ["x", "y"]
    assert refused["row"].to_list() == [1]


def test_loose_quotation_marks_on_one_line_are_read_as_people_mean_them(tmp_path):
    rows, refused = everything(write(tmp_path, 'id,item\n1,"24" monitor\n2,a 5" nail\n'))
    assert rows["item"].to_list() == ["24 monitor", 'a 5" nail']
    assert refused.is_empty()


def test_empty_lines_are_no_rows_and_rows_of_empty_cells_are_refused(tmp_path):
    rows, refused = everything(write(tmp_path, 'a,b\n\n1,2\n,\n""," "\n\n3,4\n\n'))
    assert rows["a"].to_list() == ["1", "3"]
    assert refused.select("row", "reason").rows() == [(2, "blank_row"), (3, "blank_row")]


def test_nul_bytes_cost_only_their_row(tmp_path):
    rows, refused = everything(write(tmp_path, b"a,b\n1,x\x00y\n2,z\n"))
    assert rows["a"].to_list() == ["2"]
    assert refused.select("row", "reason", "raw").rows() == [(1, "nul_byte", "1,x\\x00y")]


def test_a_line_beyond_eight_mebibytes_is_refused_and_the_rest_is_read(tmp_path):
    huge = b"2," + b"x" * (10 * 1024 * 1024)
    rows, refused = everything(write(tmp_path, b"a,b\n1,x\n" + huge + b"\n3,z\n"))
    assert rows["a"].to_list() == ["1", "3"]
    assert refused.select("row", "reason").rows() == [(2, "line_too_long")]
    assert refused["raw"][0].startswith("2,xxx")
    assert len(refused["raw"][0]) < 1000


def test_texts_that_mean_nothing_become_null(tmp_path):
    path = write(tmp_path, "a,b\n?,Select\n1, NULL \n")
    rows, _ = everything(path, source(missing=["?", "Select", "NULL"]))
    assert rows.to_dicts() == [{"a": None, "b": None, "_row": 1}, {"a": "1", "b": None, "_row": 2}]


def test_headers_that_repeat_or_have_no_name_are_named_and_told(tmp_path):
    path = write(tmp_path, ",name,name, _row\n1,a,b,c\n")
    rows, _ = everything(path)
    assert rows.columns == ["column_1", "name", "name_2", "_row_2", "_row"]
    assert notes(path) == [
        "Column 1 has no name in the header; it is called 'column_1' here.",
        "The header names 'name' more than once; the one in column 3 is called 'name_2' here.",
        "Column 4 is called '_row', which is kept for row numbers; it is called '_row_2' here.",
    ]


def test_one_column_is_enough(tmp_path):
    rows, refused = everything(write(tmp_path, 'word\nred\n"a ""b"""\n \nblue\n'))
    assert rows["word"].to_list() == ["red", 'a "b"', "blue"]
    assert refused["reason"].to_list() == ["blank_row"]


def test_a_header_without_rows_says_so(tmp_path):
    with pytest.raises(SourceEmpty, match=r"export.csv holds a header and no rows"):
        everything(write(tmp_path, "a,b\n"))


def test_a_file_of_blank_lines_says_so(tmp_path):
    with pytest.raises(SourceEmpty, match="holds no text at all"):
        everything(write(tmp_path, "\n\n  \n"))


def test_gzip_is_unpacked_whatever_the_name(tmp_path):
    rows, _ = everything(write(tmp_path, gzip.compress(b"a,b\n1,2\n"), "export.csv"))
    assert rows.to_dicts() == [{"a": "1", "b": "2", "_row": 1}]


def test_a_gzip_file_that_breaks_off_says_after_which_row(tmp_path):
    words = "".join(f"{n},{n * 7919 % 10007}\n" for n in range(20_000))
    whole = gzip.compress(("a,b\n" + words).encode())
    with pytest.raises(SourceUnreadable, match=r"ends in the middle, after row [1-9]\d*\."):
        everything(write(tmp_path, whole[: len(whole) // 2], "export.csv.gz"))


CELLS = st.text(alphabet=st.sampled_from('ab1 ,;"\n\r\té€'), max_size=8)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=1, max_size=8), batch_rows=st.integers(1, 4))
def test_whatever_the_csv_module_writes_is_read_back_the_same(tmp_path, rows, batch_rows):
    text = io.StringIO(newline="")
    csv.writer(text).writerows([("x", "y", "z"), *rows])
    path = write(tmp_path, text.getvalue())
    taken, refused = everything(path, source(delimiter=","), batch_rows=batch_rows)
    expected = [
        (*(cell if cell.strip() else None for cell in row), number)
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    assert taken.rows() == expected
    assert taken.height + refused.height == len(rows)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=st.lists(st.binary(max_size=12).filter(lambda b: b"\n" not in b and b"\r" not in b), max_size=12))
def test_any_bytes_at_all_end_as_rows_or_refusals_with_distinct_numbers(tmp_path, lines):
    path = write(tmp_path, b"\n".join([b"a,b", *lines, b"1,2", b""]))
    taken, refused = everything(path, source(encoding="utf-8", delimiter=","))
    numbers = sorted(taken["_row"].to_list() + refused["row"].to_list())
    assert numbers == list(range(1, len(numbers) + 1))
    assert all(reason for reason in refused["reason"])
