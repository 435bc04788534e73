"""Addresses of the jobs pages."""

from django.urls import path

from tenure.jobs import views

app_name = "jobs"
urlpatterns = [
    path("", views.index, name="jobs"),
    path("<int:job_id>/", views.detail, name="job"),
    path("<int:job_id>/<slug:verb>/", views.change, name="job_change"),
]
