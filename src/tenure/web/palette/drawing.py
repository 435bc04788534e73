"""The palette's lines as HTML: options of a listbox, one group after the other."""

from collections.abc import Collection, Sequence
from html import escape
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.ui.assets import asset_url
from tenure.web.palette.items import Group, Item


def drawn(groups: Sequence[Group], typed: str) -> str:
    """All groups; when there is none, what to try instead. The element around it reads `data-count` out."""
    count = sum(len(group.items) for group in groups)
    said = ngettext("%(count)d result", "%(count)d results", count) % {"count": count}
    if not groups:
        return _nothing(typed)
    parts = [f'<div data-said="{escape(said)}">']
    number = 0
    for place, group in enumerate(groups):
        title = f'<div class="palette-group" id="palette-group-{place}" role="presentation">{escape(group.title)}</div>'
        options = [_option(line, number + more) for more, line in enumerate(group.items)]
        parts.append(f'<div role="group" aria-labelledby="palette-group-{place}">{title}{"".join(options)}</div>')
        number += len(options)
    return "".join([*parts, "</div>"])


def _nothing(typed: str) -> str:
    said = _("Nothing found for “%(text)s”.") % {"text": typed} if typed else _("There is no customer yet.")
    hint = _("Try the beginning of a name, its pinyin or initials, an id or an e-mail address.") if typed else ""
    said, hint = escape(said), escape(hint)
    return f'<div class="palette-none" data-said="{said}"><b>{said}</b><span>{hint}</span></div>'


def _option(line: Item, number: int) -> str:
    given = {"href": line.href, "data-drawer": line.drawer, "data-then": line.then, "data-ref": line.ref}
    if line.post:
        given |= {"href": "", "data-post": line.href, "data-name": line.post[0], "data-value": line.post[1]}
    attributes = "".join(f' {name}="{escape(value)}"' for name, value in given.items() if value)
    icon = f'<svg class="icon" aria-hidden="true"><use href="{asset_url("icons.svg")}#{line.icon}"/></svg>'
    detail = f"<small>{marked(line.detail, line.marked_detail)}</small>" if line.detail else ""
    return (
        f'<a class="palette-item" role="option" id="palette-{number}" aria-selected="false" tabindex="-1"{attributes}>'
        f"{icon}<span>{marked(line.title, line.marked)}</span>{detail}</a>"
    )


def marked(text: str, signs: Collection[int]) -> str:
    """The text as HTML with these signs marked, and one that only parts two of them."""
    if not signs:
        return escape(text)
    first, last = min(signs), max(signs)
    if last - first < len(signs):  # one after the other, as nearly always
        return f"{escape(text[:first])}<mark>{escape(text[first : last + 1])}</mark>{escape(text[last + 1 :])}"
    whole = {*signs, *(sign + 1 for sign in signs if sign + 2 in signs and not text[sign + 1].isalnum())}
    runs = groupby(enumerate(text), key=lambda each: each[0] in whole)
    parts = ((inside, escape("".join(sign for _place, sign in run))) for inside, run in runs)
    return "".join(f"<mark>{part}</mark>" if inside else part for inside, part in parts)
