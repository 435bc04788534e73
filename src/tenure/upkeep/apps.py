from django.apps import AppConfig


class UpkeepConfig(AppConfig):
    name = "tenure.upkeep"
    label = "upkeep"
