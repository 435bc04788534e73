import re

import pytest


def names(text: str) -> list[str]:
    return re.findall(r">(Company \d+)</a>", text)


def heads(text: str) -> list[str]:
    head = re.search(r"tn-table.*?(<thead>.*?</thead>)", text, re.S).group(1)
    return [
        re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip(" ↑↓")
        for cell in re.findall(r"<th .*?</th>", head, re.S)
    ]


def test_it_shows_fifty_rows_and_counts_them_all(html):
    text = html()
    assert names(text) == [f"Company {n:03}" for n in range(50)]
    assert "123 rows" in text
    assert "1–50 of 123" in text


def test_it_pages_and_keeps_the_sort(html):
    text = html("sort=-users&page=3")
    assert names(text)[0] == "Company 022"
    assert len(names(text)) == 23
    assert "101–123 of 123" in text
    assert 'href="/gallery/?sort=-users&amp;page=2"' in text


@pytest.mark.parametrize(
    "query", ["page=99999999999", "page=-1", "page=x", "sort=nothing", "sort=-trend", "columns=zzz"]
)
def test_it_falls_back_when_the_url_makes_no_sense(html, query):
    assert names(html(query))[0] == "Company 000"


def test_it_says_when_a_page_is_past_the_end(html):
    text = html("page=40")
    assert names(text) == []
    assert "This page is past the end" in text


def test_it_searches_and_says_when_nothing_is_found(html):
    assert names(html("q=pany+007")) == ["Company 007"]
    nothing = html("q=%3Cb%3Enowhere")
    assert "Nothing found for “&lt;b&gt;nowhere”" in nothing
    assert "<b>nowhere" not in nothing


def test_it_sorts_numbers_from_the_largest_first_and_then_back(html):
    assert 'href="/gallery/?sort=-users"' in html()
    sorted_once = html("sort=-users")
    assert names(sorted_once)[0] == "Company 122"
    assert 'aria-sort="descending"' in sorted_once
    assert 'href="/gallery/?sort=users"' in sorted_once


def test_it_shows_the_chosen_columns_and_remembers_them(html):
    assert "Depth" not in heads(html())
    assert heads(html("columns=depth&columns=users&keep=1")) == ["Name", "Active users", "Depth"]
    assert heads(html()) == ["Name", "Active users", "Depth"]
    assert heads(html("columns=state")) == ["Name", "Health"]
    assert heads(html()) == ["Name", "Active users", "Depth"]


def test_it_answers_htmx_with_the_part_alone(html):
    part = html("page=2", **{"HX-Target": "table-gallery-part"})
    assert part.lstrip().startswith('<div class="table-part"')
    assert "<html" not in part
    assert names(part)[0] == "Company 050"


def test_it_writes_each_kind_of_cell(html):
    row = re.search(r"<tr[^>]*data-href=\"/customers/1/\".*?</tr>", html(), re.S).group()
    assert '<span class="state state-at-risk"><i class="shape shape-at-risk"></i>At risk</span>' in row
    assert '<span class="down">−12%<i aria-hidden="true">↓</i></span>' in row
    assert "yesterday</time>" in row
    assert '<svg class="spark"' in row
    assert 'data-drawer="/gallery/1/"' in row


def test_it_shows_a_dash_where_nothing_is_known(html):
    row = re.search(r"<tr[^>]*data-href=\"/customers/0/\".*?</tr>", html(), re.S).group()
    assert row.count('<span class="none">–</span>') == 2
