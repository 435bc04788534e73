"""Addresses of follow-ups and promises."""

from django.urls import path

from tenure.web.work import choices, detail, list, logging, promises, removal, types

app_name = "work"

urlpatterns = [
    path("work/follow-ups/", list.follow_ups, name="follow_ups"),
    path("work/follow-ups/new/", logging.log, name="log"),
    path("work/follow-ups/draft/", logging.draft, name="draft"),
    path("work/follow-ups/<int:pk>/", detail.detail, name="follow_up"),
    path("work/follow-ups/<int:pk>/edit/", logging.edit, name="edit"),
    path("work/follow-ups/<int:pk>/removal/", removal.remove, name="remove"),
    path("work/follow-ups/<int:pk>/restoration/", removal.restore, name="restore"),
    path("work/attachments/<int:pk>/", detail.attachment, name="attachment"),
    path("work/attachments/<int:pk>/removal/", detail.remove_attachment, name="remove_attachment"),
    path("work/promises/", promises.promises, name="promises"),
    path("work/promises/<int:pk>/completion/", promises.complete, name="complete"),
    path("work/promises/<int:pk>/reopening/", promises.reopen, name="reopen"),
    path("work/promises/<int:pk>/due/", promises.move, name="move"),
    path("work/choices/accounts/", choices.accounts, name="accounts"),
    path("work/choices/people/", choices.people, name="people"),
    path("work/choices/members/", choices.members, name="members"),
    path("work/choices/fields/", choices.fields, name="fields"),
    path("customers/<int:pk>/promises/", promises.of_account, name="account_promises"),
    path("settings/follow-ups/", types.types, name="types"),
    path("settings/follow-ups/<int:pk>/names/", types.rename, name="rename_type"),
    path("settings/follow-ups/<int:pk>/archive/", types.archive, name="archive_type"),
    path("settings/follow-ups/<int:pk>/restoration/", types.restore, name="restore_type"),
]
