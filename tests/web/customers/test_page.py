import re
from datetime import timedelta

import pytest

from tests.web.customers.company import STORIES, TODAY
from tests.web.customers.numbers import METRICS


def text(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<template>.*?</template>|<[^>]+>", " ", response.content.decode(), flags=re.S))


def test_it_shows_name_state_score_and_figures(alices, customers):
    shown = text(alices.get("/customers/3/"))
    score, breadth = customers.account_series([3], ("health_score", f"m{METRICS['breadth'][0]}"), TODAY, TODAY)[0][2:]

    assert "Cedar Health" in shown
    assert f"{score:.0f}" in shown
    assert f"{breadth:.0%}" in shown


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.name)
def test_it_shows_every_story(alices, story):
    assert story.name in text(alices.get(f"/customers/{story.id}/"))


def test_it_adds_contributions_up_to_the_change(alices):
    shown = alices.get("/customers/3/?against=28").context["health"].changed

    assert shown.points == pytest.approx(shown.after - shown.before)
    assert sum(each.points for each in shown.sentences) + shown.rest == pytest.approx(shown.points)
    assert any(each.text.startswith("Breadth fell from") for each in shown.sentences)


def test_it_names_the_definition_as_a_reason(alices):
    shown = alices.get(f"/customers/3/?against={TODAY - timedelta(days=56)}").context["health"].changed

    assert "The health definition was changed" in [each.text for each in shown.sentences]
    assert sum(each.points for each in shown.sentences) + shown.rest == pytest.approx(shown.points)


def test_it_says_why_there_is_no_score(alices):
    assert "Not enough data" in text(alices.get("/customers/5/"))


def test_it_walks_to_the_neighbours_in_the_lists_order(alices):
    shown = alices.get("/customers/8/?sort=name").context["neighbours"]
    assert (shown.previous, shown.next, shown.place, shown.total) == (7, 9, 8, 12)

    alone = alices.get("/customers/4/?state=at-risk").context["neighbours"]
    assert (alone.previous, alone.next, alone.total) == (None, None, 1)


@pytest.mark.parametrize("part", ["", "drawer/", "usage/", "features/", "users/", "events/", "metrics/breadth/"])
def test_it_answers_404_for_a_customer_that_is_not_there(alices, part):
    assert alices.get(f"/customers/3/{part}").status_code == 200
    assert alices.get(f"/customers/999/{part}").status_code == 404


def test_it_explains_a_ratio_by_its_parts(alices, customers):
    active, opened = customers.account_series([3], ("m903", "m905"), TODAY, TODAY)[0][2:]
    shown = text(alices.get("/customers/3/metrics/breadth/"))

    assert "Active users 28 ÷ Opened users" in shown
    assert f"Active users 28 {active:.0f} Opened users {opened:.0f}" in shown
    assert "version 1" in shown


def test_it_explains_a_count_by_its_events(alices, customers):
    shown = text(alices.get("/customers/7/metrics/value_events_28/"))
    assert f"Report Viewed {customers.account_series([7], ('m901',), TODAY, TODAY)[0][2]:.0f}" in shown


def test_it_refuses_a_metric_or_a_place_it_does_not_know(alices):
    assert alices.get("/customers/3/metrics/nonsense/").status_code == 404
    assert alices.get("/customers/3/events/?key=nonsense").status_code == 404
