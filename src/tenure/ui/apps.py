from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "tenure.ui"
    label = "ui"
