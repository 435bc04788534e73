"""Addresses of the settings of roles in charge."""

from django.urls import path

from tenure.web.team import roles

app_name = "assignment"

urlpatterns = [
    path("", roles.roles, name="roles"),
    path("new-role/", roles.add, name="add"),
    path("<slug:key>/names/", roles.rename, name="rename"),
    path("<slug:key>/rule/", roles.rule, name="rule"),
    path("<slug:key>/archive/", roles.archive, name="archive"),
    path("<slug:key>/restore/", roles.restore, name="restore"),
]
