"""Profile fields of the customer that a follow-up changes in the same step."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from tenure.accounts.fields.reading import fields_by_key, may_edit
from tenure.accounts.fields.typed import BadValue, read
from tenure.accounts.fields.words import show
from tenure.accounts.models import Account, Field
from tenure.people.models import Member
from tenure.web.cards.control import Control, control_of, control_with
from tenure.web.work.draft import FieldDraft
from tenure.work.content import BadFollowUp


@dataclass(frozen=True)
class FieldRow:
    """A chosen field in the form. `control` None: it cannot be changed here any more; `now` is its value in words."""

    field: Field
    control: Control | None
    now: str
    problem: str


def offered(member: Member) -> dict[str, Field]:
    """The fields the member may change, by id as text, in the order of the cards."""
    return {str(field.pk): field for field in fields_by_key().values() if may_edit(member, field)}


def values_of(drafts: Iterable[FieldDraft], member: Member) -> dict[str, Any]:
    """What was typed, by the field's key. Raises BadFollowUp with a problem for each field that cannot be set so."""
    fields, values, problems = offered(member), {}, {}
    for draft in drafts:
        name = FieldDraft.input_name(draft.id)
        if draft.id not in fields:
            problems[name] = _("This field cannot be changed here any more. Take it away.")
        elif draft.texts is not None:
            try:
                values[fields[draft.id].key] = read(fields[draft.id], draft.texts)
            except BadValue as error:
                problems[name] = str(error)
    if problems:
        raise BadFollowUp(problems)
    return values


def rows_of(
    drafts: Iterable[FieldDraft], account: Account, member: Member, problems: Mapping[str, str], focus: str
) -> list[FieldRow]:
    """The chosen fields with their inputs; `focus` is the name of the input that has it."""
    drafts, may = list(drafts), offered(member)
    known = Field.objects.select_related("card").in_bulk([int(draft.id) for draft in drafts])
    return [
        FieldRow(
            field,
            _control(field, draft, account, focus) if draft.id in may else None,
            show(field, account.traits.get(field.key)),
            problems.get(FieldDraft.input_name(draft.id), ""),
        )
        for draft in drafts
        if (field := known.get(int(draft.id)))
    ]


def _control(field: Field, draft: FieldDraft, account: Account, focus: str) -> Control:
    name = FieldDraft.input_name(field.pk)
    if draft.texts is None:
        return control_of(field, account.traits.get(field.key), name, focused=focus == name)
    return control_with(field, draft.texts, name, focused=focus == name)
