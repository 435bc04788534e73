"""Rows under keys a test chose: PostgreSQL's sequences know nothing of them and would give them out again."""

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model


def pass_over(*models: type[Model]) -> None:
    """The next keys of these tables come after those that are there."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
