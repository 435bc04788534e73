"""Addresses of the pages that define metrics. A metric's key has no dash, so the fixed ones are never a key."""

from django.urls import path

from tenure.web.metrics import archiving, definition, editing, list, preview, progress

app_name = "metrics"

urlpatterns = [
    path("", list.index, name="list"),
    path("new-metric/", editing.create, name="create"),
    path("form-fields/", editing.fields, name="fields"),
    path("form-preview/", preview.preview, name="preview"),
    path("job-progress/", progress.progress, name="progress"),
    path("<slug:key>/", definition.detail, name="metric"),
    path("<slug:key>/edit/", editing.edit, name="edit"),
    path("<slug:key>/archive/", archiving.archive, name="archive"),
    path("<slug:key>/restore/", archiving.restore, name="restore"),
]
