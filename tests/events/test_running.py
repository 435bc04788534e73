"""The loader's loop: it wakes, loads, and ends when asked."""

import threading
import time
from datetime import UTC, datetime

import pytest

from tenure.accounts.models import Account
from tenure.lib import clock


@pytest.mark.django_db(transaction=True)
def test_it_loads_when_woken_and_makes_today_exact(house):
    stop, wake = threading.Event(), threading.Event()
    thread = threading.Thread(target=house.loader.run, args=(stop, wake), daemon=True)
    thread.start()
    today = clock.now().astimezone(UTC)
    for number, user in enumerate(("ada", "ada", "bob")):
        house.put({"id": f"m{number}", "event": "open", "user": user, "account": "acme", "time": today.isoformat()})
        wake.set()
    until = time.monotonic() + 60
    found = []
    while time.monotonic() < until:
        for acme in Account.objects.filter(external_id="acme"):
            found = house.store.account_events(acme.pk, today.date(), datetime.now(UTC).date())
        if [row[2:] for row in found] == [(3, 2)] and not house.store.dirty_days():
            break
        time.sleep(0.05)
    stop.set()
    wake.set()
    thread.join(timeout=60)
    assert not thread.is_alive()
    assert [row[2:] for row in found] == [(3, 2)]
