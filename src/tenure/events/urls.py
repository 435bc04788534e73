"""Addresses of the settings pages about events."""

from django.urls import path

from tenure.events.views import catalogue, quarantine, sources

app_name = "events"
urlpatterns = [
    path("sources/", sources.index, name="sources"),
    path("sources/new/", sources.create, name="source_create"),
    path("sources/<int:source_id>/", sources.detail, name="source"),
    path("sources/<int:source_id>/live/", sources.live, name="source_live"),
    path("sources/<int:source_id>/<slug:verb>/", sources.change, name="source_change"),
    path("events/", catalogue.index, name="catalogue"),
    path("events/<int:event_id>/", catalogue.detail, name="event"),
    path("events/mark/", catalogue.mark, name="mark"),
    path("features/", catalogue.features, name="features"),
    path("features/change/", catalogue.change_feature, name="feature_change"),
    path("quarantine/", quarantine.index, name="quarantine"),
    path("quarantine/<int:item_id>/", quarantine.detail, name="quarantined"),
]
