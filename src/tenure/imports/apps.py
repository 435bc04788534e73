from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tenure.imports"
    label = "imports"

    def ready(self) -> None:
        from tenure.imports.work import register

        register()
