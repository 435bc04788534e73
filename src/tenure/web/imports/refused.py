"""The refused rows as a download."""

from django.http import StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from tenure.imports.access import imports_for
from tenure.imports.refused import refused_name, take_refused
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page


@require_GET
@page(Permission.IMPORT)
def download(request: PageRequest, pk: int) -> StreamingHttpResponse:
    file_import = get_object_or_404(imports_for(request.member), pk=pk)
    rows = take_refused(file_import, request.member)
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    name = refused_name(file_import)
    response.headers["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return response
