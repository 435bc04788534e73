import pytest

from tenure.privacy.redaction import Redaction


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Ada Lovelace called", "[erased] called"),
        ("ADA LOVELACE, ada@x.example.", "[erased], [erased]."),
        ("Adaline and xada@x.example", "Adaline and xada@x.example"),
        ("王伟说：+44 20 7946", "[erased]说：[erased]"),
        ("Bo was here", "Bo was here"),
    ],
)
def test_it_takes_whole_words_out_of_texts(text, said):
    redaction = Redaction(["Ada Lovelace", "ada@x.example", "王伟", "+44 20 7946", "Bo", ""])
    assert redaction.text(text) == said


def test_it_takes_short_names_out_of_what_is_the_persons_own():
    assert Redaction(["Bo"], own=True).value({"Bo": ["Bo", 1, None], "x": "Bob"}) == {
        "[erased]": ["[erased]", 1, None],
        "x": "Bob",
    }


def test_it_changes_nothing_without_texts():
    assert Redaction([]).text("anything") == "anything"
