"""Every address of the product."""

from django.urls import include, path
from django.urls.resolvers import URLPattern, URLResolver
from django.views.generic import RedirectView

from tenure.web.palette.answer import search

handler400 = "tenure.web.errors.bad_request"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", RedirectView.as_view(pattern_name="customers:list", query_string=True), name="home"),
    path("", include("tenure.web.people.urls")),
    path("", include("tenure.web.work.urls")),
    path("customers/", include("tenure.web.customers.urls")),
    path("people/", include("tenure.web.privacy.urls")),
    path("team/", include("tenure.web.team.urls")),
    path("contacts/", include("tenure.web.contacts.urls")),
    path("", include("tenure.web.cards.urls")),
    path("segments/", include("tenure.web.segments.urls")),
    path("views/", include("tenure.web.views.urls")),
    path("tags/", include("tenure.web.tags.urls")),
    path("api/", include("tenure.api.urls")),
    path("search/", search, name="search"),
    path("settings/", include("tenure.events.urls")),
    path("settings/", include("tenure.web.people.settings_urls")),
    path("settings/audit/", include("tenure.web.audit.urls")),
    path("settings/metrics/", include("tenure.web.metrics.urls")),
    path("settings/assignment/", include("tenure.web.team.settings_urls")),
    path("settings/imports/", include("tenure.web.imports.urls")),
    path("settings/sync/", include("tenure.web.sync.urls")),
    path("settings/exports/", include("tenure.web.exports.urls")),
    path("settings/tokens/", include("tenure.web.tokens.urls")),
    path("settings/tiers/", include("tenure.web.tiers.urls")),
    path("settings/jobs/", include("tenure.jobs.urls")),
    path("settings/system/", include("tenure.upkeep.urls")),
]
