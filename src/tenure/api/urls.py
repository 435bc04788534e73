"""Every address of the API."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path, re_path
from django.urls.resolvers import URLPattern, URLResolver
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET

from tenure.api.accounts.around import router as around
from tenure.api.accounts.changing import router as changing
from tenure.api.accounts.charge import router as charge
from tenure.api.accounts.handing import router as handing
from tenure.api.accounts.merging import router as merging
from tenure.api.accounts.roles import router as roles
from tenure.api.accounts.routes import router as accounts
from tenure.api.accounts.timeline import router as timeline
from tenure.api.audit.routes import router as audit
from tenure.api.contacts.routes import router as contacts
from tenure.api.document import Api
from tenure.api.errors import error_answer, not_found
from tenure.api.events.catalogue import router as catalogue
from tenure.api.events.quarantine import router as quarantine
from tenure.api.events.routes import router as events
from tenure.api.events.sources import router as sources
from tenure.api.exports.routes import router as exports
from tenure.api.fields.cards import router as cards
from tenure.api.fields.routes import router as fields
from tenure.api.follow_ups.files import router as files
from tenure.api.follow_ups.promises import router as promises
from tenure.api.follow_ups.routes import router as follow_ups
from tenure.api.follow_ups.types import router as types
from tenure.api.imports.routes import router as imports
from tenure.api.jobs.routes import router as jobs
from tenure.api.members.departments import router as departments
from tenure.api.members.invitations import router as invitations
from tenure.api.members.routes import router as members
from tenure.api.numbers.definitions import router as definitions
from tenure.api.numbers.metrics import router as metrics
from tenure.api.numbers.preview import router as metric_preview
from tenure.api.numbers.routes import router as numbers
from tenure.api.privacy.routes import router as privacy
from tenure.api.records.routes import router as records
from tenure.api.reference.page import reference
from tenure.api.reference.words import told_in
from tenure.api.segments.changing import router as segment_changes
from tenure.api.segments.history import router as segment_history
from tenure.api.segments.routes import router as segments
from tenure.api.syncs.setting_up import router as syncs
from tenure.api.tags.customers import router as tag_customers
from tenure.api.tags.routes import router as tags
from tenure.api.tags.undoing import router as tag_changes
from tenure.api.tiers.routes import router as tiers
from tenure.api.upkeep.routes import router as upkeep
from tenure.api.users.counting import router as counting
from tenure.api.users.events import router as user_events
from tenure.api.users.routes import router as users
from tenure.api.views.routes import router as views

API = Api()
#: In the order of the reference: customers and the work with them first, settings last. What is below a tag comes
#: before the tags: a tag may hold slashes.
ROUTERS = (
    *(accounts, changing, merging, around, roles, charge, handing, timeline, contacts, users, counting, user_events),
    *(follow_ups, files, types, promises, records, numbers, metrics, metric_preview, definitions),
    *(
        segments,
        segment_changes,
        segment_history,
        tag_customers,
        tags,
        tag_changes,
        tiers,
        views,
        exports,
        imports,
        jobs,
        upkeep,
    ),
    *(events, catalogue, sources, quarantine, syncs, cards, fields),
    *(members, departments, invitations, privacy, audit),
)
for each in ROUTERS:
    API.add_router("v1", each)


@require_GET
def openapi(request: HttpRequest) -> HttpResponse:
    """The OpenAPI document: it says nothing about this installation, so everybody may read it."""
    return JsonResponse(told_in(get_language() or settings.LANGUAGE_CODE))


@csrf_exempt
def nothing(request: HttpRequest) -> HttpResponse:
    """For addresses that are none."""
    return error_answer(not_found())


urlpatterns: list[URLPattern | URLResolver] = [
    path("openapi.json", openapi, name="openapi"),
    path("docs", reference, name="api_reference"),
    path("", API.urls),
    re_path("^v1/.*$", nothing, name="api_nothing"),
]
