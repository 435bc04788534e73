"""What was wrong with a refused item, in the reader's language.

The quarantine keeps the sentence as it was said to the sender, in English. It is told again by the pattern it was made
from; a sentence of none of these, a decoder's own words for the most part, stays as it is.
"""

import re

from django.utils.translation import gettext, gettext_noop

PATTERNS = (
    # the pipeline
    gettext_noop("The event has no name."),
    gettext_noop("The time is before 2000 or over a day ahead of arrival."),
    gettext_noop("Neither a user nor an account is named."),
    gettext_noop("The account's id is over %(most)s characters."),
    gettext_noop("The catalogue is full; send fewer names."),
    # items
    gettext_noop("%(field)s: missing."),
    gettext_noop("%(field)s: %(text)s is no time."),
    gettext_noop("%(field)s: %(text)s is no time; write it like %(example)s."),
    gettext_noop("%(field)s: %(text)s is no time zone."),
    gettext_noop("%(field)s: expected text or a number."),
    gettext_noop("%(field)s: expected an object."),
    gettext_noop("%(field)s: expected one of %(known)s, got %(given)s."),
    gettext_noop("%(field)s: expected %(wanted)s, got %(given)s."),
    gettext_noop("%(field)s: expected str of length <= %(most)s."),
    gettext_noop("%(field)s: %(bytes)s bytes, at most %(most)s are taken."),
    gettext_noop("%(field)s: %(length)s characters, at most %(most)s are taken."),
    gettext_noop("%(field)s: more than %(most)s."),
    gettext_noop("%(field)s: nested deeper than %(most)s levels."),
    gettext_noop("%(field)s: %(given)s is none that is known."),
    gettext_noop("An id has %(digits)s digits, at most %(most)s are taken."),
    gettext_noop("Expected object, got %(given)s."),
    # whole bodies
    gettext_noop("The body is larger than %(most)s bytes unpacked."),
    gettext_noop("The body unpacks to more than %(most)s bytes."),
    gettext_noop("The body holds more than %(most)s values; send smaller ones."),
    gettext_noop("The body holds more than %(most)s escapes; send smaller ones."),
    gettext_noop("The body holds more than %(most)s items; send smaller ones."),
    gettext_noop("Content-Encoding %(encoding)s is not supported; send gzip or none."),
    gettext_noop("The gzip body is cut off."),
    gettext_noop("The body is not readable gzip: %(error)s"),
    gettext_noop("The data is not readable base64: %(error)s"),
    gettext_noop("The JSON is nested too deeply."),
    gettext_noop("The text is not UTF-8: %(error)s at byte %(place)s."),
    gettext_noop("JSON is malformed: %(error)s."),
    gettext_noop("Input data was truncated."),
    gettext_noop("No line of the body is JSON."),
    gettext_noop("Neither data nor data_list is given."),
    gettext_noop("Expected an object."),
    gettext_noop("Expected an object, a list or %(shape)s."),
    gettext_noop("Expected %(shape)s. %(error)s."),
)


def _made_from(pattern: str) -> re.Pattern[str]:
    """The pattern as a regular expression; a field is one word, so that the text after it is not taken for it."""

    def group(place: re.Match[str]) -> str:
        return f"(?P<{place[1]}>{'[^ ]+' if place[1] == 'field' else '.+'})"

    return re.compile(re.sub(r"%\\\((\w+)\\\)s", group, re.escape(pattern)), re.DOTALL)


_SENTENCES = [(pattern, _made_from(pattern)) for pattern in PATTERNS]


def tell(detail: str) -> str:
    """The sentence in the reader's language; as it is when it is of no known pattern."""
    for pattern, made in _SENTENCES:
        if found := made.fullmatch(detail):
            return gettext(pattern) % found.groupdict()
    return detail
