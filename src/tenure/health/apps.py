from datetime import time

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class HealthConfig(AppConfig):
    name = "tenure.health"
    label = "health"

    def ready(self) -> None:
        from tenure.health import jobs
        from tenure.health.counted import leaving, records
        from tenure.health.install import install_defaults
        from tenure.jobs.kinds import register

        every_s = settings.CONFIG.refresh_seconds
        register("refresh_today", jobs.refresh_today, _("Refresh today's numbers"), every_s=every_s)
        register("close_yesterday", jobs.close_yesterday, _("Close the day"), daily_at=time(0, 15))
        register("close_dirty_days", jobs.close_dirty_days, _("Compute changed days again"))
        register("close_history", jobs.close_history, _("Compute all days again"))
        register("recount_users", jobs.recount_users, _("Count users again"), lease_s=3600)
        register("recount_without_excluded", jobs.recount_without_excluded, _("Count without excluded users"))
        register("recount_merged", jobs.recount_merged, _("Count merged customers together"))
        register("recalibrate_health", jobs.recalibrate_health, _("Take new health thresholds"))
        records.register()
        leaving.declare_own()
        post_migrate.connect(lambda **_kwargs: install_defaults(), sender=self, weak=False)
