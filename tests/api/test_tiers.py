"""The rule for tiers: tried, made the rule, switched off; and how many customers each tier has."""

from tenure.jobs.models import Job
from tests.api.asking import Program

BY = "metric.active_users_28"
RULE = {"by": BY, "cut": "share", "steps": [{"tier": "A", "at": 0.25}, {"tier": "B", "at": 0.25}]}


def test_it_is_tried_made_the_rule_and_switched_off(customers, alice):
    program = Program.of(alice)
    tried = program.ask("POST", "tier-rule/preview", RULE).json()
    assert [each["customers"] for each in tried["tiers"]] == [3, 3, 6]
    assert tried["tiers"][0]["smallest"] >= tried["tiers"][1]["smallest"]
    assert program.get("tier-rule").status_code == 404 and not Job.objects.filter(kind="set_tiers").exists()
    made = program.ask("PUT", "tier-rule", RULE).json()
    assert (made["version"], made["by"], made["steps"]) == (1, BY, RULE["steps"])
    assert Job.objects.filter(kind="set_tiers").count() == 1
    assert program.get("tier-rule").json() == made
    assert program.ask("DELETE", "tier-rule").status_code == 204
    assert program.ask("DELETE", "tier-rule").status_code == 404
    wrong = program.ask("PUT", "tier-rule", {**RULE, "steps": RULE["steps"][:1]})
    assert wrong.status_code == 422
    program.ask("PATCH", "accounts/5", {"fields": {"tier": "B"}})
    assert [(each["value"], each["customers"]) for each in program.get("tiers").json()] == [
        ("A", 0),
        ("B", 1),
        ("C", 0),
    ]
