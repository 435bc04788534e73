"""Addresses of API tokens."""

from django.urls import path

from tenure.web.tokens import pages

app_name = "tokens"
urlpatterns = [
    path("", pages.index, name="list"),
    path("new/", pages.new, name="new"),
    path("<int:pk>/revoke/", pages.revoke, name="revoke"),
]
