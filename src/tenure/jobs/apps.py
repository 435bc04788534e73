from django.apps import AppConfig


class JobsConfig(AppConfig):
    name = "tenure.jobs"
    label = "jobs"
