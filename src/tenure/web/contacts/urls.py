"""Addresses of contacts."""

from django.urls import path

from tenure.web.contacts import editing
from tenure.web.contacts.list import contacts_list

app_name = "contacts"

urlpatterns = [
    path("", contacts_list, name="list"),
    path("new/<int:account_id>/", editing.create, name="create"),
    path("<int:contact_id>/", editing.contact, name="contact"),
    path("<int:contact_id>/left/", editing.leave, name="leave"),
    path("<int:contact_id>/back/", editing.back, name="back"),
    path("<int:contact_id>/removal/", editing.remove, name="remove"),
    path("<int:contact_id>/restoration/", editing.restore, name="restore"),
    path("<int:contact_id>/account/", editing.move, name="move"),
]
