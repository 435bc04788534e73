from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    name = "tenure.segments"
    label = "segments"

    def ready(self) -> None:
        from tenure.accounts.fact_book import AFTER_CHANGE
        from tenure.accounts.leaving.traces import Why, declare, everything
        from tenure.health.jobs import AFTER_CLOSING
        from tenure.jobs.kinds import register
        from tenure.segments import jobs
        from tenure.segments.models import Membership
        from tenure.segments.tiers import rule

        register(jobs.FOLLOW, jobs.follow_rules, _("Follow the rules of tags and segments"))
        register(rule.SET, jobs.place_in_tiers, _("Put customers into tiers"))
        declare(Membership, Why.MEMBERS, aside=everything)
        AFTER_CHANGE.append(jobs.facts_changed)
        AFTER_CLOSING.append(jobs.day_closed)
