from django.http import QueryDict

from tenure.ui import cells
from tenure.ui.bulk import Bulk, Verb
from tenure.ui.table import Column, Empty, Link, Row, Table, TableState

COLUMNS = [Column("name", "Name")]


def table(query: str = "", page: int = 1) -> Table:
    state = TableState("events", COLUMNS, COLUMNS, "name", False, "", page, QueryDict(query), "/events/")
    return Table(state, [], 0, Empty("None"), bulk=Bulk("/mark/", "event", [Verb("Value", "class", "2")]))


def test_it_draws_a_named_checkbox_for_a_row_with_a_key_only():
    pick = cells.picks("the-form", "event", "name")
    rows = [Row({"name": Link('<b>"Open"', "/1/")}, key="1"), Row({"name": "Total"})]
    drawn = str(cells.body(table().state, rows, pick))
    assert drawn.count("<input") == 1
    assert 'form="the-form" name="event" value="1" aria-label="Select &lt;b&gt;&quot;Open&quot;"' in drawn
    assert '<td class="pick"></td>' in drawn


def test_it_comes_back_to_the_very_list():
    assert table("class=2&sort=-name&page=3", page=3).here_url == "/events/?class=2&sort=-name&page=3"
    assert table("q=a&page=1").here_url == "/events/?q=a"
