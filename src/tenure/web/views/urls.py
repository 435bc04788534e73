"""Addresses of saved views."""

from django.urls import path

from tenure.web.views import drawer

app_name = "views"

urlpatterns = [
    path("", drawer.drawer, name="drawer"),
    path("new/", drawer.create, name="create"),
    path("<int:pk>/update/", drawer.update, name="update"),
    path("<int:pk>/rename/", drawer.rename, name="rename"),
    path("<int:pk>/delete/", drawer.archive, name="archive"),
    path("<int:pk>/restore/", drawer.restore, name="restore"),
    path("<int:pk>/first/", drawer.begin, name="begin"),
]
