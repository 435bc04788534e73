"""A condition as a sentence: the whole, or the phrase of one node."""

from functools import reduce

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from tenure.core.conditions.tree import EVERYONE, AllOf, AnyOf, Became, Held, Leaf, Node, Not
from tenure.segments.catalogue import Catalogue
from tenure.segments.leaf_phrase import leaf_phrase


def sentence(node: Node, catalogue: Catalogue) -> str:
    """Which customers are meant, as a sentence in the person's language."""
    if node == EVERYONE:
        return _("All customers.")
    return _("Customers where %(condition)s.") % {"condition": phrase(node, catalogue)}


def phrase(node: Node, catalogue: Catalogue) -> str:
    """What holds for an account, to be put into a sentence; branches within branches stand in brackets."""
    match node:
        case Leaf():
            return leaf_phrase(node, catalogue)
        case AllOf():
            return _joined(node, _("%(first)s and %(second)s"), catalogue) or _("anything")
        case AnyOf():
            return _joined(node, _("%(first)s or %(second)s"), catalogue)
        case Not():
            return _("not %(part)s") % {"part": _in_brackets(node.part, catalogue)}
        case Held():
            text = ngettext("for %(count)s day %(part)s", "for %(count)s days in a row %(part)s", node.days)
            return text % {"part": _in_brackets(node.part, catalogue), "count": node.days}
        case Became():
            text = ngettext("newly within %(count)s day %(part)s", "newly within %(count)s days %(part)s", node.days)
            return text % {"part": _in_brackets(node.part, catalogue), "count": node.days}


def heading(node: Node, catalogue: Catalogue) -> str:
    """What stands over the parts of a branch that are told one by one; of a leaf, its phrase."""
    match node:
        case Leaf():
            return leaf_phrase(node, catalogue)
        case AllOf():
            return _("all of these")
        case AnyOf():
            return _("at least one of these")
        case Not():
            return _("not this")
        case Held():
            return ngettext("this on the day", "this for %(count)s days in a row", node.days) % {"count": node.days}
        case Became():
            text = ngettext("this newly within %(count)s day", "this newly within %(count)s days", node.days)
            return text % {"count": node.days}


def _joined(node: AllOf | AnyOf, two: str, catalogue: Catalogue) -> str:
    parts = [_part(part, catalogue) for part in node.parts]
    return reduce(lambda first, second: two % {"first": first, "second": second}, parts) if parts else ""


def _part(node: Node, catalogue: Catalogue) -> str:
    is_list = isinstance(node, AllOf | AnyOf) and len(node.parts) > 1
    return _in_brackets(node, catalogue) if is_list else phrase(node, catalogue)


def _in_brackets(node: Node, catalogue: Catalogue) -> str:
    return _("(%(part)s)") % {"part": phrase(node, catalogue)}
