"""Answers kept until the table changes."""

from tenure.warehouse.duckdb.answers import Answers


def test_it_reads_once_and_again_after_a_change():
    answers, reads = Answers(), []
    for _ in range(2):
        assert answers.get("days", lambda: reads.append(1) or len(reads)) == 1
    answers.forget()
    assert answers.get("days", lambda: reads.append(1) or len(reads)) == 2


def test_it_keeps_nothing_that_was_read_while_the_table_changed():
    answers = Answers()

    def slow_read() -> str:
        answers.forget()  # somebody else's write is committed meanwhile
        return "of before"

    assert answers.get("days", slow_read) == "of before"
    assert answers.get("days", lambda: "of now") == "of now"


def test_it_keeps_the_latest_ones():
    answers, reads = Answers(most=2), []
    for day in ("monday", "tuesday", "wednesday", "tuesday", "monday"):
        answers.get(day, lambda day=day: reads.append(day))
    assert reads == ["monday", "tuesday", "wednesday", "monday"]
