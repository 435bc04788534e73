"""Addresses of the settings pages about people."""

from django.urls import path

from tenure.web.people import departments, inviting, members

app_name = "people"
urlpatterns = [
    path("members/", members.index, name="members"),
    path("members/invite/", inviting.invite, name="invite"),
    path("members/two-factor/", members.require_second_factor, name="require_second_factor"),
    path("members/<int:member_id>/", members.detail, name="member"),
    path("members/<int:member_id>/<slug:verb>/", members.change, name="member_change"),
    path("invitations/<int:invitation_id>/", inviting.detail, name="invitation"),
    path("invitations/<int:invitation_id>/<slug:verb>/", inviting.change, name="invitation_change"),
    path("departments/", departments.index, name="departments"),
    path("departments/add/", departments.add, name="department_add"),
    path("departments/<int:department_id>/<slug:verb>/", departments.change, name="department_change"),
]
