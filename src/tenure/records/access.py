"""The only way to a row of this slice: by accounts, which accounts.access shows to those who may see them."""

from collections.abc import Collection
from typing import TypeVar

from django.db.models import QuerySet

from tenure.lib.compiled import Given
from tenure.records.models import Record

Of = TypeVar("Of", bound=Record)


def records_of(account_ids: Collection[int] | Given, model: type[Of]) -> QuerySet[Of]:
    """The records of accounts which the member was found to see, and of those merged into them."""
    return model._default_manager.filter(account_id__any_of=account_ids)
