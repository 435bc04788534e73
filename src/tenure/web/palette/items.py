"""What the palette offers: one line each, in groups."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from tenure.core.search.keys import Place


@dataclass(frozen=True)
class Item:
    """One line. `marked` and `marked_detail` are the signs of its title and its detail that were looked for.

    href     the page it opens; empty for what is no page
    drawer   opened over the page at hand instead
    post     (name, value) sent to `href`: it changes something at once
    then     what is to be chosen next, in the palette itself: a key of web.palette.verbs.THEN
    ref      by which the browser remembers it as visited: kind:id
    place    where in its name the text was found
    """

    title: str
    icon: str
    href: str = ""
    detail: str = ""
    marked: Collection[int] = ()
    marked_detail: Collection[int] = ()
    drawer: str = ""
    post: tuple[str, str] | None = None
    then: str = ""
    ref: str = ""
    place: Place = Place.START


@dataclass(frozen=True)
class Group:
    """Items under a title, the best first."""

    title: str
    items: Sequence[Item]
