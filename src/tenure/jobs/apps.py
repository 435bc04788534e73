from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "tenure.jobs"
    label = "jobs"

    def ready(self) -> None:
        from tenure.jobs.history import prune_jobs
        from tenure.jobs.kinds import register

        register("prune_jobs", prune_jobs, _("Forget old jobs"), daily_at=time(4, 0))
