from django.apps import AppConfig


class IntegrationsConfig(AppConfig):
    name = "tenure.integrations"
    label = "integrations"

    def ready(self) -> None:
        from tenure.integrations.work import register

        register()
