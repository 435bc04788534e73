"""Addresses of exports."""

from django.urls import path

from tenure.web.exports import list, make

app_name = "exports"

urlpatterns = [
    path("", list.index, name="list"),
    path("remove/", list.remove_chosen, name="remove"),
    path("<int:pk>/", list.download, name="file"),
    path("make/<slug:name>/", make.make, name="make"),
]
