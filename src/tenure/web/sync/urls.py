"""Addresses of syncs."""

from django.urls import path

from tenure.web.sync import changing, columns, form, list, one, run

app_name = "sync"

urlpatterns = [
    path("", list.index, name="list"),
    path("new/", form.choose, name="choose"),
    path("new/<slug:integration>/", form.new, name="new"),
    path("<int:pk>/", one.detail, name="one"),
    path("<int:pk>/progress/", one.progress, name="progress"),
    path("<int:pk>/settings/", form.edit, name="edit"),
    path("<int:pk>/columns/", columns.columns, name="columns"),
    path("<int:pk>/run/", changing.run, name="run"),
    path("<int:pk>/anew/", changing.anew, name="anew"),
    path("<int:pk>/stop/", changing.stop, name="stop"),
    path("<int:pk>/pause/", changing.pause, name="pause"),
    path("<int:pk>/resume/", changing.resume, name="resume"),
    path("<int:pk>/delete/", changing.delete, name="delete"),
    path("runs/<int:pk>/", run.detail, name="run_detail"),
]
