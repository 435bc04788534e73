from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "tenure.privacy"
    label = "privacy"

    def ready(self) -> None:
        from tenure.privacy.sweep import register

        register()
