"""What the editor is told: fields and words, the outcome of a condition, and where it is wrong."""

import json
import re

import pytest

from tenure.core.conditions.fields import Field, FieldType, FirstDay
from tenure.core.document import BadDocument
from tenure.segments.catalogue import Catalogue, Entry, Group
from tenure.web.segments.editor import editor
from tenure.web.segments.problems import problem_words


def asked(client, where, condition) -> str:
    return client.post(f"/segments/{where}/", {"condition": json.dumps(condition)}).content.decode()


def test_it_counts_names_and_says_a_condition(alices):
    said = asked(alices, "outcome", {"field": "health.state", "comparison": "=", "value": "at_risk"})

    assert re.search(r'<b class="figure">1</b> <span>of 12 customers', said)
    assert ">Dahlia Media</a>" in said
    assert "Customers where Health is “At risk”." in said


def test_it_says_where_a_condition_is_wrong(alices):
    said = asked(alices, "outcome", {"all": [{"field": "health.score", "comparison": "<", "value": None}]})

    assert 'data-path="all[0].value"' in said
    assert "A number is missing here." in said


def test_it_shows_how_the_count_moved_over_the_days_with_numbers(alices):
    said = asked(alices, "trend", {"all": []})

    assert '<svg class="spark"' in said
    assert "12 now; between 11 and 12." in said


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        ("must be a whole number from 1 to 366.", "This must be a whole number from 1 to 366."),
        (
            "is 7 levels deep; at most 6. Make a flatter condition.",
            "Groups in groups: at most 6 levels. Make it flatter.",
        ),
        ("is odd.", "This cannot be used: is odd."),
    ],
)
def test_it_says_problems_to_people(problem, words):
    assert problem_words(BadDocument("all[0]", problem)) == words


def test_nothing_in_its_data_can_end_the_template_it_stands_in():
    entry = Entry(Field("fact.</template><script>", FieldType.DATE, FirstDay()), "</template><script>")
    made = editor({"all": []}, Catalogue([Group("a", "<b>", [entry])]))

    assert "<" not in made.data
    assert json.loads(made.data)["groups"][0]["fields"][0]["name"] == "</template><script>"
