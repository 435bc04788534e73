import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINE = "() => document.querySelector('tenure-chart svg path[stroke-width=\"2\"]')?.getAttribute('stroke')"


@pytest.fixture
def charts(live_server, open_page, sign_in, gallery, alice):
    page = sign_in(open_page(), live_server.url, alice)
    page.goto(f"{live_server.url}{gallery}")
    page.wait_for_selector("tenure-chart svg")
    return page


def middle(page) -> tuple[float, float]:
    box = page.locator("tenure-chart").first.bounding_box()
    return box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2


def test_it_names_what_one_points_at_and_opens_what_is_behind(charts):
    charts.mouse.move(*middle(charts))
    said = charts.locator(".chart-hover").first
    said.wait_for()
    day = said.locator("strong").inner_text()
    assert "Score" in said.inner_text()
    assert "Definition 2" in said.inner_text()
    assert "−" in said.locator("em").inner_text()
    charts.mouse.click(*middle(charts))
    charts.wait_for_selector(f".day-picker >> text={day}")


def test_it_shows_the_same_numbers_as_a_table_and_follows_width_and_theme(charts):
    figure = charts.locator(".tn-chart").nth(2)
    figure.locator("[data-chart-table]").click()
    said = figure.locator(".chart-table").inner_text().split()
    assert said == ["Day", "Events", "Mon", "12,000", "Tue", "15,500", "Wed", "–", "Thu", "9,000"]
    assert not figure.locator("tenure-chart").is_visible()
    light = charts.evaluate(LINE)
    charts.set_viewport_size({"width": 900, "height": 700})
    charts.emulate_media(color_scheme="dark")
    charts.wait_for_timeout(300)
    assert charts.evaluate(LINE) not in (light, None)
    place = charts.locator(".chart-place").first.bounding_box()["width"]
    assert charts.locator(".chart-place svg").first.bounding_box()["width"] == pytest.approx(place, abs=1)
