"""Addresses of people's personal data."""

from django.urls import path

from tenure.web.privacy import personal

app_name = "privacy"

urlpatterns = [
    path("users/<int:user_id>/personal-data.json", personal.export_user, name="export_user"),
    path("users/<int:user_id>/erasure/", personal.erase_a_user, name="erase_user"),
    path("contacts/<int:contact_id>/personal-data.json", personal.export_contact, name="export_contact"),
    path("contacts/<int:contact_id>/erasure/", personal.erase_a_contact, name="erase_contact"),
]
