from __future__ import annotations

import gzip

import pytest

from desireline.errors import SourceEmpty, SourceUnreadable, SourceUnsafe
from sources.reading import data, everything

LOG = """<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <global scope="event"><string key="concept:name" value="UNKNOWN"/></global>
  <string key="creator" value="somebody"/>
  <trace>
    <string key="concept:name" value="7"/>
    <event>
      <string key="concept:name" value="ask &amp; wait"/>
      <date key="time:timestamp" value="2026-03-01T10:00:00.000+01:00"/>
      <string key="cost" value="5"><string key="currency" value="EUR"/></string>
    </event>
    <string key="channel" value="web"/>
  </trace>
  <trace><string key="concept:name" value="8"/></trace>
  <trace>
    <string key="concept:name" value="9"/>
    <event><string key="concept:name" value="pay"/><boolean key="ok" value="true"/></event>
  </trace>
</log>
"""


def log(folder, text: str, name: str = "log.xes"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_each_event_is_a_row_that_knows_its_case(tmp_path):
    rows, _ = everything(log(tmp_path, LOG))
    assert rows.to_dicts() == [
        {
            "case:concept:name": "7",
            "case:channel": "web",
            "concept:name": "ask & wait",
            "time:timestamp": "2026-03-01T10:00:00.000+01:00",
            "cost": "5",
            "cost.currency": "EUR",
            "ok": None,
            "_row": 1,
        },
        {
            "case:concept:name": "9",
            "case:channel": None,
            "concept:name": "pay",
            "time:timestamp": None,
            "cost": None,
            "cost.currency": None,
            "ok": "true",
            "_row": 2,
        },
    ]


def test_batches_have_all_columns_from_the_start(tmp_path):
    rows, _ = everything(log(tmp_path, LOG), batch_rows=1)
    assert rows["ok"].to_list() == [None, "true"]


def test_entity_tricks_are_refused_before_they_unfold(tmp_path):
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    start = f'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY l0 "lol">{entities}]>'
    bomb = start + '<log><string key="a" value="&l11;"/></log>'
    with pytest.raises(SourceUnsafe, match="entities"):
        everything(log(tmp_path, bomb))


def test_files_outside_are_never_fetched(tmp_path):
    secret = log(tmp_path, "secret", "secret.txt")
    text = f'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY x SYSTEM "file://{secret}">]><log>&x;</log>'
    with pytest.raises(SourceUnsafe):
        everything(log(tmp_path, text))


def test_broken_xml_says_after_which_row(tmp_path):
    with pytest.raises(SourceUnreadable, match=r"log.xes, line \d+, after row \d+: no sound XML"):
        everything(log(tmp_path, LOG[: LOG.rindex("<boolean")]))


def test_a_broken_gzip_file_says_after_which_row(tmp_path):
    path = tmp_path / "log.xes.gz"
    path.write_bytes(gzip.compress(LOG.encode())[:-20])
    with pytest.raises(SourceUnreadable, match="after row"):
        everything(path)


def test_other_xml_is_no_log(tmp_path):
    with pytest.raises(SourceUnreadable, match="is XML, but no XES log"):
        everything(log(tmp_path, "<?xml version='1.0'?><bpmn:definitions/>"))


def test_endless_nesting_is_unsafe(tmp_path):
    with pytest.raises(SourceUnsafe, match="deep"):
        everything(log(tmp_path, "<log>" + '<list key="a">' * 5000))


def test_a_log_without_events_is_empty(tmp_path):
    with pytest.raises(SourceEmpty):
        everything(log(tmp_path, "<?xml version='1.0'?><log><trace/></log>"))


@pytest.mark.parametrize(
    ("name", "cases", "events"),
    [
        ("running_example", 6, 42),
        ("receipt", 1434, 8577),
        ("road_traffic_100", 100, 390),
        ("order_intervals", 1266, 8109),
    ],
)
def test_public_logs_have_the_cases_and_events_that_are_known(name, cases, events):
    rows, refused = everything(data(f"process_logs/{name}.xes.gz"))
    assert (rows["case:concept:name"].n_unique(), rows.height, refused.height) == (cases, events, 0)
