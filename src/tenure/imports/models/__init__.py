"""Imports of files, what became of their rows, and how columns were mapped."""

from tenure.imports.models.brought import Brought, Replaced
from tenure.imports.models.file_import import FileImport, ImportState
from tenure.imports.models.mapping import RememberedMapping
from tenure.imports.models.refusal import Refusal

__all__ = ["Brought", "FileImport", "ImportState", "Refusal", "RememberedMapping", "Replaced"]
