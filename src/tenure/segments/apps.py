from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SegmentsConfig(AppConfig):
    name = "tenure.segments"
    label = "segments"

    def ready(self) -> None:
        from tenure.accounts.fact_book import AFTER_CHANGE
        from tenure.health.jobs import AFTER_CLOSING
        from tenure.jobs.kinds import register
        from tenure.segments import jobs

        register(jobs.FOLLOW, jobs.follow_rules, _("Follow the rules of tags and segments"))
        AFTER_CHANGE.append(jobs.facts_changed)
        AFTER_CLOSING.append(jobs.rules_changed)
