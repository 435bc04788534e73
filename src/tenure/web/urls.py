"""Every address of the product."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = [
    path("login/", include("allauth.account.urls")),
]
