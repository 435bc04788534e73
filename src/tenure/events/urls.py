"""Addresses of the settings pages about events."""

from django.urls import path

from tenure.events.views import catalogue, features, marking, quarantine, sources

app_name = "events"
urlpatterns = [
    path("sources/", sources.index, name="sources"),
    path("sources/new/", sources.create, name="source_create"),
    path("sources/<int:source_id>/", sources.detail, name="source"),
    path("sources/<int:source_id>/live/", sources.live, name="source_live"),
    path("sources/<int:source_id>/<slug:verb>/", sources.change, name="source_change"),
    path("events/", catalogue.index, name="catalogue"),
    path("events/<int:event_id>/", catalogue.detail, name="event"),
    path("events/mark/", marking.mark, name="mark"),
    path("events/changes/<int:change_id>/undo/", marking.undo, name="catalogue_undo"),
    path("features/", features.index, name="features"),
    path("features/change/", features.change, name="feature_change"),
    path("quarantine/", quarantine.index, name="quarantine"),
    path("quarantine/<int:item_id>/", quarantine.detail, name="quarantined"),
]
