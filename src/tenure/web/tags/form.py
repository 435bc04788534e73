"""The form that adds or changes a tag, and taking either back."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from tenure.core.document import BadDocument
from tenure.people.permissions import Permission
from tenure.segments.catalogue import Catalogue, read_catalogue
from tenure.segments.reading import read_text
from tenure.segments.tags.managing import (
    BadTag,
    Draft,
    add_tag,
    archive_tag,
    change_tag,
    changes_by,
    put_back,
    restore_tag,
)
from tenure.segments.tags.tag import TONES, Tag, tags_field, tags_of
from tenure.ui.page import PageRequest, page
from tenure.ui.refusing import refusals_told
from tenure.web.segments.editor import compact, editor
from tenure.web.segments.form import EVERYONE
from tenure.web.segments.problems import problem_words

HAND, RULE = "hand", "rule"


@dataclass(frozen=True)
class Typed:
    """What stands in the form; `way` is HAND or RULE, `condition` JSON text."""

    name: str = ""
    chinese: str = ""
    tone: str = ""
    way: str = HAND
    condition: str = EVERYONE

    @classmethod
    def read(cls, data: Mapping[str, str]) -> "Typed":
        return cls(
            name=data.get("name", ""),
            chinese=data.get("chinese", ""),
            tone=data.get("tone", ""),
            way=RULE if data.get("way") == RULE else HAND,
            condition=data.get("condition", "") or EVERYONE,
        )

    @classmethod
    def of(cls, tag: Tag) -> "Typed":
        condition = compact(tag.rule.condition) if tag.rule else EVERYONE
        return cls(tag.name, tag.chinese, tag.tone, RULE if tag.rule else HAND, condition)

    def draft(self, catalogue: Catalogue) -> Draft:
        """Raises BadDocument."""
        node = read_text(self.condition, catalogue.fields) if self.way == RULE else None
        return Draft(self.name, self.chinese, self.tone, node)


@require_http_methods(["GET", "POST"])
@page(Permission.SHARE_SEGMENTS)
def create(request: PageRequest) -> HttpResponse:
    """A new tag."""
    catalogue = read_catalogue()
    if request.method == "GET":
        return _form(request, catalogue, Typed(tone=TONES[0]))
    typed = Typed.read(request.POST.dict())
    try:
        tag = add_tag(typed.draft(catalogue), actor=request.member)
    except (BadDocument, BadTag) as error:
        return _form(request, catalogue, typed, error=error)
    messages.success(request, _("Added: %(tag)s") % {"tag": tag}, extra_tags=_way("archive", tag.value))
    return redirect("tags:list")


@require_http_methods(["GET", "POST"])
@page(Permission.SHARE_SEGMENTS)
def edit(request: PageRequest, value: str) -> HttpResponse:
    """Its names, colour and rule."""
    tag, catalogue = _tag(value), read_catalogue()
    if request.method == "GET":
        return _form(request, catalogue, Typed.of(tag), tag)
    typed = Typed.read(request.POST.dict())
    try:
        change = change_tag(value, typed.draft(catalogue), actor=request.member)
    except (BadDocument, BadTag) as error:
        return _form(request, catalogue, typed, tag, error)
    if change is None:
        messages.success(request, _("Nothing was changed."))
    else:
        messages.success(request, _("Saved."), extra_tags=reverse("tags:undo_change", args=[change.pk]))
    return redirect("tags:list")


@require_POST
@page(Permission.SHARE_SEGMENTS)
def undo_change(request: PageRequest, change: int) -> HttpResponse:
    """Takes a change of one's own back."""
    activity = get_object_or_404(changes_by(request.member), pk=change)
    with refusals_told(request):
        put_back(activity, actor=request.member)
        messages.success(request, _("As before."))
    return redirect("tags:list")


@require_POST
@page(Permission.SHARE_SEGMENTS)
def archive(request: PageRequest, value: str) -> HttpResponse:
    """Takes it out of use; the toast takes that back."""
    if (tag := _tag(value)).archived:
        raise Http404
    archive_tag(value, actor=request.member)
    said = _("%(tag)s is archived. Who had it stays known.") % {"tag": tag}
    messages.success(request, said, extra_tags=_way("restore", value))
    return redirect("tags:list")


@require_POST
@page(Permission.SHARE_SEGMENTS)
def restore(request: PageRequest, value: str) -> HttpResponse:
    """Puts it back into use."""
    if not (tag := _tag(value)).archived:
        raise Http404
    restore_tag(value, actor=request.member)
    messages.success(request, _("%(name)s is back.") % {"name": tag})
    return redirect("tags:list")


def _tag(value: str) -> Tag:
    tag = tags_of(tags_field()).get(value)
    if tag is None:
        raise Http404
    return tag


def _way(verb: str, value: str) -> str:
    return reverse(f"tags:{verb}", args=[value])


def _form(
    request: PageRequest,
    catalogue: Catalogue,
    typed: Typed,
    tag: Tag | None = None,
    error: BadDocument | BadTag | None = None,
) -> HttpResponse:
    of_rule = (problem_words(error), error.path) if isinstance(error, BadDocument) else ("", "")
    shown = {
        "tag": tag,
        "typed": typed,
        "tones": TONES,
        "editor": editor(typed.condition, catalogue, *of_rule),
        "problem": str(error) if isinstance(error, BadTag) else of_rule[0],
    }
    return render(request, "web/tags/form.html", shown, status=422 if error else 200)
