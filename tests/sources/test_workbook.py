from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
import xlsxwriter

from desireline.errors import SourceEmpty, SourceUnreadable, SourceUnsafe
from sources.reading import everything, source


def book(folder: Path, **sheets: list[list[object]]) -> Path:
    path = folder / "export.xlsx"
    with xlsxwriter.Workbook(path, {"default_date_format": "yyyy-mm-dd hh:mm:ss"}) as workbook:
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, value in enumerate(row):
                    if value is not None:
                        sheet.write(number, place, value)
    return path


def test_cells_become_text_in_iso_form(tmp_path):
    path = book(
        tmp_path,
        Orders=[
            ["id", "paid", "at", "vip", "note"],
            [12, 3.5, datetime(2026, 3, 1, 9, 59, 59), True, "é"],
            [1234567890123, 0.1, datetime(2026, 3, 1), False, None],  # midnight comes back as a date
        ],
    )
    rows, refused = everything(path)
    assert rows.rows() == [
        ("12", "3.5", "2026-03-01T09:59:59", "true", "é", 1),
        ("1234567890123", "0.1", "2026-03-01", "false", None, 2),
    ]
    assert refused.is_empty()


def test_times_of_day_keep_their_seconds(tmp_path):
    instants = [datetime(2026, 3, day, hour, 7, 13) for day in range(1, 29) for hour in range(24)]
    rows, _ = everything(book(tmp_path, A=[["at"], *[[instant] for instant in instants]]))
    assert rows["at"].to_list() == [instant.isoformat() for instant in instants]


def test_a_sheet_is_found_by_its_name_and_a_wrong_name_is_told(tmp_path):
    path = book(tmp_path, Cover=[["hello"], ["x"]], Orders=[["id"], ["a1"]])
    assert everything(path)[0].columns == ["hello", "_row"]
    assert everything(path, source(sheet="Orders"))[0].rows() == [("a1", 1)]
    with pytest.raises(SourceUnreadable, match=r"no sheet 'Order'. Did you mean 'Orders'\?"):
        everything(path, source(sheet="Order"))


def test_blank_rows_inside_are_refused_and_at_the_end_they_are_nothing(tmp_path):
    path = book(tmp_path, A=[["a", "b"], ["1", "2"], [None, None], ["3", None], [None, " "]])
    rows, refused = everything(path)
    assert rows["_row"].to_list() == [1, 3]
    assert refused.select("row", "reason").rows() == [(2, "blank_row"), (4, "blank_row")]


def test_content_beyond_the_header_is_refused(tmp_path):
    rows, refused = everything(book(tmp_path, A=[["a", "b"], [1, 2, 3], [4, 5]]))
    assert rows["a"].to_list() == ["4"]
    assert refused.select("row", "reason", "raw").rows() == [(1, "wrong_cell_count", '["1", "2", "3"]')]


@pytest.mark.parametrize(("rows", "says"), [([], "is empty"), ([["a", "b"]], "a header and no rows")])
def test_a_sheet_without_rows_says_so(tmp_path, rows, says):
    with pytest.raises(SourceEmpty, match=says):
        everything(book(tmp_path, A=rows))


def test_a_zip_bomb_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * (20 * 1024 * 1024))
    with pytest.raises(SourceUnsafe, match="zip bomb"):
        everything(path)


def test_too_many_entries_are_refused(tmp_path):
    path = tmp_path / "many.xlsx"
    with zipfile.ZipFile(path, "w") as packed:
        for number in range(1001):
            packed.writestr(f"xl/{number}", b"")
    with pytest.raises(SourceUnsafe, match="1,001 files"):
        everything(path)


def test_a_stray_cell_in_the_far_corner_is_refused_before_room_is_made_for_it(tmp_path):
    path = tmp_path / "far.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "a")
        sheet.write(1_048_575, 16_383, "far")
    with pytest.raises(SourceUnsafe, match="17,179,869,184 cells"):
        everything(path)


def test_a_damaged_workbook_says_so(tmp_path):
    path = book(tmp_path, A=[["a"], ["1"]])
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(SourceUnreadable):
        everything(path)


def test_another_zip_file_is_no_workbook(tmp_path):
    path = tmp_path / "export.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("orders.csv", b"a,b\n1,2\n")
    with pytest.raises(SourceUnreadable, match=r"a zip archive, not a workbook\. Unpack it"):
        everything(path)


def test_dates_without_a_time_stay_dates(tmp_path):
    path = tmp_path / "dates.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        sheet.write(0, 0, "on")
        sheet.write_datetime(1, 0, date(2026, 3, 1), workbook.add_format({"num_format": "yyyy-mm-dd"}))
    assert everything(path)[0]["on"][0][:10] == "2026-03-01"
