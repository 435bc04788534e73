"""Addresses of the customers list and the customer page."""

from django.urls import path

from tenure.web.arranging.merging import merge
from tenure.web.arranging.merging import undo as undo_merge
from tenure.web.arranging.place import change_parent, place_part
from tenure.web.contacts.part import contacts_part
from tenure.web.customers.counting import count_users, undo
from tenure.web.customers.drawer import customer_drawer
from tenure.web.customers.in_charge import change_in_charge, successors
from tenure.web.customers.key_facts import key_facts_part
from tenure.web.customers.list import customers_list
from tenure.web.customers.page import customer_page
from tenure.web.customers.parts import events_part, explained_part, features_part, usage_part, users_part
from tenure.web.customers.records import records_part
from tenure.web.customers.user import user_detail
from tenure.web.timeline.view import members, timeline

app_name = "customers"

urlpatterns = [
    path("", customers_list, name="list"),
    path("users/counting/", count_users, name="count_users"),
    path("users/counting/<int:change_id>/undo/", undo, name="count_users_undo"),
    path("users/<int:user_id>/", user_detail, name="user"),
    path("<int:pk>/", customer_page, name="page"),
    path("<int:pk>/drawer/", customer_drawer, name="drawer"),
    path("<int:pk>/in-charge/", change_in_charge, name="in_charge"),
    path("<int:pk>/in-charge/<slug:role>/", successors, name="successors"),
    path("<int:pk>/key-facts/", key_facts_part, name="key_facts"),
    path("<int:pk>/usage/", usage_part, name="usage"),
    path("<int:pk>/features/", features_part, name="features"),
    path("<int:pk>/users/", users_part, name="users"),
    path("<int:pk>/contacts/", contacts_part, name="contacts"),
    path("<int:pk>/records/", records_part, name="records"),
    path("<int:pk>/place/", place_part, name="place"),
    path("<int:pk>/parent/", change_parent, name="parent"),
    path("<int:pk>/merge/", merge, name="merge"),
    path("merges/<int:merge_id>/undo/", undo_merge, name="merge_undo"),
    path("<int:pk>/timeline/", timeline, name="timeline"),
    path("timeline/members/", members, name="timeline_members"),
    path("<int:pk>/events/", events_part, name="events"),
    path("<int:pk>/metrics/<slug:key>/", explained_part, name="metric"),
]
