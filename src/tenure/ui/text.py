"""Text for people: a string, or one that is translated when it is shown."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as Lazy  # only the type stubs have this name
else:
    from django.utils.functional import Promise as Lazy

Text = str | Lazy
