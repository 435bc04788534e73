"""The refused rows as a download."""

from django.db import transaction
from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from tenure.activity.recording import record
from tenure.activity.verbs import verb
from tenure.imports.access import imports_for
from tenure.imports.refused import refused_csv
from tenure.imports.running import subject
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page

TAKEN = verb("import.refused_taken", gettext_lazy("{by} took away the refused rows of {subject}"), on_timeline=False)


@require_GET
@page(Permission.IMPORT)
def download(request: PageRequest, pk: int) -> StreamingHttpResponse:
    file_import = get_object_or_404(imports_for(request.member), pk=pk)
    with transaction.atomic():
        record(TAKEN, request.member, subject=subject(file_import))
    stem = file_import.name.rpartition(".")[0] or file_import.name
    response = StreamingHttpResponse(refused_csv(file_import), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = content_disposition_header(True, f"{stem}-refused.csv") or "attachment"
    return response
