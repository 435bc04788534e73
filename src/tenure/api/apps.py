from datetime import time

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApiConfig(AppConfig):
    name = "tenure.api"
    label = "api"

    def ready(self) -> None:
        from tenure.api import forgetting
        from tenure.jobs.kinds import register

        register(forgetting.JOB, forgetting.forget_answers, _("Forget answers kept for the API"), daily_at=time(3, 10))
