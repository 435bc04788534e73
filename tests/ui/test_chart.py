import json
import re
from datetime import date

from tenure.ui.chart import Band, Chart, Heat, Mark, Point, Series, as_table

DAYS = [date(2026, 11, day) for day in (20, 21, 22)]


def test_it_brings_series_onto_the_same_days_and_leaves_gaps():
    chart = Chart("Use", [Series("A", [(DAYS[2], 3), (DAYS[0], 1)]), Series("B", [(DAYS[1], 0.5)])], unit="share")
    spec = chart.spec()
    assert spec["x"] == ["2026-11-20", "2026-11-21", "2026-11-22"]
    assert spec["series"][0]["y"] == [1, None, 3]
    assert spec["series"][1]["texts"] == ["–", "50%", "–"]


def test_it_keeps_words_in_their_order_and_says_where_points_lead():
    chart = Chart("Week", [Series("A", [Point("Tue", 1, href="/tue/", note="Definition 2"), ("Mon", 2)], "bar")])
    assert chart.spec()["x"] == ["Tue", "Mon"]
    assert chart.spec()["series"][0]["hrefs"] == ["/tue/", ""]
    assert chart.spec()["series"][0]["notes"] == ["Definition 2", ""]


def test_it_holds_marks_and_bands():
    chart = Chart(
        "Health", [Series("A", [(DAYS[0], 1)])], marks=[Mark(DAYS[0], "v2")], bands=[Band(0, 40, "at-risk", "At risk")]
    )
    assert chart.spec()["marks"] == [{"x": "2026-11-20", "text": "v2"}]
    assert chart.spec()["bands"] == [{"low": 0, "high": 40, "tone": "at-risk", "text": "At risk"}]


def test_it_gives_the_same_numbers_as_a_table_latest_day_first():
    table = as_table(Chart("Use", [Series("A", [(DAYS[0], 1000), (DAYS[1], None)])], name="Day"))
    assert table.heads == ["Day", "A"]
    assert table.rows == [["2026-11-21", "–"], ["2026-11-20", "1,000"]]
    heat = Heat("Use", ["W1", "W2"], ["Search"], [[3, None]], name="Feature")
    assert as_table(heat).rows == [["Search", "3", "–"]]


def test_it_puts_the_spec_in_the_page_so_that_no_name_ends_it(rf):
    from django.template import engines

    chart = Chart("Evil", [Series("</script><b>&", [(DAYS[0], 1)])])
    text = engines["django"].from_string("{% load ui %}{% chart chart %}").render({"chart": chart}, rf.get("/"))
    inside = re.search(r"<template>(.*?)</template>", text, re.S).group(1)
    assert json.loads(inside)["series"][0]["name"] == "</script><b>&"
    assert "</script><b>" not in text
