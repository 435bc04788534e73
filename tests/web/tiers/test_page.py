"""The settings page of the rule for tiers."""

import re

from tenure.jobs.models import Job
from tenure.segments.models import TierRule

TYPED = {"by": "metric.active_users_28", "cut": "share", "at-A": "25", "at-B": "25%"}


def test_it_proposes_shows_what_would_be_and_keeps_what_was_typed(alices):
    page = alices.get("/settings/tiers/").content.decode()
    assert "No rule is in use." in page and 'name="at-A" value="20"' in page
    shown = alices.post("/settings/tiers/preview/", TYPED).content.decode()
    assert [int(each) for each in re.findall(r'<td class="num">(\d+)</td><td><span class="bar">', shown)] == [3, 3, 6]
    wrong = alices.post("/settings/tiers/", {**TYPED, "at-A": "90"})
    assert wrong.status_code == 422 and 'name="at-A" value="90"' in wrong.content.decode()


def test_it_is_switched_on_and_off(alices):
    alices.post("/settings/tiers/", TYPED)
    assert (TierRule.objects.get().steps, Job.objects.filter(kind="set_tiers").count()) == (
        [{"tier": "A", "at": 0.25}, {"tier": "B", "at": 0.25}],
        1,
    )
    assert 'name="at-B" value="25"' in alices.get("/settings/tiers/").content.decode()
    alices.post("/settings/tiers/stop/")
    assert "No rule is in use." in alices.get("/settings/tiers/").content.decode()
