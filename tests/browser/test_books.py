"""One's own book, and handing one over, in a real browser."""

import pytest
from playwright.sync_api import expect

from tenure.accounts.assignments.reading import book_of
from tenure.accounts.assignments.roles import install_roles
from tenure.accounts.assignments.verbs import assign
from tenure.accounts.models import Account, AssignmentRole
from tenure.accounts.search.keeping import names_changed
from tenure.people.models import Member, Role
from tests.web.customers.conftest import customers, written  # noqa: F401 — fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def team(customers, alice, bob):  # noqa: F811
    """alice owns; bob looks after Hazel Bank, Iris Books and Juniper Labs, and dora after nobody yet."""
    install_roles()
    assign([8, 9, 10], AssignmentRole.objects.get(key="csm"), bob, alice)
    dora = Member.objects.create_user("dora@example.com", name="Dora", role=Role.CSM)
    return {"alice": alice, "bob": bob, "dora": dora}


@pytest.fixture
def browse(live_server, open_page, sign_in, team):
    def to(name, path, **options):
        page = sign_in(open_page(**options), live_server.url, team[name])
        page.goto(f"{live_server.url}{path}")
        return page

    return to


def test_a_csm_sees_their_own_book_only(browse, live_server):
    page = browse("bob", "/customers/?sort=name")
    expect(page.locator("tbody th a")).to_have_text(["Hazel Bank", "Iris Books", "Juniper Labs"])
    names_changed(Account, list(Account.objects.values_list("pk", flat=True)), new=True)
    page.keyboard.press("Control+k")
    page.keyboard.type("haz")
    expect(page.locator(".palette [role=option]")).to_have_text(["Hazel Bankacct-008"])
    page.keyboard.press("Control+a")
    page.keyboard.type("alder")
    expect(page.locator(".palette-none")).to_contain_text("Nothing found for “alder”.")
    page.keyboard.press("Escape")
    page.goto(f"{live_server.url}/customers/1/")
    expect(page.locator("h1")).to_have_text("There is nothing here")


WORDS = {
    "en": ("Hand over", "To whoever has the fewest customers", "Preview", "Hand over 3", "Undo", "Put back as it was."),
    "zh-hans": ("交接", "分给客户最少的人", "预览", "交接 3 项", "撤销", "已恢复原状。"),
}


@pytest.mark.parametrize("language", WORDS)
def test_it_hands_a_book_over_with_a_preview_and_takes_it_back(browse, team, language):
    start, fewest, preview, confirm, undo, undone = WORDS[language]
    Member.objects.filter(pk=team["alice"].pk).update(language=language)
    page = browse("alice", "/team/")
    page.click(f"tr:has-text('Bob') >> text={start}")
    page.check("label:has-text('Dora') input")
    page.get_by_label(fewest).check()
    page.get_by_role("button", name=preview).click()
    expect(page.locator("#preview .loads tbody tr")).to_have_count(2)
    assert book_of(team["dora"].pk, None) == frozenset()
    page.get_by_role("button", name=confirm).click()
    toasts = page.locator(".toasts")
    expect(toasts).to_contain_text("3")
    assert book_of(team["dora"].pk, None) == {8, 9, 10}
    toasts.get_by_role("button", name=undo).click()
    expect(toasts).to_contain_text(undone)
    assert book_of(team["bob"].pk, None) == {8, 9, 10}


def test_it_changes_who_is_in_charge_on_the_customer_page_and_from_the_list(browse, team):
    page = browse("alice", "/customers/8/")
    page.click(".in-charge summary:has-text('CSM')")
    page.select_option("select[name=member] >> nth=0", label="Dora")
    page.click(".in-charge button:has-text('Put in charge') >> nth=0")
    page.wait_for_selector("text=Dora is in charge now.")
    expect(page.locator(".in-charge summary").first).to_contain_text("Dora")
    assert book_of(team["dora"].pk, None) == {8}

    page.goto(page.url.replace("/customers/8/", "/customers/?sort=name"))
    page.click("summary:has-text('In charge')")
    page.click(".menu-item:has-text('Dora')")
    expect(page.locator("tbody th a")).to_have_text(["Hazel Bank"])
    page.check("tbody input[data-pick]")
    page.click(".bulk-bar button:has-text('Put somebody in charge')")
    page.check("label:has-text('Bob') input")
    page.click("button:has-text('Preview')")
    page.click("button:has-text('Hand over 1')")
    page.wait_for_selector("text=1 customer has somebody else in charge.")
    assert book_of(team["bob"].pk, None) == {8, 9, 10}


def test_the_team_and_a_hand_over_fit_a_phone(browse, team):
    page = browse("alice", "/team/", viewport={"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.locator("td a:has-text('Hand over')").first.click()
    page.check("label:has-text('Dora') input")
    page.click("button:has-text('Preview')")
    page.wait_for_selector("#preview")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
