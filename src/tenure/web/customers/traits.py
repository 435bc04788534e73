"""What the vendor's systems say about an account, as it was on the as-of day."""

import json
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tenure.accounts.models import Account, Fact


def traits_on(account: Account, day: date, latest_day: date, zone: ZoneInfo) -> list[tuple[str, str]]:
    """(field, text) by field: the current ones on the latest day, else those valid at the end of the day."""
    found = account.traits if day >= latest_day else _valid_on(account, day, zone)
    return sorted((field, _text(value)) for field, value in found.items() if value not in (None, "", [], {}))


def _valid_on(account: Account, day: date, zone: ZoneInfo) -> dict[str, Any]:
    end = datetime.combine(day + timedelta(days=1), time(), zone)
    facts = Fact.objects.filter(account=account, valid_from__lt=end).order_by("valid_from", "recorded_at", "pk")
    return dict(facts.values_list("field", "value"))


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
