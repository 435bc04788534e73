"""Which column is which field, and how the file is read."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from tenure.imports.access import imports_for
from tenure.imports.columns import BadMapping
from tenure.imports.reading.sheet import Manner
from tenure.imports.verbs import map_columns, read_anew
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page
from tenure.web.imports.file import context
from tenure.web.imports.mapping_form import of_file, read_mapping


@require_POST
@page(Permission.IMPORT)
def columns(request: PageRequest, pk: int) -> HttpResponse:
    """Takes the mapping and has the file checked."""
    file_import = get_object_or_404(imports_for(request.member), pk=pk)
    mapped, problems = read_mapping(request.POST, file_import.columns)
    if not problems:
        try:
            map_columns(file_import, mapped, request.member)
            return redirect("imports:file", pk)
        except BadMapping as bad:
            problems = bad.problems
        except TenureError as error:
            messages.error(request, str(error))
            return redirect("imports:file", pk)
    form = of_file(file_import, mapped, problems)
    shown = {**context(file_import), "form": form, "mapping": True, "step": 1}
    return render(request, "web/imports/file.html", shown, status=422)


@require_POST
@page(Permission.IMPORT)
def read(request: PageRequest, pk: int) -> HttpResponse:
    """Reads the file with another encoding, delimiter or sheet."""
    file_import = get_object_or_404(imports_for(request.member), pk=pk)
    asked = {name: request.POST.get(name, "") for name in ("encoding", "delimiter", "sheet")}
    try:
        read_anew(file_import, Manner(**asked), request.member)
        messages.success(request, _("Read anew. Look at the columns."))
    except (TenureError, LookupError) as error:
        messages.error(request, str(error))
    return redirect("imports:file", pk)
