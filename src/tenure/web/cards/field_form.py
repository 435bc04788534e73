"""The form that adds or changes a field."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tenure.accounts.fields.defaults import CHINESE
from tenure.accounts.fields.managing import BadField, FieldDraft, add_field, change_field
from tenure.accounts.models import Card, Field, FieldType
from tenure.people.models import Role
from tenure.people.permissions import MATRIX, Permission
from tenure.ui.page import PageRequest, page

_NUMBERS: dict[str, type[float] | type[int]] = {"minimum": float, "maximum": float, "longest": int}


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_FIELDS)
def create(request: PageRequest, pk: int) -> HttpResponse:
    """A new field on a card."""
    card = get_object_or_404(Card, pk=pk, archived_at=None)
    if request.method == "GET":
        return _form(request, card, None, _blank())
    try:
        field = add_field(card, _draft(request), request.member)
    except BadField as error:
        return _form(request, card, None, _typed(request), error)
    messages.success(request, _("Added: %(field)s") % {"field": field})
    return redirect("cards:settings")


@require_http_methods(["GET", "POST"])
@page(Permission.MANAGE_FIELDS)
def change(request: PageRequest, pk: int) -> HttpResponse:
    """All of a field but its key."""
    field = get_object_or_404(Field.objects.select_related("card"), pk=pk)
    if request.method == "GET":
        return _form(request, field.card, field, _of(field))
    try:
        change_field(field, _draft(request, field), request.member)
    except BadField as error:
        return _form(request, field.card, field, _typed(request), error)
    messages.success(request, _("Saved: %(field)s") % {"field": field})
    return redirect("cards:settings")


def _form(
    request: PageRequest, card: Card, field: Field | None, typed: Mapping[str, Any], error: BadField | None = None
) -> HttpResponse:
    shown = {
        "card": card,
        "field": field,
        "typed": typed,
        "types": FieldType.choices,
        "roles": [(role.value, role.label) for role in Role if role in MATRIX[Permission.EDIT_FIELDS]],
        "wrong": error.of if error else "",
        "problem": str(error) if error else "",
    }
    return render(request, "web/cards/field_form.html", shown, status=422 if error else 200)


def _draft(request: PageRequest, field: Field | None = None) -> FieldDraft:
    given = request.POST
    numbers: dict[str, Any] = {}
    for name, number in _NUMBERS.items():
        text = given.get(name, "").strip()
        try:
            numbers[name] = number(text) if text else None
        except ValueError:
            raise BadField(name, _("Write a number, such as 1200 or 12.5.")) from None
        if numbers[name] is not None and not -1e15 <= numbers[name] <= 1e15:
            raise BadField(name, _("That number is too large."))
    if numbers["longest"] is not None and not 1 <= numbers["longest"] <= 2000:
        raise BadField("longest", _("Between 1 and 2,000."))
    kind = given.get("type", "")
    return FieldDraft(
        name=given.get("name", ""),
        chinese=given.get("chinese", ""),
        key=given.get("key", ""),
        type=FieldType(kind) if kind in FieldType else FieldType.TEXT,
        options=_options(given.get("options", ""), field.offered if field else []),
        required="required" in given,
        unit=given.get("unit", ""),
        currency=given.get("currency", ""),
        synced_from=given.get("synced_from", "") if given.get("truth") == "synced" else "",
        editors=[role for role in given.getlist("editors") if role in Role],
        **numbers,
    )


def _options(text: str, before: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """A line an option, "English | Chinese". One that was there keeps its value: known by a name, else by its line."""
    lines = [[part.strip() for part in line.partition("|")[::2]] for line in text.splitlines() if line.strip()]
    by_name = {str(option["name"]).casefold(): option["value"] for option in before}
    by_chinese = {option.get("names", {}).get(CHINESE): option["value"] for option in before}
    made: list[dict[str, Any]] = []
    for number, (name, chinese) in enumerate(lines):
        value = by_name.get(name.casefold()) or (by_chinese.get(chinese) if chinese else None)
        if value is None and len(lines) == len(before):
            value = before[number]["value"]
        taken = {each["value"] for each in made}
        names = {CHINESE: chinese} if chinese else {}
        made.append({"value": value if value not in taken else None, "name": name or chinese, "names": names})
    return made


def _blank() -> dict[str, Any]:
    return {"type": FieldType.TEXT.value, "truth": "here", "editors": []}


def _of(field: Field) -> dict[str, Any]:
    lines = [" | ".join(filter(None, (each["name"], each.get("names", {}).get(CHINESE)))) for each in field.offered]
    return {
        **{
            name: getattr(field, name)
            for name in ("name", "type", "required", "longest", "unit", "currency", "editors")
        },
        "chinese": field.names.get(CHINESE, ""),
        "minimum": _plain(field.minimum),
        "maximum": _plain(field.maximum),
        "options": "\n".join(lines),
        "synced_from": field.synced_from,
        "truth": "synced" if field.synced_from else "here",
    }


def _typed(request: PageRequest) -> dict[str, Any]:
    return {**request.POST.dict(), "required": "required" in request.POST, "editors": request.POST.getlist("editors")}


def _plain(number: float | None) -> str:
    return "" if number is None else f"{number:g}" if abs(number) < 1e6 else f"{number:f}".rstrip("0").rstrip(".")
