"""Which files and hosts syncs may reach: what the operator's settings allow, and nothing else."""

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from tenure.integrations.errors import SourceFailed
from tenure.lib.addresses import AddressRefused, outbound


def allowed_folders() -> Sequence[Path]:
    """The folders of TENURE_SYNC_FOLDERS, links in them resolved."""
    return [Path(text.strip()).resolve() for text in settings.CONFIG.sync_folders.split(",") if text.strip()]


def allowed_path(text: str) -> Path:
    """The file or folder without links, where it lies below an allowed folder. Raises SourceFailed otherwise.

    Whatever is not allowed is answered alike, whether it is there or not.
    """
    folders = allowed_folders()
    if not folders:
        raise SourceFailed(_("No folder is open to syncs: the operator names them in TENURE_SYNC_FOLDERS."))
    refused = SourceFailed(
        _("“%(path)s” is not below a folder that is open to syncs: %(folders)s.")
        % {"path": text, "folders": ", ".join(map(str, folders))}
    )
    if "\0" in text:
        raise refused
    try:
        path = (folders[0] / text).resolve()  # an absolute path stays what it is
    except (OSError, RuntimeError):
        raise refused from None
    if not is_allowed(path):
        raise refused
    if not path.exists():
        raise SourceFailed(_("There is no “%(path)s”.") % {"path": text})
    return path


def is_allowed(path: Path) -> bool:
    """Whether the path, links resolved, lies in an allowed folder and not among Tenure's own files."""
    path = path.resolve()
    return any(path.is_relative_to(folder) for folder in allowed_folders()) and not path.is_relative_to(
        settings.CONFIG.data
    )


def allowed_address(host: str, port: int) -> str:
    """The address to connect to. Raises SourceFailed for a host that is not known or not open to syncs."""
    try:
        return outbound(host, port, settings.CONFIG.sync_hosts)
    except AddressRefused as refused:
        raise SourceFailed(str(refused)) from None
