from django.apps import AppConfig
from django.db.models.signals import post_migrate


class WorkConfig(AppConfig):
    name = "tenure.work"
    label = "work"

    def ready(self) -> None:
        from tenure.work.touches import register
        from tenure.work.types import install_types

        register()
        post_migrate.connect(lambda **_kwargs: install_types(), sender=self, weak=False)
