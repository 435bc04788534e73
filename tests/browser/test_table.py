import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def table(live_server, open_page, sign_in, gallery, alice):
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}{gallery}")
    return page


def first(page) -> str:
    return page.locator("tbody th a").first.inner_text()


def test_it_sorts_pages_searches_and_goes_back_without_leaving_the_page(table):
    table.evaluate("window.same = true")
    table.click(".tn-table thead >> text=Active users")
    table.wait_for_selector("tbody th:has-text('Company 122')")
    assert table.url.endswith("?sort=-users")
    table.click("text=Next")
    table.wait_for_selector("text=51–100 of 123")
    table.keyboard.press("/")
    table.keyboard.type("company 12")
    table.wait_for_selector(".table-count:text-is('3 rows')")
    assert first(table) == "Company 122", "the search forgot the sort"
    assert table.evaluate("document.activeElement.value") == "company 12"
    assert table.evaluate("window.same") is True
    table.go_back()
    table.wait_for_selector("text=51–100 of 123")


def test_it_walks_by_keys_and_opens_the_drawer(table):
    table.keyboard.press("j")
    table.keyboard.press("j")
    table.keyboard.press("Enter")
    table.wait_for_selector("dialog[open] h2:has-text('Company 001')")
    table.keyboard.press("j")
    table.wait_for_selector("dialog[open] h2:has-text('Company 002')")
    table.keyboard.press("Escape")
    table.wait_for_selector("dialog", state="hidden")


def test_it_chooses_columns_remembers_them_and_downloads_what_is_filtered(table):
    table.click(".table-tools >> text=Columns")
    table.uncheck("input[value=state]")
    table.check("input[value=depth]")
    table.click("text=Apply")
    table.wait_for_selector(".tn-table thead >> text=Depth")
    table.goto(table.url.split("?")[0] + "?q=company+12")
    table.click(".table-tools >> text=Export")
    with table.expect_download() as download:
        table.click(".table-tools >> text=CSV file")
    lines = download.value.path().read_text("utf-8-sig").splitlines()
    assert lines[0] == "Name,Score,Change,Active users,Breadth,Depth,Last seen"
    assert [line.split(",")[0] for line in lines[1:]] == ["Company 120", "Company 121", "Company 122"]


def test_it_keeps_head_and_names_in_sight_and_becomes_cards_on_a_phone(table):
    table.set_viewport_size({"width": 800, "height": 600})
    table.evaluate("document.querySelector('.table-scroll').scrollTo(150, 400)")
    corner = table.evaluate(  # at one moment: what is above may still grow
        """() => {
            const places = document.querySelector('.table-scroll').getBoundingClientRect()
            const [first, second] = [...document.querySelectorAll('.tn-table thead th')].map((each) => each.getBoundingClientRect())
            return [first.x - places.x, second.y - places.y]
        }"""
    )
    assert corner == pytest.approx([0, 0], abs=2)
    table.set_viewport_size({"width": 390, "height": 844})
    assert table.locator(".tn-table tbody tr").nth(1).bounding_box()["height"] > 100
    assert (
        table.evaluate("getComputedStyle(document.querySelector('.tn-table tbody td'), '::before').content")
        == '"Health"'
    )
    assert table.evaluate("document.documentElement.scrollWidth") == 390


def test_it_says_so_when_the_server_is_gone_and_keeps_the_rows(table, page_errors):
    table.route("**/gallery/?sort=*", lambda route: route.abort())
    table.click(".tn-table thead >> text=Active users")
    table.wait_for_selector(".toast-line.tone-error:has-text('The server does not answer')")
    assert first(table) == "Company 000"
    page_errors.clear()
