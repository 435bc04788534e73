"""Addresses of tags. A tag's value may come from a file or another system, so it may hold a slash."""

from django.urls import path

from tenure.web.tags import form, list, putting

app_name = "tags"

urlpatterns = [
    path("", list.index, name="list"),
    path("new/", form.create, name="create"),
    path("changes/<int:change>/undo/", form.undo_change, name="undo_change"),
    path("on/", putting.change_many, name="change_many"),
    path("on/<int:pk>/", putting.part, name="part"),
    path("on/<int:pk>/change/", putting.change, name="change"),
    path("on/changes/<int:activity_id>/undo/", putting.undo, name="undo"),
    path("archive/<path:value>/", form.archive, name="archive"),
    path("restore/<path:value>/", form.restore, name="restore"),
    path("edit/<path:value>/", form.edit, name="edit"),
]
