from datetime import time

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class WorkConfig(AppConfig):
    name = "tenure.work"
    label = "work"

    def ready(self) -> None:
        from tenure.jobs import kinds
        from tenure.work import forgetting, leaving
        from tenure.work.touches import register
        from tenure.work.types import install_types

        register()
        leaving.declare_own()
        title = _("Delete files that no follow-up has any more")
        kinds.register(forgetting.JOB, forgetting.forget_files, title, daily_at=time(3, 50))
        post_migrate.connect(lambda **_kwargs: install_types(), sender=self, weak=False)
