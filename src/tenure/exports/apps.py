from django.apps import AppConfig


class ExportsConfig(AppConfig):
    name = "tenure.exports"
    label = "exports"

    def ready(self) -> None:
        from tenure.exports.work import register

        register()
