"""Pages that show every component with made-up rows: what the component tests drive. Not part of the product."""

import math
from datetime import timedelta

from django.http import HttpResponse
from django.urls import include, path

from tenure.people.permissions import Permission
from tenure.ui.chart import Band, Chart, Heat, Mark, Point, Series
from tenure.ui.listing import Listed, Listing, export_url, register
from tenure.ui.page import PageRequest, page
from tenure.ui.table import Column, Empty, Link, Row, Table, TableState
from tenure.web.palette.answer import search

COLUMNS = [
    Column("name", "Name"),
    Column("state", "Health", "state"),
    Column("score", "Score", "number"),
    Column("trend", "12 weeks", "spark", sort=False),
    Column("change", "Change", "change"),
    Column("users", "Active users", "number"),
    Column("breadth", "Breadth", "share_bar", help="Active users ÷ opened accounts"),
    Column("depth", "Depth", "share", shown=False),
    Column("seen", "Last seen", "relative"),
]
COUNT = 123


def companies(request: PageRequest) -> list[Row]:
    return [
        Row(
            {
                "name": Link(
                    f"Company {number:03}", f"/customers/{number}/", sub=f"id-{number}" if number % 7 == 0 else ""
                ),
                "state": number % 4,
                "score": None if number % 4 == 0 else 40 + number % 60,
                "trend": [None, *(50 + 30 * math.sin((number + week) / 2) for week in range(11))],
                "change": [None, -0.124, 0.031, 0][number % 4],
                "users": number * 37,
                "breadth": (number % 100) / 100,
                "depth": 0.5,
                "seen": request.day - timedelta(days=number % 9),
            },
            drawer=f"/gallery/{number}/",
            href=f"/customers/{number}/",
        )
        for number in range(COUNT)
    ]


def listed(request: PageRequest) -> tuple[TableState, list[Row]]:
    state = TableState.read(request, "gallery", COLUMNS, sort="name")
    rows = [row for row in companies(request) if state.search.lower() in row.cells["name"].text.lower()]
    if state.sort == "users":
        rows.sort(key=lambda row: row.cells["users"], reverse=state.descending)
    return state, rows


def every_company(request: PageRequest) -> Listed:
    state, rows = listed(request)
    return Listed(state, len(rows), rows)


GALLERY = register(Listing("gallery", "Gallery", Permission.SEE_ACCOUNTS, "customers:list", every_company))


@page(Permission.SEE_ACCOUNTS)
def gallery(request: PageRequest) -> HttpResponse:
    state, rows = listed(request)
    shown = rows[state.offset : state.offset + state.limit]
    empty = Empty("No companies yet", "They show up with the first event.", "Connect a source", "/")
    table = Table(state, shown, len(rows), empty, export=export_url(request, GALLERY, state))
    return table.respond(request, "tests/gallery.html", {"charts": charts(request)})


@page(Permission.SEE_ACCOUNTS)
def drawer(request: PageRequest, pk: int) -> HttpResponse:
    return HttpResponse(f"<h2>Company {pk:03}</h2>")


def charts(request: PageRequest) -> list[Chart | Heat]:
    days = [request.day - timedelta(days=back) for back in range(180, -1, -1)]
    score = [
        Point(day, 60 + 25 * math.sin(i / 30), href=f"/gallery/?day={day}", note="Definition 2")
        for i, day in enumerate(days)
    ]
    states = [("Healthy", "healthy", 90), ("Average", "average", 60), ("At risk", "at-risk", 30)]
    return [
        Chart(
            "Health over time",
            [Series("Score", score)],
            unit="points",
            bands=[Band(0, 40, "at-risk", "At risk"), Band(70, 100, "healthy", "Healthy")],
            marks=[Mark(days[90], "Definition 2")],
            low=0,
            high=100,
        ),
        Chart(
            "Accounts by state",
            [
                Series(name, [(day, size + 5 * math.sin(i / 9)) for i, day in enumerate(days)], "area", tone, "all")
                for name, tone, size in states
            ],
            note="Every account with a row that day.",
        ),
        Chart(
            "Events by weekday",
            [Series("Events", [("Mon", 12000), ("Tue", 15500), ("Wed", None), ("Thu", 9000)], "bar")],
        ),
        Heat(
            "Feature use",
            days[::14],
            ["Search", "Export", "Reports"],
            [[i * j % 7 or None for j in range(13)] for i in (1, 2, 3)],
        ),
    ]


customers = ([path("", gallery, name="list"), path("<int:pk>/", drawer, name="page")], "customers")
urlpatterns = [
    path("", gallery, name="home"),
    path("gallery/", gallery),
    path("gallery/<int:pk>/", drawer),
    path("customers/", include(customers)),
    path("settings/exports/", include("tenure.web.exports.urls")),
    path("search/", search, name="search"),
    path("", include("tenure.web.people.urls")),
    path("", include("tenure.web.work.urls")),
]
