"""Django's own `url` and `trans`, remembering: the same addresses and words stand on every page.

`url` is built in; `trans` comes with `{% load i18n %}`, whose place this module takes (settings.TEMPLATES).
"""

from django import template
from django.template.base import Parser, Token
from django.templatetags import i18n
from django.utils.translation import get_language

from tenure.ui.routes import address

register = template.Library()
register.tags.update(i18n.register.tags)
register.filters.update(i18n.register.filters)
register.simple_tag(address, name="url")


class Words(template.Node):
    """A text of the template's own: translated and escaped once for each language."""

    def __init__(self, node: i18n.TranslateNode) -> None:
        self._node = node
        self._drawn: dict[tuple[str | None, bool], str] = {}

    def render(self, context: template.Context) -> str:
        key = get_language(), context.autoescape
        if key not in self._drawn:
            self._drawn[key] = self._node.render(context)
        return self._drawn[key]


@register.tag("translate")
@register.tag("trans")
def translate(parser: Parser, token: Token) -> template.Node:
    node = i18n.do_translate(parser, token)
    text = node.filter_expression
    is_plain = not text.filters and getattr(text.var, "literal", None) is not None
    return Words(node) if is_plain and node.asvar is None and node.message_context is None else node
