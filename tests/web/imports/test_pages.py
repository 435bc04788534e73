"""The pages of imports, from the upload to undoing."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tenure.accounts.models import Account
from tenure.events.inbox import current
from tenure.imports.models import FileImport
from tests.imports.conftest import desk, house

__all__ = ["desk", "house"]
FILE = b"account_id,plan,signed\nacme,pro,3/4/2026\nbolt,free,5/6/2026\n,x,\n"


@pytest.fixture
def browser(desk):
    client = Client()
    client.force_login(desk.actor)
    return client


def post(browser, name, *args, **data):
    return browser.post(reverse(f"imports:{name}", args=args), data, follow=True)


def test_it_leads_from_the_file_to_the_result_and_back(desk, browser, house):
    shown = post(browser, "new", kind="accounts", file=SimpleUploadedFile("customers.csv", FILE)).content.decode()
    made = FileImport.objects.get()
    assert '<option value="account" selected>Customer id *' in shown
    assert "Day or month first?" in shown

    shown = post(browser, "columns", made.pk, **{"to-0": "account", "to-1": "plan", "to-2": "*", "order-2": "mdy"})
    assert "The file is being checked" in shown.content.decode()
    desk.done()
    shown = browser.get(reverse("imports:file", args=[made.pk])).content.decode()
    assert "3 rows were checked. Nothing was written yet." in shown
    assert "Import 2 rows" in shown
    assert "This cell must not be empty." in shown
    assert not Account.objects.exists()

    assert "The file is being imported." in post(browser, "start", made.pk).content.decode()
    desk.done()
    assert browser.get(reverse("imports:progress", args=[made.pk])).headers["HX-Refresh"] == "true"
    assert Account.objects.get(external_id="acme").traits == {"plan": "pro", "signed": "2026-03-04"}
    refused = b"".join(browser.get(reverse("imports:refused", args=[made.pk])).streaming_content).decode()
    assert refused.splitlines()[1] == ",x,,4,account_id: This cell must not be empty."

    house.send({"event": "open", "account": "bolt", "time": "2026-04-01T10:00:00Z"})
    shown = browser.get(reverse("imports:file", args=[made.pk])).content.decode()
    assert "If you undo it, 1 customer that nothing else names goes with it." in shown
    assert "<b>1</b> named by events of your product" in shown
    current.use(house.inbox)
    post(browser, "undo", made.pk)
    desk.done()
    current.use(None)
    shown = browser.get(reverse("imports:file", args=[made.pk])).content.decode()
    assert "was taken back" in shown and "2 customers are still being looked at." in shown
    house.loader.load_all()
    shown = browser.get(reverse("imports:file", args=[made.pk])).content.decode()
    assert "1 customer went with it." in shown and "1 customer stays, without what the file said:" in shown
    assert [(each.external_id, each.traits) for each in Account.objects.all()] == [("bolt", {})]


def test_it_sends_a_form_back_that_cannot_be(browser):
    empty = browser.post(reverse("imports:new"), {"kind": "accounts", "file": SimpleUploadedFile("x.csv", b"a,b\n")})
    assert (empty.status_code, FileImport.objects.count()) == (422, 0)
    assert "The file has a header and no rows." in empty.content.decode()
    post(browser, "new", kind="accounts", file=SimpleUploadedFile("x.csv", FILE))
    pk = FileImport.objects.get().pk
    wrong = browser.post(reverse("imports:columns", args=[pk]), {"to-0": "name", "to-1": "name", "to-2": ""})
    assert wrong.status_code == 422
    assert "“account_id” and “plan” cannot both be this field." in wrong.content.decode()
    missing = browser.post(reverse("imports:columns", args=[pk]), {"to-0": "name", "to-1": "*", "to-2": ""})
    assert "No column is chosen for Customer id." in missing.content.decode()
    post(browser, "discard", pk)
    assert not FileImport.objects.exists()
