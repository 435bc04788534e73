"""Addresses of segments, and of what the editor of conditions asks."""

from django.urls import path

from tenure.web.segments import archiving, editing, filter, list, outcome, page, trend

app_name = "segments"

urlpatterns = [
    path("", list.index, name="list"),
    path("new/", editing.create, name="create"),
    path("outcome/", outcome.outcome, name="outcome"),
    path("trend/", outcome.trend, name="trend"),
    path("filter/", filter.filter_drawer, name="filter"),
    path("<int:pk>/", page.detail, name="segment"),
    path("<int:pk>/metric/", trend.trend_part, name="metric"),
    path("<int:pk>/edit/", editing.edit, name="edit"),
    path("<int:pk>/changes/<int:change>/undo/", editing.undo, name="undo"),
    path("<int:pk>/archive/", archiving.archive, name="archive"),
    path("<int:pk>/restore/", archiving.restore, name="restore"),
]
