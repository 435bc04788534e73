from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "tenure.upkeep"
    label = "upkeep"

    def ready(self) -> None:
        from tenure.upkeep.work import register

        register()
