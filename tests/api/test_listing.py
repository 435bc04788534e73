"""Lists: page by page, and the customers that a segment or a condition means."""

import json

import pytest

from tenure.accounts.models import Account
from tenure.lib import clock
from tenure.work.models import FollowUp, FollowUpType
from tests.api.asking import Program
from tests.web.customers.company import TODAY

AT_RISK = {"version": 1, "all": [{"field": "health.state", "comparison": "in", "value": ["at_risk"]}]}


def pages(program: Program, path: str, limit: int) -> list[list[int]]:
    found, after = [], ""
    while True:
        page = program.get(path, {"limit": limit, "after": after}).json()
        found.append([each["id"] for each in page["items"]])
        if page["next"] is None:
            return found
        after = page["next"]


def test_it_goes_through_a_list_page_by_page(alice):
    accounts = Account.objects.bulk_create(Account(external_id=f"a{n}") for n in range(5))
    ids = [each.pk for each in accounts]
    program = Program.of(alice)
    assert pages(program, "accounts", 2) == [ids[:2], ids[2:4], ids[4:]]
    assert pages(program, "accounts", 5) == [ids]


def test_it_skips_and_repeats_nothing_among_equal_moments(alice):
    account, now = Account.objects.create(external_id="a"), clock.now()
    call = FollowUpType.objects.get(key="call")
    made = FollowUp.objects.bulk_create(
        FollowUp(account=account, type=call, at=now, created_at=now, notes=str(n)) for n in range(5)
    )
    assert pages(Program.of(alice), "follow-ups", 2) == [
        [made[4].pk, made[3].pk],
        [made[2].pk, made[1].pk],
        [made[0].pk],
    ]


def test_it_finds_the_customers_of_a_condition_and_of_a_segment(alice, customers):
    program = Program.of(alice)
    meant = program.get("accounts", {"condition": json.dumps(AT_RISK)}).json()["items"]
    states = {each["account_id"]: each["state"] for each in program.get("numbers", {"limit": 200}).json()["items"]}
    assert [each["id"] for each in meant] == [key for key, state in states.items() if state == "at_risk"] != []
    saved = program.ask("POST", "segments", {"name": "At risk", "condition": AT_RISK}).json()
    assert program.get(f"segments/{saved['id']}/accounts").json()["items"] == meant
    assert program.get("accounts", {"segment": saved["id"], "search": meant[0]["name"]}).json()["items"] == meant[:1]
    why = program.get(f"segments/{saved['id']}/explanation/{meant[0]['id']}").json()
    assert why["holds"] is True and why["parts"][0]["value"] == "at_risk"


def test_it_tells_a_customers_numbers_by_day(alice, customers):
    program = Program.of(alice)
    days = program.get("accounts/1/numbers", {"metric": ["breadth"], "last": TODAY.isoformat()}).json()
    assert len(days) == 28 and days[-1]["day"] == TODAY.isoformat() and days[-1]["metrics"].keys() == {"breadth"}
    health = program.get("accounts/1/health", {"day": TODAY.isoformat()}).json()
    assert health["score"] == pytest.approx(sum(part["points"] for part in health["parts"]))
    assert health["score"] == days[-1]["score"]
