from django.apps import AppConfig


class ActivityConfig(AppConfig):
    name = "tenure.activity"
    label = "activity"
