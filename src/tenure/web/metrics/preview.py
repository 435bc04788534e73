"""What a metric would say on the as-of day, before it is saved."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST

from tenure.accounts.access import visible_account_ids
from tenure.health.asking import ask_spec
from tenure.health.metrics import metrics_in_use
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.warehouse.current import store
from tenure.warehouse.store import TooMuchData, WarehouseBusy
from tenure.web.customers.metric_words import filters, sentence
from tenure.web.metrics.distribution import distribution
from tenure.web.metrics.document import BadDraft, draft_spec, unit_of
from tenure.web.metrics.draft import Draft


@require_POST
@page(Permission.MANAGE_METRICS)
def preview(request: PageRequest) -> HttpResponse:
    """Measures what stands in the form over all accounts; says what is missing while it cannot be measured."""
    draft = Draft.read(request.POST)
    shown: dict[str, object] = {"unit": unit_of(draft)}
    try:
        spec = draft_spec(draft, request.POST.get("of_key", ""))
        shown |= {"sentence": sentence(spec, metrics_in_use()), "filters": filters(spec)}
        values = ask_spec(spec, request.day, store=store(), zone=settings.CONFIG.zone)
        visible = visible_account_ids(request.member)
        shown["found"] = distribution(values, visible, spec.kind, unit_of(draft), request.member)
    except BadDraft as error:
        shown["missing"] = list(dict.fromkeys(error.problems.values()))
    except (WarehouseBusy, TooMuchData) as error:
        shown["failed"] = str(error)
    return render(request, "web/metrics/preview.html", shown)
