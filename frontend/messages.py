"""Brings the Chinese catalogues up to date with what the sources say. `python3 dev.py messages` (needs GNU gettext).

Afterwards fill in what is empty, and mend what is marked fuzzy: the tests want every text in Chinese. `assets.py`
compiles them.
"""

import os
import sys
from pathlib import Path

import django
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from django.core.management import call_command

LOCALE = "zh_Hans"
ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "tenure"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tenure.settings")
    sys.path.insert(0, str(PACKAGE.parent))
    django.setup()
    update_reference()
    os.chdir(PACKAGE)
    call_command("makemessages", locale=[LOCALE], no_location=True, no_wrap=True, no_obsolete=True)


def update_reference() -> None:
    """The words of the API's reference, which stand in docstrings, where makemessages does not look."""
    from tenure.api.reference.words import DOMAIN, spoken
    from tenure.api.urls import API

    path = PACKAGE / "locale" / LOCALE / "LC_MESSAGES" / f"{DOMAIN}.po"
    with path.open("rb") as file:
        kept = read_po(file, locale=LOCALE, domain=DOMAIN)
    told = Catalog(creation_date=kept.creation_date)

    def add(text: str) -> str:
        told.add(text)
        return text

    spoken(API.told, add)
    kept.update(told)
    with path.open("wb") as file:
        write_po(file, kept, width=0, ignore_obsolete=True)


if __name__ == "__main__":
    main()
