from django.apps import AppConfig
from django.db.models.signals import post_migrate


class RememberedConfig(AppConfig):
    name = "tenure.remembered"
    label = "remembered"

    def ready(self) -> None:
        from tenure.remembered.triggers import install

        # After every migration: SQLite changes a table by making it anew, and its triggers go with the old one.
        post_migrate.connect(install, sender=self, dispatch_uid="remembered")
