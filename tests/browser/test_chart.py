import struct
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

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


def test_it_gives_pictures_and_numbers_by_keyboard_alone(charts, tmp_path):
    figure = charts.locator(".tn-chart").nth(1)
    figure.scroll_into_view_if_needed()
    figure.locator("tenure-chart svg").wait_for()

    def take(place: int) -> Path:
        figure.locator("summary").focus()
        with charts.expect_download() as started:
            for key in ("Enter", *["Tab"] * place, "Enter"):
                charts.keyboard.press(key)
        name = started.value.suggested_filename
        started.value.save_as(tmp_path / name)
        return tmp_path / name

    png, svg, numbers = take(1), take(2), take(3)
    day = datetime.now(UTC).date().isoformat()
    assert [each.name for each in (png, svg)] == [f"Accounts-by-state-{day}.png", f"Accounts-by-state-{day}.svg"]
    picture = ElementTree.parse(svg).getroot()
    said = " ".join(each.text or "" for each in picture.iter("{http://www.w3.org/2000/svg}text"))
    for words in ("Accounts by state", "Every account with a row that day.", f"As of {day}", "Healthy", "At risk"):
        assert words in said
    assert 'fill="rgb(255, 255, 255)"' in svg.read_text()[:2_000]
    size = struct.unpack(">II", png.read_bytes()[16:24])
    assert size == tuple(2 * int(picture.attrib[side]) for side in ("width", "height"))
    lines = numbers.read_text(encoding="utf-8-sig").splitlines()
    assert (lines[0], len(lines)) == ("Day,Healthy,Average,At risk", 182)
    assert lines[-1].startswith(f"{day},")
