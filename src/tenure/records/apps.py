from django.apps import AppConfig


class RecordsConfig(AppConfig):
    name = "tenure.records"
    label = "records"
