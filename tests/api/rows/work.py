"""Rows of follow-ups: their files and their types."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from tenure.lib import clock
from tenure.work.content import Content
from tenure.work.follow_ups import add_files, log_follow_up
from tenure.work.models import Attachment, FollowUp, FollowUpType
from tests.api.row import ADMIN, ALL, SEES, Row
from tests.web.routes.world import World


def _logged(world: World) -> FollowUp:
    content = Content(FollowUpType.objects.get(key="call"), clock.now(), notes="A call")
    return log_follow_up(world.account, content, actor=world.csm())


def _follow_up(world: World) -> dict[str, Any]:
    return {"id": _logged(world).pk}


def _file(world: World) -> dict[str, Any]:
    add_files(_logged(world), [SimpleUploadedFile("a.txt", b"Hello")], actor=world.csm())
    return {"id": Attachment.objects.latest("pk").pk}


def _type(world: World) -> dict[str, Any]:
    return {"key": "visit"}


def _archived_type(world: World) -> dict[str, Any]:
    FollowUpType.objects.filter(key="visit").update(archived_at=clock.now())
    return {"key": "visit"}


ROWS: dict[str, Row] = {
    "list_follow_up_files": Row(SEES, _follow_up),
    "attach_follow_up_file": Row(SEES, _follow_up, lambda world: {"file": b"Hello"}),
    "download_follow_up_file": Row(SEES, _file),
    "remove_follow_up_file": Row(SEES, _file),
    "list_follow_up_types": Row(ALL),
    "create_follow_up_type": Row(ADMIN, body=lambda world: {"name": "Webinar"}),
    "rename_follow_up_type": Row(ADMIN, _type, lambda world: {"name": "On site"}),
    "archive_follow_up_type": Row(ADMIN, _type),
    "restore_follow_up_type": Row(ADMIN, _archived_type),
}
