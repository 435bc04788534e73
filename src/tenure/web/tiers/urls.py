"""Addresses of the rule for tiers."""

from django.urls import path

from tenure.web.tiers import page

app_name = "tiers"

urlpatterns = [
    path("", page.index, name="index"),
    path("preview/", page.preview, name="preview"),
    path("stop/", page.stop, name="stop"),
]
