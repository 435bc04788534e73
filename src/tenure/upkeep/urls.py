"""Addresses of the system page."""

from django.urls import path

from tenure.upkeep import views

app_name = "upkeep"
urlpatterns = [
    path("", views.system, name="system"),
    path("backup/", views.back_up_now, name="back_up_now"),
    path("backup/<int:backup_id>/verify/", views.verify, name="verify"),
    path("notices/<int:notice_id>/dismiss/", views.dismiss, name="dismiss"),
]
