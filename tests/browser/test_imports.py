"""Whole data sets through the pages: uploaded, mapped, checked, imported, counted, undone."""

from collections.abc import Iterator

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tenure.events.inbox import current
from tenure.people.models import Member, Role
from tenure.records.models import SurveyAnswer
from tests.events.conftest import house  # noqa: F401 — a fixture
from tests.imports.data_sets import CSMS, DATA_SETS, File
from tests.imports.desk import Desk

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Importer:
    """A person at the pages of imports; the jobs are done when they are asked for."""

    def __init__(self, page: Page, server: str, desk: Desk) -> None:
        self.page, self.server, self.desk = page, server, desk

    def bring(self, file: File) -> None:
        """From the upload to the counts."""
        page = self.page
        page.goto(f"{self.server}{reverse('imports:new')}?kind={file.kind}")
        page.set_input_files("#import-file", file.path)
        page.get_by_role("button", name="Upload and look at the columns").click()
        for field, column in file.named.items():
            page.get_by_label(column, exact=True).select_option(field)
        page.get_by_role("button", name="Check the file").click()
        self.finish("Nothing was written yet.")
        self.counted(file)
        page.get_by_role("button", name=f"Import {sum(file.counts[:2]):,} rows").click()
        self.finish("this became of")
        self.counted(file)

    def undo(self) -> None:
        self.page.once("dialog", lambda dialog: dialog.accept())
        self.page.get_by_role("button", name="Undo the import").click()
        self.finish("was taken back")

    def finish(self, said: str) -> None:
        """Does the job that waits, until the page says so by itself."""
        expect(self.page.locator("#import-progress")).to_be_visible()
        self.desk.done()
        expect(self.page.locator("#main h2").first).to_contain_text(said)

    def counted(self, file: File) -> None:
        expect(self.page.locator(".import-figures dd")).to_have_text([f"{count:,}" for count in file.counts])
        for column, reason in file.reasons:
            first = self.page.locator(".import-refusals tbody tr").first
            expect(first).to_contain_text(reason)
            expect(first).to_contain_text(column or "–")


@pytest.fixture
def importer(live_server, open_page, sign_in, alice, house, tmp_path) -> Iterator[Importer]:  # noqa: F811
    for name in CSMS:
        Member.objects.create(email=f"{name}@example.com", name=name, role=Role.CSM)
    current.use(house.inbox)
    page = sign_in(open_page(), live_server.url, alice)
    yield Importer(page, live_server.url, Desk(alice, tmp_path))
    current.use(None)


@pytest.mark.parametrize("name", DATA_SETS)
def test_it_imports_a_whole_data_set(importer, name):
    for file in DATA_SETS[name]:
        if not file.path.exists():
            pytest.skip(f"OUTSIDE DATA MISSING: {file.path}")
        importer.bring(file)


def test_it_takes_back_what_a_file_brought(importer):
    accounts, answers = (file for file in DATA_SETS["cs_core_sample"] if file.kind in ("accounts", "survey-answers"))
    importer.bring(accounts)
    importer.bring(answers)
    assert SurveyAnswer.objects.count() == 86
    importer.undo()
    assert not SurveyAnswer.objects.exists()
