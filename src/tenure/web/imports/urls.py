"""Addresses of imports."""

from django.urls import path

from tenure.web.imports import changing, file, list, mapping, refused, upload

app_name = "imports"

urlpatterns = [
    path("", list.index, name="list"),
    path("new/", upload.new, name="new"),
    path("<int:pk>/", file.detail, name="file"),
    path("<int:pk>/progress/", file.progress, name="progress"),
    path("<int:pk>/refused.csv", refused.download, name="refused"),
    path("<int:pk>/reading/", mapping.read, name="reading"),
    path("<int:pk>/columns/", mapping.columns, name="columns"),
    path("<int:pk>/start/", changing.start, name="start"),
    path("<int:pk>/stop/", changing.stop, name="stop"),
    path("<int:pk>/undo/", changing.undo, name="undo"),
    path("<int:pk>/discard/", changing.discard, name="discard"),
]
