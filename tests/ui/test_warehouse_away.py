import pytest

from tenure.warehouse.store import TooMuchData, WarehouseBusy, WarehouseError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (WarehouseError("x"), "The numbers are not ready"),
        (WarehouseBusy("x"), "This took too long"),
        (TooMuchData("x"), "This is too much at once"),
    ],
)
def test_it_says_why_there_are_no_numbers(client, alice, gallery, monkeypatch, error, words):
    def fail(request):
        raise error

    monkeypatch.setattr("tests.ui.gallery.charts", fail)
    client.force_login(alice)
    response = client.get(gallery)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert words in response.content.decode()
    part = client.get(gallery, headers={"HX-Request": "true"})
    assert (part.status_code, part["Content-Type"]) == (503, "text/plain; charset=utf-8")
    assert part.content.decode().startswith(f"{words}. ")
