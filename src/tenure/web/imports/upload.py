"""Sending a file: what it holds, and the file itself."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenure.imports.kinds.all import KINDS
from tenure.imports.kinds.kind import Kind
from tenure.imports.verbs import upload
from tenure.lib.errors import TenureError
from tenure.people.permissions import Permission
from tenure.ui.page import PageRequest, page


@require_http_methods(["GET", "POST"])
@page(Permission.IMPORT)
def new(request: PageRequest) -> HttpResponse:
    """The form; a POST keeps the file and leads to its columns."""
    kind = request.POST.get("kind") or request.GET.get("kind", "")
    problem = ""
    if request.method == "POST":
        file = request.FILES.get("file")
        if kind not in KINDS:
            problem = _("Choose what the file holds.")
        elif file is None:
            problem = _("Choose a file.")
        else:
            try:
                made = upload(kind, file.name or "", file.chunks(), request.member)
                return redirect("imports:file", made.pk)
            except TenureError as error:
                problem = str(error)
    shown = {
        "kinds": [(each, _needed(each)) for each in KINDS.values()],
        "chosen": kind if kind in KINDS else next(iter(KINDS)),
        "problem": problem,
        "most": settings.CONFIG.import_mb,
    }
    return render(request, "web/imports/new.html", shown, status=422 if problem else 200)


def _needed(kind: Kind) -> str:
    labels = {target.key: str(target.label) for target in kind.targets()}
    return _(", ").join(_(" or ").join(labels[key] for key in group) for group in kind.needed())
