from django.apps import AppConfig


class SegmentsConfig(AppConfig):
    name = "tenure.segments"
    label = "segments"
